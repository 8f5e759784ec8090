#pragma once
// The same authorization with fewer lookups: includes replaced by the addresses behind them.
// RFC 7208 sections 3.4 (size of the answer), 4.6.4 (limits) and 10.1.1.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "spf/survey.hpp"

namespace mailtrust::spf {

struct FlattenOptions {
  /// Nothing: as few lookups as possible. A number: no more terms are flattened than it takes to
  /// come down to it.
  std::optional<std::size_t> enough = {};
};

struct PublishedRecord {
  dns::Name name;
  std::string text;
};

struct Flattened {
  /// In the order of publication: what others refer to comes first, the domain's own record last.
  std::vector<PublishedRecord> records;
  std::vector<net::Prefix> prefixes;    ///< written in these records, in order
  std::size_t lookups = 0;              ///< of the new record, by section 4.6.4
  std::vector<std::string> flattened;   ///< terms that were replaced, as written in the domain's
  std::vector<std::string> unlistable;  ///< terms that only a message decides; kept
  bool changed = false;                 ///< false: the record is good as it is
};

/// `resolver` must still give the answers of the survey. The result is proven equal to the original
/// over the whole address space (spf/partition.hpp) before it is returned, and each record fits an
/// answer of 1232 octets. A term stays as it is where replacing it would save no lookup, as its
/// addresses need records of their own. Of all choices that are `enough` the one with the fewest
/// prefixes is taken, then the one with the fewest terms replaced. Where even everything flattened
/// does not come down to that, or to the limit of section 4.6.4, it is returned; `lookups` says so.
///
/// Errors: temporary when DNS left anything open; input when the record is absent or broken other
/// than by its limits, has names too long for another label in front, or cannot be proven equal.
Expected<Flattened> flatten(dns::Resolver& resolver, const Survey& survey,
                            const FlattenOptions& options = {});

}  // namespace mailtrust::spf
