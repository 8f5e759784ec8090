#include "list/block_text.hpp"

#include "base/ascii.hpp"

namespace mailtrust::list {
namespace {

// A number up to `max` without leading zeros; takes its digits off the text.
std::optional<std::uint32_t> take_number(std::string_view& text, std::uint32_t max) {
  std::uint32_t value = 0;
  std::size_t digits = 0;
  while (digits < text.size() && digits < 4 && ascii::is_digit(text[digits]))
    value = value * 10 + static_cast<std::uint32_t>(text[digits++] - '0');
  bool padded = digits > 1 && text[0] == '0';
  if (digits == 0 || padded || value > max) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

// A dotted quad from the start of the text.
std::optional<std::uint32_t> take_quad(std::string_view& text) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    if (i > 0) {
      if (text.empty() || text[0] != '.') return std::nullopt;
      text.remove_prefix(1);
    }
    auto octet = take_number(text, 255);
    if (!octet) return std::nullopt;
    value = value << 8 | *octet;
  }
  return value;
}

// Other white space, a carriage return above all, has no place in a line.
std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// A value with the family it has as written.
struct Value {
  net::Family family = net::Family::v4;
  net::Uint128 value = 0;
};

std::optional<Value> read_value(std::string_view text) {
  if (text.find(':') == std::string_view::npos) {
    auto quad = take_quad(text);
    if (!quad || !text.empty()) return std::nullopt;
    return Value{net::Family::v4, *quad};
  }
  auto address = net::Address::read(text);
  if (!address) return std::nullopt;
  return Value{net::Family::v6, net::value_of(*address)};
}

constexpr net::Uint128 kMappedBits = 0xffff;  // RFC 4291 section 2.5.5.2, above the low 32

// The IPv4 block inside an IPv4-mapped one.
void unmap(BlockText& text) {
  auto& block = text.block;
  bool mapped = block.family == net::Family::v6 && block.first >> 32 == kMappedBits &&
                block.last >> 32 == kMappedBits;
  if (!mapped) return;
  text.mapped = true;
  block = {net::Family::v4, static_cast<std::uint32_t>(block.first),
           static_cast<std::uint32_t>(block.last)};
}

std::optional<BlockText> prefix_of(Value value, std::uint32_t length) {
  auto host = width(value.family) - length;
  auto mask = host == 128 ? ~net::Uint128{0} : (net::Uint128{1} << host) - 1;
  BlockText text{host == 0 ? Kind::address : Kind::prefix,
                 {value.family, value.value & ~mask, value.value | mask},
                 (value.value & mask) != 0,
                 false};
  unmap(text);
  return text;
}

std::optional<BlockText> read_range(std::string_view first_text, std::string_view last_text) {
  auto first = read_value(without_blanks(first_text));
  auto last = read_value(without_blanks(last_text));
  if (!first || !last || first->family != last->family || last->value < first->value)
    return std::nullopt;
  BlockText text{Kind::range, {first->family, first->value, last->value}, false, false};
  unmap(text);
  if (text.block.first == text.block.last)
    text.kind = Kind::address;
  else if (text.block.prefix_length() >= 0)
    text.kind = Kind::prefix;
  return text;
}

}  // namespace

std::optional<BlockText> read_block_text(std::string_view text) {
  auto rest = text;
  if (auto quad = take_quad(rest)) {
    if (rest.empty())
      return BlockText{Kind::address, {net::Family::v4, *quad, *quad}, false, false};
    if (rest[0] == '/') {
      rest.remove_prefix(1);
      auto length = take_number(rest, 32);
      if (!length || !rest.empty()) return std::nullopt;
      return prefix_of({net::Family::v4, *quad}, *length);
    }
  }
  if (auto hyphen = text.find('-'); hyphen != std::string_view::npos)
    return read_range(text.substr(0, hyphen), text.substr(hyphen + 1));
  auto slash = text.find('/');
  auto value = read_value(text.substr(0, slash));
  if (!value) return std::nullopt;
  if (slash == std::string_view::npos) return prefix_of(*value, width(value->family));
  rest = text.substr(slash + 1);
  auto length = take_number(rest, width(value->family));
  if (!length || !rest.empty()) return std::nullopt;
  return prefix_of(*value, *length);
}

}  // namespace mailtrust::list
