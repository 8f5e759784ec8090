#include "json/value.hpp"

#include <algorithm>
#include <limits>

namespace mailtrust::json {
namespace {

const Value kNull;
const Array kNoItems;
const Members kNoMembers;

}  // namespace

std::string_view Value::text() const {
  const auto* text = std::get_if<std::string>(&data_);
  return text != nullptr ? std::string_view(*text) : std::string_view();
}

std::optional<std::int64_t> Value::integer() const {
  if (const auto* integer = std::get_if<std::int64_t>(&data_)) return *integer;
  const auto* number = std::get_if<double>(&data_);
  if (number == nullptr) return std::nullopt;
  constexpr double kBeyond = 9223372036854775808.0;  // 2^63
  if (*number >= kBeyond) return std::numeric_limits<std::int64_t>::max();
  if (*number <= -kBeyond) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(*number);
}

std::optional<double> Value::number() const {
  if (const auto* integer = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*integer);
  const auto* number = std::get_if<double>(&data_);
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

std::optional<bool> Value::boolean() const {
  const auto* flag = std::get_if<bool>(&data_);
  return flag != nullptr ? std::optional(*flag) : std::nullopt;
}

const Array& Value::items() const {
  const auto* items = std::get_if<Array>(&data_);
  return items != nullptr ? *items : kNoItems;
}

const Members& Value::members() const {
  const auto* members = std::get_if<Members>(&data_);
  return members != nullptr ? *members : kNoMembers;
}

const Value& Value::operator[](std::string_view name) const {
  const auto& all = members();
  auto found =
      std::find_if(all.rbegin(), all.rend(), [&](const auto& m) { return m.first == name; });
  return found != all.rend() ? found->second : kNull;
}

const Value& Value::operator[](std::size_t index) const {
  const auto& all = items();
  return index < all.size() ? all[index] : kNull;
}

}  // namespace mailtrust::json
