#include "base/base64.hpp"

#include <array>
#include <cstdint>

#include "base/ascii.hpp"

namespace mailtrust {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto kValues = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    values.at(static_cast<unsigned char>(kAlphabet[i])) = static_cast<std::int8_t>(i);
  return values;
}();

char octet(std::uint32_t bits) {
  return static_cast<char>(bits & 0xff);
}

}  // namespace

Base64 decode_base64(std::string_view text, Base64Space space) {
  Base64 decoded;
  auto fail = [&](std::size_t offset, std::string_view fault) {
    decoded.fault = fault;
    decoded.offset = offset;
    return decoded;
  };
  std::uint32_t bits = 0;
  unsigned held = 0;  // bits of `bits` not yet written
  unsigned digits = 0;
  unsigned padding = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (space == Base64Space::allowed && ascii::is_space(c)) continue;
    if (c == '=') {
      if (++padding > 2 || digits % 4 < 2 || (digits + padding) % 4 == 1)
        return fail(i, "is padding where none may be");
      continue;
    }
    auto value = kValues[static_cast<unsigned char>(c)];
    if (value < 0) return fail(i, "is not a base64 character");
    if (padding > 0) return fail(i, "comes after the padding");
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffffff;
    held += 6;
    ++digits;
    if (held >= 8) decoded.octets += octet(bits >> (held -= 8));
  }
  if (digits % 4 == 1) return fail(text.size(), "a character is missing at the end");
  if ((digits + padding) % 4 != 0) return fail(text.size(), "the padding is not complete");
  if ((bits & ((1U << held) - 1)) != 0)
    return fail(text.size(), "the last character has bits that belong to no octet");
  return decoded;
}

std::string encode_base64(std::string_view octets) {
  std::string text;
  text.reserve((octets.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    auto group = octets.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < 3; ++j)
      bits = bits << 8 | (j < group.size() ? static_cast<unsigned char>(group[j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      text += j <= group.size() ? kAlphabet[bits >> (18 - 6 * j) & 63] : '=';
  }
  return text;
}

}  // namespace mailtrust
