#include "list/scanner.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/ascii.hpp"
#include "list/address_text.hpp"

namespace mailtrust::list {
namespace {

using net::Uint128;

// Of a word's 64 octets the first is looked at for what stands before, and the last ten for what
// follows; so no word needs another.
constexpr std::size_t kWord = 64;
constexpr std::size_t kBehind = 10;
constexpr std::size_t kStride = kWord - kBehind - 1;
constexpr std::size_t kWords = kWindow / kStride;
static_assert(kWindow % kStride == 0);
constexpr std::uint64_t kJudged = ((std::uint64_t{1} << kStride) - 1) << 1;

// The first dot of three between digits, each at most four octets (a dot, three digits) from the
// last.
std::uint64_t quad_places(const Marks& word) {
  auto dots = word.dots & word.digits >> 1 & word.digits << 1;
  auto followed = dots & (dots >> 2 | dots >> 3 | dots >> 4);
  return followed & (followed >> 2 | followed >> 3 | followed >> 4);
}

std::uint64_t within_five(std::uint64_t bits) {
  auto two = bits >> 1 | bits >> 2;
  return two | two >> 2 | bits >> 5;
}

std::uint64_t colon_places(const Marks& word) {
  auto followed = word.colons & within_five(word.colons);
  return word.colons & (word.colons >> 1 | within_five(followed));
}

Place* append_places(std::uint64_t bits, std::size_t begin, Place* out) {
  for (; bits != 0; bits &= bits - 1)
    *out++ = static_cast<Place>(begin + static_cast<std::size_t>(std::countr_zero(bits)));
  return out;
}

enum Octet : unsigned char { kOther = 0, kHex = 1, kWordy = 2, kColon = 4, kDot = 8 };

// What each octet may be part of: numbers, words, addresses.
constexpr std::array<unsigned char, 256> make_octets() {
  std::array<unsigned char, 256> octets{};
  for (unsigned i = 0; i < 128; ++i) {
    auto c = static_cast<char>(i);
    unsigned hex = ascii::hex_value(c) >= 0 ? kHex : kOther;
    octets[i] = static_cast<unsigned char>(hex | (ascii::is_alnum(c) ? kWordy : kOther));
  }
  octets[':'] = kColon;
  octets['.'] = kDot;
  return octets;
}

constexpr auto kOctets = make_octets();

bool is(char c, unsigned octets) {
  return (kOctets[static_cast<unsigned char>(c)] & octets) != 0;
}

// Dots at the end of a sentence are no part of what stands before them; dots inside a word are.
bool ends_here(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == '.') ++at;
  return at == text.size() || !is(text[at], kWordy);
}

bool begins_here(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] == '.') --at;
  return at == 0 || !is(text[at - 1], kWordy);
}

constexpr Uint128 kMapped = 0xffff;  // RFC 4291 section 2.5.5.2, above the low 32 bits

// A word and a colon before an address are a label (`IPv6:2001:db8::1`), and so are a colon alone
// and what no group can be. Where the address begins whose first or second colon is at `place`.
std::size_t behind_label(std::string_view text, std::size_t place) {
  constexpr std::size_t kLongest = 45;  // ABCD:ABCD:ABCD:ABCD:ABCD:ABCD:192.168.158.190
  std::size_t least = place > kLongest ? place - kLongest : 0;
  auto begin = place;
  while (begin > least && is(text[begin - 1], kHex | kColon | kDot)) --begin;
  bool word = begin > 0 && is(text[begin - 1], kWordy);
  while (text[begin] == '.') ++begin;
  auto colon = text.find(':', begin);
  auto group = text.substr(begin, colon - begin);
  bool lone_colon = group.empty() && text.substr(colon + 1, 1) != ":";
  bool label = word || lone_colon || group.size() > 4 || group.find('.') != group.npos;
  return label ? colon + 1 : begin;
}

// Where the address begins whose first colon is at `place`, or that has its label's there.
std::size_t v6_begin(std::string_view text, std::size_t place) {
  auto begin = place;
  while (begin > 0 && place - begin < 5 && is(text[begin - 1], kHex)) --begin;
  bool alone = begin == 0 || !is(text[begin - 1], kWordy | kColon | kDot);
  bool group = begin < place ? place - begin < 5 : text.substr(place + 1, 1) == ":";
  return alone && group ? begin : behind_label(text, place);
}

bool v6_ends_here(std::string_view text, std::size_t at) {
  if (at + 1 < text.size() && text[at] == ':') return !is(text[at + 1], kWordy | kColon);
  return ends_here(text, at);
}

bool read_v6_around(std::string_view text, std::size_t place, Found& found) {
  auto begin = v6_begin(text, place);
  Uint128 value = 0;
  const char* stop = read_v6(text.data() + begin, text.data() + text.size(), value);
  if (stop == nullptr || !v6_ends_here(text, static_cast<std::size_t>(stop - text.data()))) {
    found.end = place;
    while (found.end < text.size() && is(text[found.end], kHex | kColon)) ++found.end;
    return false;
  }
  found.begin = begin;
  found.end = static_cast<std::size_t>(stop - text.data());
  bool mapped = value >> 32 == kMapped;
  found.family = mapped ? net::Family::v4 : net::Family::v6;
  found.value = mapped ? static_cast<std::uint32_t>(value) : value;
  return true;
}

bool read_v4_around(std::string_view text, std::size_t place, Found& found) {
  auto begin = place;
  while (begin > 0 && place - begin < 4 && ascii::is_digit(text[begin - 1])) --begin;
  std::uint32_t value = 0;
  const char* stop = read_v4(text.data() + begin, text.data() + text.size(), value);
  found.end = place + 1;
  if (stop == nullptr) return false;
  auto end = static_cast<std::size_t>(stop - text.data());
  if (!begins_here(text, begin) || !ends_here(text, end)) return false;
  // The last part of an IPv6 address, or behind a label, or behind an address and a dot.
  bool follows_colon = begin > 0 && text[begin - 1] == ':';
  if (follows_colon && read_v6_around(text, begin - 1, found) && found.end >= end) return true;
  found = {begin, end, net::Family::v4, value};
  return true;
}

}  // namespace

std::span<const Place> find_places(std::string_view text, std::size_t from, Places& places,
                                   Engine engine) {
  std::array<Marks, kWords> marks;
  std::array<char, 1 + kWindow + kBehind> copy;
  auto size = std::min(text.size() - from, kWindow + kBehind);
  const char* octets = copy.data();
  if (from > 0 && size == kWindow + kBehind) {
    octets = text.data() + from - 1;
  } else {
    copy[0] = from == 0 ? '\n' : text[from - 1];
    std::memcpy(copy.data() + 1, text.data() + from, size);
    std::memset(copy.data() + 1 + size, '\n', copy.size() - 1 - size);
  }
  mark(octets, kStride, marks, engine);
  auto* out = places.data();
  for (std::size_t i = 0; i < kWords; ++i) {
    auto bits = (quad_places(marks[i]) | colon_places(marks[i])) & kJudged;
    out = append_places(bits, from + i * kStride - 1, out);
  }
  return {places.data(), out};
}

bool read_around(std::string_view text, std::size_t place, Found& found) {
  return text[place] == '.' ? read_v4_around(text, place, found)
                            : read_v6_around(text, place, found);
}

}  // namespace mailtrust::list
