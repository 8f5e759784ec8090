#pragma once
// What the addresses mean that a DNS list answers with. RFC 5782 section 2.1: within 127.0.0.0/8,
// the rest is up to the list.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/address.hpp"

namespace mailtrust::dnsbl {

/// What it says about an address that a list has it, or that it answers with a code.
enum class Kind { block, allow, reputation };

std::string_view to_string(Kind kind);  ///< "block", "allow", "reputation"
std::optional<Kind> kind_from_string(std::string_view text);

/// Which addresses are meant, octet by octet.
struct Pattern {
  struct Octet {
    std::uint8_t low = 0;
    std::uint8_t high = 255;
    std::uint8_t bits = 0;  ///< all of them must be set
  };

  std::array<Octet, 4> octets;

  /// "127.0.0.2", "127.0.0.4-7", "127.0.*.3", "127.0.0.&8" (an octet with bit 8 set).
  static std::optional<Pattern> read(std::string_view text);

  [[nodiscard]] bool matches(const net::Address& address) const;  ///< false for IPv6
};

struct Code {
  Pattern pattern;
  std::optional<Kind> kind = {};  ///< when it is not that of the list
  bool refusal = false;           ///< no listing: the list refuses to answer
  std::string meaning;            ///< `{3}` and `{4}` stand for the octet of that place
};

/// "PATTERN=meaning ..." as in the data file and in files of one's own: words up to the next code
/// belong to the meaning. Behind PATTERN may stand `:block`, `:allow`, `:reputation` or `:refused`.
/// The Error is of kind input; `where` is left empty.
Expected<std::vector<Code>> parse_codes(std::span<const std::string_view> words);

/// The first that matches; null when none does.
const Code* find(const std::vector<Code>& codes, const net::Address& address);

/// The meaning with the octets of `address` filled in.
std::string meaning_of(const Code& code, const net::Address& address);

}  // namespace mailtrust::dnsbl
