#include "cli/slot.hpp"

#include <algorithm>
#include <utility>

#include "base/escape.hpp"
#include "cli/suggest.hpp"

namespace mailtrust::cli {
namespace {

Expected<void> set(const Slot& slot, const std::string& value) {
  const auto& allowed = slot.spec.values;
  if (!allowed.empty() && std::ranges::find(allowed, value) == allowed.end())
    return fail(Error::Kind::usage, slot.name,
                quote(value) + ": expected " + alternatives(allowed));
  auto done = slot.setter(value);
  if (done) return {};
  Error error = done.error();
  if (!error.where.empty() && error.where != slot.name)
    error.message = error.where + ": " + error.message;
  error.where = slot.name;
  return fail(std::move(error));
}

}  // namespace

std::string missing(const std::string& command) {
  return "missing; mailtrust " + command + " --help tells more";
}

Expected<void> apply(const Slot& slot, std::vector<std::string>& inputs) {
  if (slot.values.size() > 1 && !slot.spec.repeatable && !slot.is_flag())
    return fail(Error::Kind::usage, slot.name, "given more than once");
  for (const auto& value : slot.values) {
    if (slot.is_inputs) {
      inputs.push_back(value);
    } else if (auto done = set(slot, value); !done) {
      return done;
    }
  }
  return {};
}

Expected<void> check_present(const Slot& slot, const std::string& command) {
  if (slot.spec.required && slot.values.empty())
    return fail(Error::Kind::usage, slot.name, missing(command));
  return {};
}

}  // namespace mailtrust::cli
