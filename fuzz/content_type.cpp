// The value of a Content-Type field (RFC 2045 section 5): what is written out reads as itself.
#include "message/content_type.hpp"

#include "base/ascii.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;

namespace {

std::string printed(const message::ContentType& type) {
  std::string text = type.type;
  for (const auto& [name, value] : type.parameters) {
    text += "; " + name + "=\"";
    for (char c : value) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  }
  return text;
}

}  // namespace

MAILTRUST_FUZZ(content_type, octets) {
  auto type = message::parse_content_type(octets);
  if (!type) return;
  require(type->type == ascii::to_lower(type->type), "types are in lower case");
  require(type->type.find('/') != std::string::npos, "there is a type and a subtype");
  for (const auto& [name, value] : type->parameters) {
    require(name == ascii::to_lower(name), "names are in lower case");
    require(type->parameter(name).has_value(), "what is there is found");
  }
  auto again = message::parse_content_type(printed(*type));
  require(again && again->type == type->type, "what was printed reads the same");
  require(again->parameters == type->parameters, "and so do the parameters");
}
