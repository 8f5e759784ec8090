#pragma once
// Domain names as DNS means them: labels of any octets, compared without the case of A to Z.
// RFC 1035 section 3.1 (limits), RFC 4343 (case), RFC 1035 section 5.1 (master file escapes).

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"

namespace mailtrust::dns {

inline constexpr std::size_t kMaxLabel = 63;
inline constexpr std::size_t kMaxName = 255;  ///< octets in wire form, with the root's zero

/// An absolute name, held in uncompressed wire form with the case it came in. Equality, order and
/// hash ignore the case of ASCII letters. Default: the root.
class Name {
 public:
  Name() : wire_(1, '\0') {}

  /// Dots separate labels, every other octet stands for itself (a backslash too): how SPF, mail
  /// addresses and the command line write names. One final dot is allowed; "" and "." are the root.
  /// Nothing for an empty label, a label over 63 octets, or a name over 255.
  static std::optional<Name> read(std::string_view text);

  /// Master file spelling: `\DDD` and `\X` escapes. Names without a final dot get `origin` added.
  static std::optional<Name> read_presentation(std::string_view text, const Name& origin = Name());

  /// Uncompressed wire form that fills `wire` exactly and ends in the root's zero.
  static std::optional<Name> from_wire(std::string_view wire);

  /// What a person typed: parse_any(), and an Error too for what is no domain but a URL, a mail
  /// address, an IP address, or text with blanks, controls or octets that are not UTF-8.
  static Expected<Name> parse(std::string_view text);

  /// What came with a message: read(), with U-labels turned into A-labels (see dns/idna.hpp), and
  /// an Error of kind input that says what is wrong. `where` is the text itself, quoted.
  static Expected<Name> parse_any(std::string_view text);

  [[nodiscard]] std::string_view wire() const { return wire_; }

  [[nodiscard]] bool is_root() const { return wire_.size() == 1; }

  [[nodiscard]] std::size_t label_count() const;               ///< the root has none
  [[nodiscard]] std::vector<std::string_view> labels() const;  ///< leftmost first, views into this
  [[nodiscard]] Name parent() const;                           ///< the root's parent is the root
  [[nodiscard]] bool is_within(const Name& ancestor) const;    ///< equal to it or below it
  [[nodiscard]] Name lowered() const;                          ///< A to Z in lower case

  /// `label` in front of this name; nothing when that breaks a limit.
  [[nodiscard]] std::optional<Name> child(std::string_view label) const;

  /// All labels of `front` in front of this name.
  [[nodiscard]] std::optional<Name> prepend(const Name& front) const;

  friend bool operator==(const Name& a, const Name& b);
  friend std::weak_ordering operator<=>(const Name& a, const Name& b);

 private:
  std::string wire_;
};

/// Takes one octet off master file text that is not empty: plain, `\X`, or `\DDD` up to 255.
/// Nothing for a broken escape (RFC 1035 section 5.1).
std::optional<char> take_octet(std::string_view& text);

/// Without a final dot ("." for the root), dots and backslashes inside labels, white space, quotes,
/// `;`, `(`, `)`, `@`, `$` escaped as master files do (`\.`), other octets outside 0x21..0x7e as
/// `\DDD`.
std::string to_string(const Name& name);

/// The same with the final dot: for zone files and records to paste.
std::string to_absolute_string(const Name& name);

}  // namespace mailtrust::dns

template <>
struct std::hash<mailtrust::dns::Name> {
  std::size_t operator()(const mailtrust::dns::Name& name) const noexcept;
};
