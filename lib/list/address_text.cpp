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

const char* read_octet(const char* at, const char* end, std::uint32_t& value) {
  if (at == end || digit_of(*at) > 9) return nullptr;
  std::uint32_t octet = digit_of(*at++);
  if (octet != 0) {
    for (int i = 0; i < 2 && at != end && digit_of(*at) <= 9; ++i)
      octet = octet * 10 + digit_of(*at++);
  }
  bool longer = at != end && digit_of(*at) <= 9;
  value = value << 8 | octet;
  return longer || octet > 255 ? nullptr : at;
}

// The groups of an IPv6 address while it is read.
class Groups {
 public:
  bool read(std::string_view text) {
    const char* at = text.data();
    const char* end = at + text.size();
    if (text.starts_with("::")) {
      gap_ = 0;
      at += 2;
      if (at == end) return true;
    }
    while (count_ < 8) {
      const char* group = at;
      std::uint32_t value = 0;
      int digit = 0;
      for (; at != end && (digit = ascii::hex_value(*at)) >= 0; ++at) {
        if (at - group == 4) return false;
        value = value << 4 | static_cast<std::uint32_t>(digit);
      }
      if (at != end && *at == '.') return read_quad(group, end);
      if (at == group) return false;
      add(value);
      if (at == end) return is_complete();
      if (*at++ != ':' || at == end) return false;
      if (*at != ':') continue;
      if (gap_ >= 0) return false;
      gap_ = count_;
      if (++at == end) return is_complete();
    }
    return false;
  }

  [[nodiscard]] net::Uint128 value() const {
    if (gap_ < 0) return value_;
    auto behind = static_cast<unsigned>(count_ - gap_) * 16;  // bits that stand behind the gap
    if (behind == 0) return count_ == 0 ? 0 : value_ << (128 - 16 * count_);
    auto tail = value_ & (~net::Uint128{0} >> (128 - behind));
    if (gap_ == 0) return tail;
    return (value_ >> behind) << (128 - 16 * gap_) | tail;
  }

 private:
  void add(std::uint32_t group) {
    value_ = value_ << 16 | group;
    ++count_;
  }

  bool read_quad(const char* at, const char* end) {
    std::uint32_t quad = 0;
    if (count_ > 6 || read_v4(at, end, quad) != end) return false;
    add(quad >> 16);
    add(quad & 0xffff);
    return is_complete();
  }

  // "::" stands for at least one group (RFC 4291 section 2.2).
  [[nodiscard]] bool is_complete() const { return gap_ < 0 ? count_ == 8 : count_ < 8; }

  net::Uint128 value_ = 0;
  int count_ = 0;
  int gap_ = -1;  // groups before the "::"
};

}  // namespace

const char* read_v4(const char* at, const char* end, std::uint32_t& value) {
  value = 0;
  for (int i = 0; i < 3; ++i) {
    at = read_octet(at, end, value);
    if (at == nullptr || at == end || *at++ != '.') return nullptr;
  }
  return read_octet(at, end, value);
}

std::optional<net::Uint128> read_v6(std::string_view text) {
  Groups groups;
  if (!groups.read(text)) return std::nullopt;
  return groups.value();
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
