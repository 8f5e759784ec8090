// JSON from outside (RFC 8259): what is written out reads as itself, in both layouts.
#include "fuzz/target.hpp"
#include "json/value.hpp"

using namespace mailtrust;

namespace {

std::size_t depth_of(const json::Value& value) {
  std::size_t inside = 0;
  for (const auto& item : value.items()) inside = std::max(inside, depth_of(item));
  for (const auto& [name, member] : value.members()) inside = std::max(inside, depth_of(member));
  return inside + (value.is_array() || value.is_object() ? 1 : 0);
}

}  // namespace

MAILTRUST_FUZZ(json, octets) {
  constexpr std::size_t kLongest = 64;
  auto value = json::parse(octets, kLongest);
  if (!value) {
    require(!value.error().message.empty() && !value.error().where.empty(), "what, and where");
    return;
  }
  require(depth_of(*value) <= limits::kJsonDepth, "no deeper than the limit");
  auto line = json::to_text(*value);
  require(line.find('\n') == std::string::npos, "a line is one");
  auto again = json::parse(line);
  require(again.has_value(), "what was written is JSON");
  require(json::to_text(*again) == line, "and the same");
  auto indented = json::parse(json::to_text(*value, json::Layout::indented));
  require(indented && json::to_text(*indented) == line, "in either layout");
}
