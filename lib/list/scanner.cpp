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

constexpr std::size_t kWord = 64;
constexpr std::size_t kWords = kWindow / kWord;

// The bits of one word and of the next, so that shifts see over the border.
Uint128 pair(std::uint64_t word, std::uint64_t next) {
  return static_cast<Uint128>(next) << 64 | word;
}

// The first dot of three between digits, each at most four octets (a dot, three digits) from the
// last. `before`: was the octet before the word a digit?
std::uint64_t quad_places(const Marks& word, const Marks& next, bool before) {
  auto digits = pair(word.digits, next.digits);
  auto dots = pair(word.dots, next.dots) & (digits >> 1) & (digits << 1 | Uint128{before});
  auto followed = dots & (dots >> 2 | dots >> 3 | dots >> 4);
  return static_cast<std::uint64_t>(followed & (followed >> 2 | followed >> 3 | followed >> 4));
}

Uint128 within_five(Uint128 bits) {
  auto two = bits >> 1 | bits >> 2;
  return two | two >> 2 | bits >> 5;
}

std::uint64_t colon_places(const Marks& word, const Marks& next) {
  auto colons = pair(word.colons, next.colons);
  auto followed = colons & within_five(colons);
  return static_cast<std::uint64_t>(colons & (colons >> 1 | within_five(followed)));
}

Place* append_places(std::uint64_t bits, std::size_t begin, Place* out) {
  for (; bits != 0; bits &= bits - 1)
    *out++ = static_cast<Place>(begin + static_cast<std::size_t>(std::countr_zero(bits)));
  return out;
}

// Octets that are part of a word or number.
bool is_wordy(char c) {
  return ascii::is_alnum(c);
}

bool is_v6_octet(char c) {
  return ascii::hex_value(c) >= 0 || c == ':' || c == '.';
}

// Dots at the end of a sentence are no part of what stands before them; dots inside a word are.
bool ends_here(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == '.') ++at;
  return at == text.size() || !is_wordy(text[at]);
}

bool begins_here(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] == '.') --at;
  return at == 0 || !is_wordy(text[at - 1]);
}

constexpr std::size_t kLongest = 45;  // ABCD:ABCD:ABCD:ABCD:ABCD:ABCD:192.168.158.190
constexpr std::size_t kAround = kLongest + 8;

constexpr Uint128 kMapped = 0xffff;  // RFC 4291 section 2.5.5.2, above the low 32 bits

void take_v6(Uint128 value, Found& found) {
  bool mapped = value >> 32 == kMapped;
  found.family = mapped ? net::Family::v4 : net::Family::v6;
  found.value = mapped ? static_cast<std::uint32_t>(value) : value;
}

// A word and a colon before an address are a label (`IPv6:2001:db8::1`), and so are a colon alone
// and what no group can be. Where the address begins.
std::size_t behind_label(std::string_view text, std::size_t begin, std::size_t end) {
  auto colon = std::min(text.find(':', begin), end);
  bool word = begin > 0 && is_wordy(text[begin - 1]);
  bool lone_colon = colon == begin && (begin + 1 == end || text[begin + 1] != ':');
  bool no_group = colon - begin > 4 || text.substr(begin, colon - begin).find('.') < colon - begin;
  return word || lone_colon || no_group ? std::min(colon + 1, end) : begin;
}

bool read_v6_around(std::string_view text, std::size_t place, Found& found) {
  std::size_t least = place > kAround ? place - kAround : 0;
  auto begin = place;
  while (begin > least && is_v6_octet(text[begin - 1])) --begin;
  auto end = place;
  while (end < text.size() && end - begin < 2 * kAround && is_v6_octet(text[end])) ++end;
  found.end = place;
  while (found.end < text.size() && is_v6_octet(text[found.end]) && text[found.end] != '.')
    ++found.end;
  if (end < text.size() && is_wordy(text[end])) return false;
  begin = behind_label(text, begin, end);
  while (end > begin && text[end - 1] == '.') --end;
  if (end > begin + 1 && text[end - 1] == ':' && text[end - 2] != ':') --end;
  if (end - begin > kLongest) return false;
  auto value = read_v6(text.substr(begin, end - begin));
  if (!value) return false;
  found.begin = begin;
  found.end = end;
  take_v6(*value, found);
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
  // The last part of an IPv6 address, or behind a label.
  if (begin > 0 && text[begin - 1] == ':' && read_v6_around(text, begin - 1, found)) return true;
  found = {begin, end, net::Family::v4, value};
  return true;
}

}  // namespace

std::span<const Place> find_places(std::string_view text, std::size_t from, Places& places,
                                   Engine engine) {
  std::array<Marks, kWords + 1> marks;
  std::array<char, kWindow + kWord> tail;
  const char* octets = text.data() + from;
  if (text.size() - from < tail.size()) {
    std::memset(tail.data() + (text.size() - from), '\n', tail.size() - (text.size() - from));
    octets = static_cast<const char*>(std::memcpy(tail.data(), octets, text.size() - from));
  }
  mark(octets, marks, engine);
  bool before = from > 0 && ascii::is_digit(text[from - 1]);
  auto* out = places.data();
  for (std::size_t i = 0; i < kWords; ++i) {
    const auto& word = marks[i];
    if ((word.dots | word.colons) != 0) {
      auto bits = quad_places(word, marks[i + 1], before) | colon_places(word, marks[i + 1]);
      out = append_places(bits, from + i * kWord, out);
    }
    before = word.digits >> 63 != 0;
  }
  return {places.data(), out};
}

bool read_around(std::string_view text, std::size_t place, Found& found) {
  return text[place] == '.' ? read_v4_around(text, place, found)
                            : read_v6_around(text, place, found);
}

}  // namespace mailtrust::list
