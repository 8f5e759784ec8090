#pragma once
// The lists an administrator keeps, in one SQLite file: entries with state, dates and origin, and
// what was changed when by whom.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "list/entry.hpp"

namespace mailtrust::store {
class Database;
}

namespace mailtrust::list {

/// Paused entries stay in the list and count for nothing.
enum class State : std::uint8_t { active, paused };

std::string_view to_string(State state);

struct Stored {
  Entry entry;
  State state = State::active;
  std::string comment;
  std::int64_t created = 0;  ///< Unix seconds, like all times here
  std::int64_t updated = 0;  ///< never before `created`, whatever the clock did
  std::optional<std::int64_t> expires;
  std::string source;  ///< `FILE:LINE`, or empty where it was typed

  /// Does the entry count at this time?
  [[nodiscard]] bool is_in_force(std::int64_t now) const {
    return state == State::active && (!expires || *expires > now);
  }
};

struct Listed {
  std::string name;
  Verdict verdict = Verdict::deny;
  /// Empty it admits everyone, otherwise only those listed (the allow list of an API).
  bool exclusive = false;
  std::int64_t created = 0;
  std::size_t entries = 0;
};

/// An entry that was met in a log.
struct Match {
  Entry entry;
  std::int64_t last = 0;    ///< when
  std::uint64_t times = 1;  ///< how often, since it was last recorded
};

struct ListMatches {
  std::string list;
  std::vector<Match> matches;
};

/// Letters, digits, `-`, `_` and `.`, at most 64, the first a letter or digit.
Expected<std::string> parse_list_name(std::string_view text);

class Store {
 public:
  enum class Access {
    read,   ///< the file must exist, and is not changed
    write,  ///< made if need be, with its folder
  };

  static Expected<Store> open(const std::string& path, Access access);

  /// An empty one that is gone with the object: what a rehearsal sees where there is none yet.
  static Expected<Store> in_memory();

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  [[nodiscard]] Expected<std::vector<Listed>> lists();  ///< by name

  /// Nothing when there is no list of that name.
  [[nodiscard]] Expected<std::optional<Listed>> find(std::string_view name);

  /// Every entry, paused and expired ones too, in the order of Entry, until `visit` returns false.
  /// What is seen is the list at one moment, whatever others write meanwhile. An Error of kind
  /// input when there is no such list.
  Expected<void> each(std::string_view name, const std::function<bool(const Stored&)>& visit);

  /// One entry, exactly this one; nothing when the list does not hold it.
  Expected<std::optional<Stored>> get(std::string_view name, const Entry& entry);

  /// Adds to what is known about when entries matched, of all lists or of none. Entries that are
  /// not in the list any more are passed over.
  Expected<void> record_matches(std::span<const ListMatches> lists);

  /// The entries made before `since` that have not matched from then on, with when they last did
  /// (0: never), in the order of Entry, until `visit` returns false.
  Expected<void> stale(std::string_view name, std::int64_t since,
                       const std::function<bool(const Stored&, std::int64_t last)>& visit);

  [[nodiscard]] const std::string& path() const;

  /// The database behind it, for what is written to lists (change.hpp).
  [[nodiscard]] store::Database& database();

 private:
  class Impl;

  explicit Store(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

/// `--store`, else `$MAILTRUST_STORE`, else `$XDG_DATA_HOME/mailtrust/store.db` (or
/// `~/.local/share/...`), for root `/var/lib/mailtrust/store.db`.
Expected<std::string> store_path(const std::string& option);

}  // namespace mailtrust::list
