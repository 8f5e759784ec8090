#pragma once
// Answers from elsewhere, kept in the store with the date they were fetched: provider ranges,
// registration data.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace mailtrust::store {

struct Cached {
  std::string key;
  std::int64_t fetched = 0;             ///< Unix seconds
  std::optional<std::int64_t> expires;  ///< Unix seconds; nothing: whoever asks decides
  std::string value;                    ///< octets, at most 8 MiB
};

class Cache {
 public:
  /// The store at `path`; Access::write makes it if need be.
  static Expected<Cache> open(const std::string& path, Access access);

  /// `kind` parts the caches of different users: "provider-ranges", "rdap". Expired ones too.
  Expected<std::optional<Cached>> get(std::string_view kind, std::string_view key);

  /// All of a kind, by key.
  Expected<std::vector<Cached>> all(std::string_view kind);

  /// What is there by now under the key of `value`, else `value`, on disk when it returns: of those
  /// who come at once one decides for all.
  Expected<Cached> keep_first(std::string_view kind, const Cached& value);

  /// In place of what was there, on disk when it returns; all of them or none.
  Expected<void> put(std::string_view kind, const std::vector<Cached>& values);

  /// Those that say themselves that they have expired.
  Expected<void> forget_expired(std::string_view kind, std::int64_t now);

 private:
  Expected<void> insert(std::string_view kind, const std::vector<Cached>& values);

  explicit Cache(Database database) : database_(std::move(database)) {}

  Database database_;
};

}  // namespace mailtrust::store
