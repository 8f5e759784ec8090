#pragma once
// Entries as numbers with the line each stands in, so that tens of millions of them can be compared
// without their text: 12 octets an IPv4 entry, 48 an IPv6 one, 24 a mailbox or domain.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/sip_hash.hpp"
#include "list/entry.hpp"
#include "net/value.hpp"

namespace mailtrust::list {

template <typename T>
struct PackedBlock {
  T first{};
  T last{};
  std::uint32_t line = 0;
};

using PackedV4 = PackedBlock<std::uint32_t>;
using PackedV6 = PackedBlock<net::Uint128>;

/// A name by its hashes: 96 bits of its domain, 64 of its local part, which is 0 for a domain. Two
/// different names are taken for one with a probability below 2^-70 in lists of 10 million.
struct PackedName {
  std::uint64_t domain = 0;
  std::uint64_t local_part = 0;
  std::uint32_t domain_more = 0;
  std::uint32_t line = 0;

  [[nodiscard]] bool is_domain() const { return local_part == 0; }

  [[nodiscard]] bool same_domain(const PackedName& other) const {
    return domain == other.domain && domain_more == other.domain_more;
  }

  [[nodiscard]] bool same_name(const PackedName& other) const {
    return same_domain(other) && local_part == other.local_part;
  }
};

/// Hashes names with keys nobody else knows. What is compared must come from one of these.
class NamePacker {
 public:
  /// `name` as in an Entry: `user@example.org`, `example.org`.
  [[nodiscard]] PackedName operator()(std::string_view name, std::uint32_t line) const;

 private:
  SipHash domain_;
  SipHash more_;
  SipHash local_part_;
};

/// Lines that can be told apart; further ones are refused.
inline constexpr std::size_t kMostLines = 0xffffffff;

/// What sort() makes of two blocks: by first address, the wider before the narrower, then by line.
template <typename T>
bool comes_before(const PackedBlock<T>& a, const PackedBlock<T>& b) {
  if (a.first != b.first) return a.first < b.first;
  if (a.last != b.last) return a.last > b.last;
  return a.line < b.line;
}

/// A domain comes before the mailboxes in it, then by line.
bool comes_before(const PackedName& a, const PackedName& b);

struct Packed {
  std::vector<PackedV4> v4;
  std::vector<PackedV6> v6;
  std::vector<PackedName> names;

  void add(const Block& block, std::uint32_t line);

  /// In the order of comes_before().
  void sort();
};

}  // namespace mailtrust::list
