#pragma once
// Macro strings: text with %{...} in it, parsed once, expanded for each message.
// RFC 7208 section 7.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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

  /// Does it expand `letter` (lower case)?
  [[nodiscard]] bool uses(char letter) const;
};

/// Where and how a macro string is wrong.
struct MacroError {
  std::size_t offset = 0;  ///< octet in the text, from 0
  std::string message;
  bool in_domain = false;  ///< the macros are right, the end of the domain-spec is not
};

/// What came of parsing; where `error` is set, `macro` holds what stood before it.
struct ParsedMacro {
  MacroString macro;
  std::optional<MacroError> error;

  [[nodiscard]] bool valid() const { return !error; }
};

/// Where a macro string stands decides what it may hold.
enum class MacroPlace {
  term,         ///< visible ASCII; not the letters c, r and t (section 7.2)
  explanation,  ///< `explain-string`: spaces and all letters
};

/// Parses `macro-string` or `explain-string`. Section 7.1; the first fault ends it.
ParsedMacro parse_macro_string(std::string_view text, MacroPlace place);

/// Parses `domain-spec`: a macro string of a term that ends in an expansion or in "." and a top
/// label, which may have a final dot. Section 7.1.
ParsedMacro parse_domain_spec(std::string_view text);

/// What the letters stand for. Section 7.2.
struct MacroContext {
  std::string_view sender;  ///< <sender> with a local-part ("postmaster@" added), A-labels
  dns::Name domain;         ///< <domain> of the current check_host(), A-labels
  net::Address ip;          ///< unmapped
  std::string_view helo;
  std::string_view receiver;   ///< %{r}; "unknown" when not known
  std::int64_t now = 0;        ///< %{t}, Unix seconds
  std::string validated_name;  ///< %{p}; "unknown" until it is known
};

/// The text with every macro replaced, its first `most` octets: no more than those and one value
/// are ever held.
std::string expand(const MacroString& macro, const MacroContext& context,
                   std::size_t most = std::string::npos);

/// The same as a name: left labels dropped until it is at most 253 octets (section 7.3). Nothing
/// when what remains is no domain name (nothing, an empty label, one over 63 octets), or when
/// is_unmatchable().
std::optional<dns::Name> expand_name(const MacroString& macro, const MacroContext& context);

/// RFC 8616 section 4: a term with %{s} or %{l} matches nothing when the local-part is not ASCII.
bool is_unmatchable(const MacroString& macro, const MacroContext& context);

/// The labels with dots between them and nothing escaped, as macros write names.
std::string dotted(const dns::Name& name);

}  // namespace mailtrust::spf
