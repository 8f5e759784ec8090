#pragma once
// Where the ranges of large mail providers come from: the cache of the store while it is fresh, and
// DNS for the rest.

#include <cstdint>
#include <optional>
#include <string>

#include "base/limits.hpp"
#include "list/provider_ranges.hpp"

namespace mailtrust::list {

/// A cached record is good for this long.
inline constexpr std::int64_t kProviderCacheSeconds = std::int64_t{7} * 86400;

struct ProviderSources {
  dns::Resolver* resolver = nullptr;  ///< asked for what is not cached; null: nobody is
  std::string store = {};             ///< the path of the store; empty: no cache
  std::int64_t now = 0;               ///< Unix seconds
  /// What the resolver does not have does not exist, and the cache is left alone: a --zone. Else,
  /// if it has no record of any provider, it does not know the Internet, and all are unknown.
  bool closed_world = false;
};

struct ProviderLookup {
  ProviderRanges ranges;                    ///< without a resolver, what is not cached is unknown
  std::optional<Error> cache_trouble = {};  ///< the cache could not be used; the ranges stand
};

/// Asks at most limits::kProviderQuestions questions. The records DNS has are put into the cache
/// with their date; the store is made if need be.
ProviderLookup look_up_providers(const ProviderSources& sources);

}  // namespace mailtrust::list
