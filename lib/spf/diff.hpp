#pragma once
// What a change of record does: who may send that could not before, and who no longer may.

#include <cstdint>
#include <optional>

#include "net/prefix_set.hpp"
#include "spf/survey.hpp"

namespace mailtrust::spf {

struct Change {
  net::PrefixSet added;         ///< pass after, not before
  net::PrefixSet removed;       ///< pass before, not after
  std::int64_t lookups = 0;     ///< more than before, by RFC 7208 section 4.6.4; may be negative
  bool same_treatment = false;  ///< every address gets the same result in every message
  bool depends_on_message = false;  ///< somewhere only a message decides, before or after
};

/// Nothing when DNS left open what one of them authorizes, or they cannot be compared
/// (spf/partition.hpp). A record that is missing or broken authorizes nobody.
std::optional<Change> difference(const Survey& before, const Survey& after);

}  // namespace mailtrust::spf
