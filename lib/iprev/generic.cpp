#include "iprev/generic.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "dns/public_suffix.hpp"

namespace mailtrust::iprev {
namespace {

using Numbers = std::vector<std::string>;

// What is in front of the registered domain, in lower case, labels parted by dots.
std::string host_part(const dns::Name& name) {
  auto below = name.label_count() - dns::registrable_domain(name).label_count();
  std::string text;
  for (auto label : name.labels()) {
    if (below-- == 0) break;
    if (!text.empty()) text += '.';
    text += ascii::to_lower(label);
  }
  return text;
}

bool is_digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && ascii::is_digit(text[at]);
}

// The numbers one after the other, one separator between each; no digit before or after them.
// Returns what was found, as written.
std::optional<std::string> find_row(std::string_view text, const Numbers& numbers,
                                    std::string_view separator) {
  std::string row;
  for (const auto& number : numbers) {
    if (!row.empty()) row += separator;
    row += number;
  }
  for (auto at = text.find(row); at != std::string_view::npos; at = text.find(row, at + 1)) {
    bool free = (at == 0 || !ascii::is_digit(text[at - 1])) && !is_digit_at(text, at + row.size());
    if (free) return row;
  }
  return std::nullopt;
}

std::string padded(const std::string& number) {
  return std::string(3 - number.size(), '0') + number;
}

std::optional<std::string> find_numbers(std::string_view text, Numbers numbers) {
  constexpr std::array<std::string_view, 5> kSeparators = {"-", ".", "_", "x", ""};
  for (bool pad : {false, true}) {
    if (pad) std::ranges::transform(numbers, numbers.begin(), padded);
    for (auto separator : kSeparators) {
      // "19221" could be many things; "192000002001" is an address.
      if (separator.empty() && !pad && numbers.size() < 4) continue;
      if (auto row = find_row(text, numbers, separator)) return row;
    }
  }
  return std::nullopt;
}

std::optional<std::string> find_octets(std::string_view text, const net::Address& address) {
  Numbers all;
  for (auto octet : address.octets()) all.push_back(std::to_string(octet));
  for (auto numbers : {all, Numbers(all.begin() + 1, all.end())}) {
    if (auto row = find_numbers(text, numbers)) return row;
    std::ranges::reverse(numbers);
    if (auto row = find_numbers(text, numbers)) return row;
  }
  return std::nullopt;
}

std::string hex_of(std::span<const std::uint8_t> octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (auto octet : octets) {
    hex += kDigits[octet >> 4U];
    hex += kDigits[octet & 15U];
  }
  return hex;
}

// A run of hexadecimal digits that is not part of a longer one.
bool holds_hex(std::string_view text, std::string_view digits) {
  for (auto at = text.find(digits); at != std::string_view::npos; at = text.find(digits, at + 1)) {
    auto end = at + digits.size();
    bool before = at > 0 && ascii::hex_value(text[at - 1]) >= 0;
    bool after = end < text.size() && ascii::hex_value(text[end]) >= 0;
    if (!before && !after) return true;
  }
  return false;
}

std::optional<std::string> find_v4_hex(std::string_view text, const net::Address& address) {
  auto octets = address.octets();
  std::vector<std::uint8_t> backwards(octets.rbegin(), octets.rend());
  for (const auto& hex : {hex_of(octets), hex_of(backwards)})
    if (holds_hex(text, hex)) return hex;
  return std::nullopt;
}

// Groups as written: without leading zeros or with them.
std::optional<std::string> find_groups(std::string_view text, std::string_view hex, bool pad) {
  constexpr std::array<std::string_view, 3> kSeparators = {"-", ".", "_"};
  for (auto separator : kSeparators) {
    std::string row;
    for (std::size_t i = 0; i < hex.size(); i += 4) {
      auto group = hex.substr(i, 4);
      if (!pad) group.remove_prefix(std::min<std::size_t>(group.find_first_not_of('0'), 3));
      if (!row.empty()) row += separator;
      row += group;
    }
    if (holds_hex(text, row)) return row;
  }
  return std::nullopt;
}

std::string nibbles(std::string_view hex) {
  std::string text;
  for (char digit : hex) {
    if (!text.empty()) text += '.';
    text += digit;
  }
  return text;
}

std::optional<std::string> find_v6(std::string_view text, const net::Address& address) {
  constexpr std::size_t kHalf = 16;
  auto all = hex_of(address.octets());
  // An address such as 2001:db8::1 has a host half that any name could hold.
  auto host = std::string_view(all).substr(kHalf);
  if (host.find_first_not_of('0') > 8) host = all;
  std::string backwards(host.rbegin(), host.rend());
  for (const auto& run : {std::string(host), backwards, nibbles(host), nibbles(backwards)})
    if (text.find(run) != std::string_view::npos) return run;
  for (bool pad : {false, true})
    if (auto row = find_groups(text, host, pad)) return row;
  return std::nullopt;
}

/// Words for lines of customers, as parts of a label: "adsl-12", "dynamic", "dyn5".
constexpr std::array<std::string_view, 25> kWords = {
    "adsl", "broadband", "cable",  "catv",   "client", "cpe",  "cust", "customer", "customers",
    "dhcp", "dial",      "dialin", "dialup", "dip",    "dsl",  "dyn",  "dynamic",  "dynip",
    "fttb", "ftth",      "pool",   "ppp",    "pppoe",  "vdsl", "wlan"};

struct Words {
  std::vector<std::string> letters;  ///< runs of letters
  std::vector<std::string> numbers;  ///< runs of digits
};

Words words_of(std::string_view text) {
  Words words;
  for (std::size_t at = 0; at < text.size();) {
    bool digits = ascii::is_digit(text[at]);
    auto belongs = [&](char c) { return digits ? ascii::is_digit(c) : ascii::is_alpha(c); };
    auto end = at;
    while (end < text.size() && belongs(text[end])) ++end;
    if (end > at) (digits ? words.numbers : words.letters).emplace_back(text.substr(at, end - at));
    at = std::max(end, at + 1);
  }
  return words;
}

std::optional<std::string> find_words(std::string_view text, const net::Address& address) {
  auto words = words_of(text);
  std::vector<std::string> found;
  for (const auto& word : words.letters)
    if (std::ranges::find(kWords, word) != kWords.end() &&
        std::ranges::find(found, word) == found.end())
      found.push_back(word);
  if (found.empty()) return std::nullopt;
  if (found.size() > 1) return "holds the words " + found[0] + " and " + found[1];
  auto last = std::to_string(address.octets().back());
  auto is_last = [&](const std::string& number) {
    return number == last || number == padded(last);
  };
  if (!address.is_v4() || std::ranges::none_of(words.numbers, is_last)) return std::nullopt;
  return "holds the word " + found[0] + " and the last number of the address";
}

}  // namespace

std::optional<std::string> generic_reason(const dns::Name& name, const net::Address& address) {
  auto text = host_part(name);
  if (text.empty()) return std::nullopt;
  auto row = address.is_v4() ? find_octets(text, address) : find_v6(text, address);
  if (!row && address.is_v4()) row = find_v4_hex(text, address);
  if (row) return "holds the address as " + *row;
  return find_words(text, address);
}

}  // namespace mailtrust::iprev
