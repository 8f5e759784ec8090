#pragma once
// Numbers as protocols write them: digits only, no sign, no white space, no locale.

#include <charconv>
#include <concepts>
#include <optional>
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

}  // namespace mailtrust
