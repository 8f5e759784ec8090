#pragma once
// One term of an SPF record. RFC 7208 section 12: directive, modifier. Used by record.cpp.

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "spf/record.hpp"

namespace mailtrust::spf {

/// A known modifier, with the name it has in lower case.
struct KnownModifier {
  std::string name;  ///< "redirect" or "exp"
  Modifier modifier;
};

using Term = std::variant<SyntaxError, Directive, KnownModifier, UnknownModifier>;

/// Parses `text`, which has no spaces and is not empty; `column` is where it stands in the record.
Term parse_term(std::string_view text, std::size_t column);

}  // namespace mailtrust::spf
