#include "cli/value.hpp"

#include <algorithm>

namespace mailtrust::cli {

const Value* Value::find(std::string_view key) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  auto member = std::ranges::find_if(*members, [&](const Member& m) { return m.first == key; });
  return member != members->end() ? &member->second : nullptr;
}

}  // namespace mailtrust::cli
