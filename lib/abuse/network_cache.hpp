#pragma once
// What is known of networks already: from this run, and from earlier ones by the store.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "abuse/told.hpp"
#include "base/expected.hpp"
#include "net/address.hpp"
#include "net/prefix_set.hpp"
#include "store/cache.hpp"

namespace mailtrust::abuse {

/// How long the store's answers are believed: networks change hands, seldom in a week.
inline constexpr std::int64_t kKeepSeconds = 7L * 24 * 3600;

/// An answer and when it was given.
struct Known {
  std::shared_ptr<const Told> told;
  net::Range network;                   ///< for which addresses it is good
  std::optional<std::int64_t> fetched;  ///< of an earlier run: Unix seconds
};

/// Thread-safe. Opens the store when first asked, reads it once, and writes what is new in batches.
class NetworkCache {
 public:
  /// `path`: of the store; empty: this run alone. `kind` parts what different servers said. `now`:
  /// Unix seconds.
  NetworkCache(std::string path, std::string kind, std::int64_t now);

  /// Of the narrowest network around `address`.
  std::optional<Known> find(const net::Address& address);

  /// What was told about `address`: kept when it says whose network that is; in the store only when
  /// nobody failed to say more. That all of them know of none is kept for the address, in this run.
  void add(const net::Address& address, const std::shared_ptr<const Told>& told);

  /// Puts what is new into the store. The Error is the first one met since the run began, reading
  /// included; what could not be written is forgotten.
  Expected<void> save();

 private:
  struct Entry {
    net::Range range;
    std::optional<std::int64_t> fetched;
    std::shared_ptr<const Told> told;  ///< null: not read from `text` yet
    std::string text;
  };

  void load();
  [[nodiscard]] std::optional<Known> find_vain(const net::Address& address) const;
  void read_store();
  void insert(Entry entry);
  void write();

  std::string path_;
  std::string kind_;
  std::int64_t now_;
  std::mutex mutex_;
  bool loaded_ = false;
  std::map<net::Prefix, std::vector<Entry>> blocks_;          ///< by the blocks they touch
  std::map<net::Address, std::shared_ptr<const Told>> vain_;  ///< asked about, and nobody's
  std::vector<store::Cached> unsaved_;
  std::optional<Error> trouble_;
};

}  // namespace mailtrust::abuse
