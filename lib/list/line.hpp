#pragma once
// One line of a list file, `ENTRY;COMMENT`: the first `;` ends the entry, blanks and `<...>` around
// either are dropped, blank lines and lines that begin with `#` hold nothing.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "list/entry.hpp"

namespace mailtrust::list {

/// What is wrong with a line, or worth a warning. The words of the JSON key `code`.
enum class Code : std::uint8_t {
  none,
  // Errors of one line.
  bad_address,  ///< wrong or missing octets or groups, leading zeros, hex, a port, a zone
  bad_prefix,   ///< the length is missing, malformed or out of range
  bad_range,    ///< ends of two families, or in the wrong order
  bad_mailbox,  ///< no local part, no domain, an octet that cannot be there
  bad_domain,   ///< what stands behind the `@` is no domain
  host_name,    ///< a name without `@`: lists hold addresses and mail addresses
  separator,    ///< something other than `;` parts the entry from what follows
  invisible,    ///< a control, an invisible or a look-alike character
  not_utf8,     ///< octets that are not UTF-8
  line_end,     ///< a carriage return inside the line
  no_entry,     ///< a comment without an entry
  too_long,     ///< over limits::kListLine
  // Warnings of one line.
  host_bits,  ///< set behind the prefix length
  special,    ///< told as "private": private, reserved, local, multicast
  wide,       ///< /8 or wider; IPv6 /16
  mapped,     ///< IPv4 written as ::ffff:192.0.2.1
  // Warnings that need other lines, a verdict or the network.
  duplicate,      ///< the same entry in any spelling
  covered,        ///< inside another entry
  contradiction,  ///< allowed here and denied there
  too_many,       ///< more entries than --limit
  whole_domain,   ///< `@domain` in an allow list
  provider,       ///< a deny entry covers a large mail provider
};

/// How many codes there are.
inline constexpr std::size_t kCodes = static_cast<std::size_t>(Code::provider) + 1;

/// "bad_address", "private" (for special), ...
std::string_view to_string(Code code);

/// Error lines stop an import; all else are warnings.
constexpr bool is_error(Code code) {
  return code != Code::none && code <= Code::too_long;
}

/// A line taken apart, pointing into the octets it was read from. Made for tens of millions of
/// lines: nothing is allocated, and what is wrong is only found out by diagnose().
struct Line {
  enum class Content : std::uint8_t { nothing, entry, fault };

  Content content = Content::nothing;
  Kind kind = Kind::address;
  bool host_bits = false;         ///< were set; `block` has them cleared
  bool mapped = false;            ///< `block` is the IPv4 one
  Block block = {};               ///< address, prefix, range
  std::string_view spelled = {};  ///< the entry as written, without blanks and `<>`
  std::string_view comment = {};  ///< without blanks and `<>`; valid UTF-8
};

/// `octets` without the line feed; a carriage return before it is fine.
Line read_line(std::string_view octets);

/// The entry of a line whose content is one.
Entry entry_of(const Line& line);

/// Why a line holds a fault.
struct Fault {
  Code code = Code::none;
  std::size_t column = 1;  ///< in octets from 1
  std::string message;     ///< what was found and what is expected, one lower-case line
};

Fault diagnose(std::string_view octets);

/// The warnings a line earns by itself (special, wide, mapped, host_bits), as bits 1 << Code.
std::uint32_t warnings_of(const Line& line);

/// One line for people: "host bits are set: 192.0.2.0/24 is what is meant".
std::string describe(Code warning, const Line& line);

}  // namespace mailtrust::list
