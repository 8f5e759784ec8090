#pragma once
// What an allow or deny list holds: addresses, prefixes, ranges, mailboxes and domains.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "net/value.hpp"

namespace mailtrust::list {

/// What an entry names. Prefixes of one address are of kind address, ranges that are a prefix of
/// kind prefix.
enum class Kind : std::uint8_t { address, prefix, range, mailbox, domain };

/// The word of the JSON key `kind`.
std::string_view to_string(Kind kind);

/// What a list says about its entries.
enum class Verdict : std::uint8_t { allow, deny };

std::string_view to_string(Verdict verdict);  ///< "allow", "deny"

/// From one address to another of the same family, both included.
struct Block {
  net::Family family = net::Family::v4;
  net::Uint128 first = 0;
  net::Uint128 last = 0;

  [[nodiscard]] bool contains(const Block& other) const {
    return family == other.family && first <= other.first && other.last <= last;
  }

  [[nodiscard]] bool overlaps(const Block& other) const {
    return family == other.family && first <= other.last && other.first <= last;
  }

  /// The length of the prefix the block is; -1 when it is none.
  [[nodiscard]] int prefix_length() const;

  /// IPv4 first, then by first address; of those that begin together the widest is first.
  friend std::strong_ordering operator<=>(const Block& a, const Block& b) {
    if (auto order = a.family <=> b.family; order != 0) return order;
    if (a.first != b.first)
      return a.first < b.first ? std::strong_ordering::less : std::strong_ordering::greater;
    if (a.last == b.last) return std::strong_ordering::equal;
    return a.last > b.last ? std::strong_ordering::less : std::strong_ordering::greater;
  }

  friend bool operator==(const Block& a, const Block& b) {
    return a.family == b.family && a.first == b.first && a.last == b.last;
  }
};

Block block_of(const net::Address& address);
Block block_of(const net::Prefix& prefix);

/// An entry in its normal form: entries that mean the same are equal, however they were spelled.
/// IPv4-mapped IPv6 is IPv4, host bits are cleared, names are in lower case (the local part too:
/// RFC 5321 section 2.4 discourages telling mailboxes apart by case, and no receiver that enforces
/// lists does), internationalised domains are A-labels.
struct Entry {
  Kind kind = Kind::address;
  Block block = {};       ///< address, prefix, range
  std::string name = {};  ///< mailbox: `user@example.org`; domain: `example.org`

  [[nodiscard]] bool has_block() const { return kind <= Kind::range; }

  /// As a line of a list file spells it, without its comment. The Error is of kind input, its
  /// `where` empty.
  static Expected<Entry> parse(std::string_view text);

  friend std::strong_ordering operator<=>(const Entry&, const Entry&) = default;
  friend bool operator==(const Entry&, const Entry&) = default;
};

/// The entry as parse() reads it: `192.0.2.1`, `192.0.2.0/24`, `192.0.2.1-192.0.2.9`,
/// `user@example.org`, `@example.org`.
std::string to_string(const Entry& entry);

/// The same for a block alone.
std::string to_string(const Block& block);

}  // namespace mailtrust::list
