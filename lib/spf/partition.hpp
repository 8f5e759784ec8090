#pragma once
// What a record says about every address there is: the whole address space, divided by the result
// of check_host(). RFC 7208 sections 4.6.2, 5 and 6.
//
// The limits of section 4.6.4 depend on the path of an evaluation and are left out: the partition
// is what holds while they are not exceeded. survey() counts them.

#include <map>
#include <optional>
#include <vector>

#include "net/prefix_set.hpp"
#include "spf/decision.hpp"
#include "spf/survey.hpp"

namespace mailtrust::spf {

/// Disjoint address sets that together are sender_addresses(). Two partitions that were made with
/// the same Decisions are equal when both records treat every address alike in every message.
class Partition {
 public:
  using Regions = std::map<Decisions::Id, net::PrefixSet>;

  Partition() = default;
  explicit Partition(Regions regions);  ///< empty sets are dropped

  [[nodiscard]] const Regions& regions() const { return regions_; }

  /// The addresses with this result; `depends`: those whose result only a message tells.
  [[nodiscard]] net::PrefixSet where(Ruling ruling) const;

  [[nodiscard]] Ruling at(const net::Address& address) const;

  friend bool operator==(const Partition&, const Partition&) = default;

 private:
  Regions regions_;
};

/// Every address a sender can have: IPv4-mapped IPv6 addresses are left out, because they are
/// taken for IPv4 (RFC 7208 section 5).
const net::PrefixSet& sender_addresses();

/// One for each node of the survey. What DNS did not tell is temperror. Nothing when the records
/// ask too many different things of a message to be compared (Decisions::kMost, kMaxRegions).
std::optional<std::vector<Partition>> partition(const Survey& survey, Decisions& decisions);

inline constexpr std::size_t kMaxRegions = 1000;

/// Of the domain's own record alone; empty when it cannot be made.
Partition whole_partition(const Survey& survey);

/// The addresses that no message of which can fail to pass, by node.
std::vector<net::PrefixSet> authorized(const Survey& survey);

}  // namespace mailtrust::spf
