#pragma once
// Numbers as protocols write them (digits only, no sign, no white space, no locale) and as people
// read them.

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailtrust {

/// A decimal number that fills the whole text and fits T; leading zeros are allowed.
template <std::unsigned_integral T>
std::optional<T> parse_number(std::string_view text, int base = 10) {
  T value{};
  const char* end = text.data() + text.size();
  auto [stop, failure] = std::from_chars(text.data(), end, value, base);
  if (text.empty() || failure != std::errc{} || stop != end) return std::nullopt;
  return value;
}

/// For people: "16,777,216".
inline std::string grouped(std::uint64_t number) {
  auto text = std::to_string(number);
  for (auto at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

}  // namespace mailtrust
