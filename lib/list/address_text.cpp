#include "list/address_text.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.hpp"

namespace mailtrust::list {
namespace {

// Each number of an octet, its digits first, how many they are last.
using Digits = std::array<char, 4>;

constexpr std::array<Digits, 256> make_octets() {
  std::array<Digits, 256> out{};
  for (std::size_t n = 0; n < out.size(); ++n) {
    std::size_t size = n < 10 ? 1 : n < 100 ? 2 : 3;
    auto rest = n;
    for (std::size_t i = size; i-- > 0; rest /= 10) out[n][i] = static_cast<char>('0' + rest % 10);
    out[n][3] = static_cast<char>(size);
  }
  return out;
}

constexpr auto kOctets = make_octets();

// All three places are written, whatever the number takes: quicker than a branch.
char* write_octet(char* room, std::uint32_t octet) {
  const auto& digits = kOctets[octet & 0xff];
  std::copy_n(digits.begin(), 3, room);
  return room + digits[3];
}

unsigned digit_of(char c) {
  return static_cast<unsigned char>(c) - unsigned{'0'};
}

// Reading looks this far ahead.
constexpr std::size_t kV4Room = 16;
constexpr std::size_t kV6Room = 64;

// One number and its digits; without a branch, as their count is what nobody can foretell.
const char* read_octet(const char* at, std::uint32_t& value, bool& bad) {
  auto one = digit_of(at[0]);
  auto two = digit_of(at[1]);
  auto three = digit_of(at[2]);
  bool has_two = two <= 9;
  bool has_three = has_two && three <= 9;
  auto octet = has_two ? one * 10 + two : one;
  octet = has_three ? octet * 10 + three : octet;
  bad |= (one > 9) | (has_two & (one == 0)) | (octet > 255);
  value = value << 8 | (octet & 0xff);
  return at + 1 + has_two + has_three;
}

const char* read_v4_padded(const char* at, std::uint32_t& value) {
  bool bad = false;
  for (int i = 0; i < 3; ++i) {
    at = read_octet(at, value, bad);
    bad |= *at++ != '.';
  }
  at = read_octet(at, value, bad);
  bad |= digit_of(*at) <= 9;
  return bad ? nullptr : at;
}

constexpr unsigned kNoHex = 16;

constexpr std::array<std::uint8_t, 256> make_hex() {
  std::array<std::uint8_t, 256> out{};
  out.fill(kNoHex);
  for (unsigned i = 0; i < 128; ++i)
    if (int value = ascii::hex_value(static_cast<char>(i)); value >= 0)
      out[i] = static_cast<std::uint8_t>(value);
  return out;
}

constexpr auto kHex = make_hex();

unsigned hex_of(char c) {
  return kHex[static_cast<unsigned char>(c)];
}

// The groups of an IPv6 address while it is read.
class Groups {
 public:
  // Where the address ends; null when there is none.
  const char* read(const char* at) {
    if (at[0] == ':') {
      if (at[1] != ':') return nullptr;
      at += 2;
      gap_ = 0;
      if (hex_of(*at) == kNoHex) return at;
    }
    while (true) {
      std::uint32_t group = 0;
      const char* end = read_group(at, group);
      if (end == at) return nullptr;
      if (*end == '.' && is_digit_group(at, end)) return read_quad(at);
      if (hex_of(*end) != kNoHex || count_ == 8) return nullptr;
      add(group);
      if (*end != ':' || count_ == 8) return ended(end);
      at = end + 1;
      if (*at == ':') {
        if (gap_ >= 0) return nullptr;
        gap_ = count_;
        ++at;
        if (hex_of(*at) == kNoHex) return ended(at);
      } else if (hex_of(*at) == kNoHex) {
        return ended(end);
      }
    }
  }

  [[nodiscard]] net::Uint128 value() const {
    if (count_ == 0) return 0;
    if (gap_ < 0) return value_;
    auto behind = static_cast<unsigned>(count_ - gap_) * 16;  // bits that stand behind the gap
    if (gap_ == 0) return value_;
    auto head = (value_ >> behind) << (128 - 16 * static_cast<unsigned>(gap_));
    return behind == 0 ? head : head | (value_ & (~net::Uint128{0} >> (128 - behind)));
  }

 private:
  // Up to four digits, again without a branch.
  static const char* read_group(const char* at, std::uint32_t& group) {
    auto one = hex_of(at[0]);
    auto two = hex_of(at[1]);
    auto three = hex_of(at[2]);
    auto four = hex_of(at[3]);
    bool has_one = one < kNoHex;
    bool has_two = has_one && two < kNoHex;
    bool has_three = has_two && three < kNoHex;
    bool has_four = has_three && four < kNoHex;
    group = one;
    group = has_two ? group << 4 | two : group;
    group = has_three ? group << 4 | three : group;
    group = has_four ? group << 4 | four : group;
    return at + has_one + has_two + has_three + has_four;
  }

  void add(std::uint32_t group) {
    value_ = value_ << 16 | group;
    ++count_;
  }

  static bool is_digit_group(const char* at, const char* end) {
    return std::all_of(at, end, ascii::is_digit) && ascii::is_digit(end[1]);
  }

  // A dotted quad takes the place of the last two groups.
  const char* read_quad(const char* at) {
    std::uint32_t quad = 0;
    const char* stop = read_v4_padded(at, quad);
    if (stop == nullptr || count_ > 6) return nullptr;
    add(quad >> 16);
    add(quad & 0xffff);
    return ended(stop);
  }

  // "::" stands for at least one group (RFC 4291 section 2.2).
  [[nodiscard]] const char* ended(const char* end) const {
    return (gap_ < 0 ? count_ == 8 : count_ < 8) ? end : nullptr;
  }

  net::Uint128 value_ = 0;
  int count_ = 0;
  int gap_ = -1;  // groups before the "::"
};

// Octets near the end are copied to where there is room behind them.
template <std::size_t kRoom, typename Read>
const char* read_with_room(const char* at, const char* end, Read read) {
  auto size = static_cast<std::size_t>(end - at);
  if (size >= kRoom) return read(at);
  std::array<char, kRoom> room{};
  std::copy(at, end, room.begin());
  const char* stop = read(room.data());
  return stop == nullptr ? nullptr : at + (stop - room.data());
}

}  // namespace

const char* read_v4(const char* at, const char* end, std::uint32_t& value) {
  value = 0;
  return read_with_room<kV4Room>(at, end,
                                 [&](const char* room) { return read_v4_padded(room, value); });
}

const char* read_v6(const char* at, const char* end, net::Uint128& value) {
  Groups groups;
  const char* stop =
      read_with_room<kV6Room>(at, end, [&](const char* room) { return groups.read(room); });
  value = groups.value();
  return stop;
}

char* write_v4(char* room, std::uint32_t first, unsigned length) {
  for (int shift = 24; shift > 0; shift -= 8) {
    room = write_octet(room, first >> shift);
    *room++ = '.';
  }
  room = write_octet(room, first);
  if (length == 32) return room;
  *room++ = '/';
  return write_octet(room, length);
}

char* write_block(char* room, const Block& block) {
  auto length = block.prefix_length();
  if (block.family == net::Family::v4 && length >= 0)
    return write_v4(room, static_cast<std::uint32_t>(block.first), static_cast<unsigned>(length));
  auto text = to_string(block);
  return std::copy(text.begin(), text.end(), room);
}

}  // namespace mailtrust::list
