#pragma once
// Macro strings: text with %{...} in it, parsed once, expanded for each message.
// RFC 7208 section 7.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/expected.hpp"
#include "dns/name.hpp"
#include "net/address.hpp"

namespace mailtrust::spf {

/// RFC 7208 section 7.1, `macro-expand`.
struct MacroExpand {
  char letter = 'd';        ///< lower case: s l o d i p h c r t v
  bool url_escape = false;  ///< the letter was written in upper case (section 7.3)
  unsigned digits = 0;      ///< right-hand parts kept; 0: all
  bool reverse = false;     ///< the "r" transformer
  std::string delimiters;   ///< any of ".-+,/_="; empty: "."
};

/// A parsed `macro-string`: literal text (`%%`, `%_`, `%-` already replaced) and expansions.
struct MacroString {
  std::string text;  ///< as written
  std::vector<std::variant<std::string, MacroExpand>> parts;

  /// Does it hold an expansion at all? Without one it is the same for every message.
  [[nodiscard]] bool is_literal() const;
};

/// Where and how a macro string is wrong.
struct MacroError {
  std::size_t offset = 0;  ///< octet in the text, from 0
  std::string message;
};

/// Parses `text`. `explanation` admits white space and the letters c, r and t (section 7.2).
tl::expected<MacroString, MacroError> parse_macro_string(std::string_view text, bool explanation);

/// What the letters stand for. Section 7.2.
struct MacroContext {
  std::string_view sender;  ///< <sender>, with "postmaster@" added where it had no local-part
  dns::Name domain;         ///< <domain> of the current check_host(), A-labels
  net::Address ip;          ///< unmapped
  std::string_view helo;
  std::string_view receiver;   ///< %{r}; "unknown" when not known
  std::int64_t now = 0;        ///< %{t}, Unix seconds
  std::string validated_name;  ///< %{p}; "unknown" until it is known
};

/// The text with every macro replaced, nothing shortened.
std::string expand(const MacroString& macro, const MacroContext& context);

/// The same as a name: left labels dropped until it is at most 253 octets (section 7.3). Nothing
/// when what remains is no domain name (an empty label, one over 63 octets).
std::optional<dns::Name> expand_name(const MacroString& macro, const MacroContext& context);

}  // namespace mailtrust::spf
