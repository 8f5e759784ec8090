#include "bounce/layouts/address_in.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "base/ascii.hpp"

namespace mailtrust::bounce::layouts {
namespace {

using std::string_view;

constexpr std::size_t kLongest = 320;  // RFC 5321 section 4.5.3.1: 64, "@", 255

bool is_atom(char c) {
  return ascii::is_alnum(c) || string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != string_view::npos;
}

bool is_high(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

bool is_host(char c) {
  return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_';
}

// Where the local part that ends before `at` begins; `at` itself when there is none.
std::size_t local_begin(string_view text, std::size_t at) {
  std::size_t least = at > kLongest ? at - kLongest : 0;
  std::size_t begin = at;
  if (at > least + 1 && text[at - 1] == '"') {
    auto quote = text.substr(0, at - 1).rfind('"');
    return quote == string_view::npos || quote < least ? at : quote;
  }
  while (begin > least && is_atom(text[begin - 1])) --begin;
  auto wide = begin;
  while (wide > least && (is_atom(text[wide - 1]) || is_high(text[wide - 1]))) --wide;
  if (wide > 0 && text[wide - 1] == '<') begin = wide;
  return begin;
}

std::size_t domain_end(string_view text, std::size_t begin, bool bracketed) {
  auto most = std::min(text.size(), begin + kLongest);
  if (begin < most && text[begin] == '[') {
    auto close = text.substr(begin, most - begin).find(']');
    return close == string_view::npos ? begin : begin + close + 1;
  }
  auto end = begin;
  while (end < most && (is_host(text[end]) || (bracketed && is_high(text[end])))) ++end;
  while (end > begin && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  return end;
}

string_view without_tail(string_view text, string_view marks) {
  while (!text.empty() && marks.find(text.back()) != string_view::npos) text.remove_suffix(1);
  return text;
}

string_view without_head(string_view text, string_view marks) {
  while (!text.empty() && marks.find(text.front()) != string_view::npos) text.remove_prefix(1);
  return text;
}

std::optional<Found> address_at(string_view text, std::size_t at) {
  auto begin = local_begin(text, at);
  while (begin < at && (text[begin] == '\'' || text[begin] == '=' || text[begin] == '.')) ++begin;
  if (begin == at) return std::nullopt;
  bool bracketed = begin > 0 && text[begin - 1] == '<';
  auto end = domain_end(text, at + 1, bracketed);
  if (end == at + 1) return std::nullopt;
  return Found{text.substr(begin, end - begin), without_tail(text.substr(0, begin), "<\"' "),
               without_head(text.substr(end), ">\"'")};
}

// Words that stand before the address in a table.
constexpr std::array<string_view, 18> kLeads = {"recipient address:",
                                                "recipient:",
                                                "failed recipient:",
                                                "failed recipients:",
                                                "failed address:",
                                                "addressed to:",
                                                "could not be delivered to:",
                                                "recipient email address:",
                                                "delivery failed to:",
                                                "rcpt to:",
                                                "rfc822;",
                                                "address:",
                                                "email:",
                                                "mailto:",
                                                "smtp:",
                                                "smtp ",
                                                "to:",
                                                "user:"};

string_view without_leads(string_view line) {
  line = without_head(line, " \t*>-+=|");
  for (auto lead : kLeads) {
    if (!ascii::istarts_with(line, lead)) continue;
    return ascii::trim(line.substr(lead.size()));
  }
  return line;
}

// "on Thu, 29 Apr 2010 23:34:45 +0900" behind an address: when it was tried.
bool is_moment(string_view text) {
  constexpr std::array<string_view, 9> kWords = {"on ", "am ", "le ",  "el ", "em ",
                                                 "il ", "op ", "den ", "dne "};
  bool leads = std::ranges::any_of(kWords, [&](auto word) { return text.starts_with(word); });
  return leads && text.find(':') != string_view::npos && text.size() < 60 &&
         std::ranges::any_of(text, ascii::is_digit);
}

bool speaks_of_origin(string_view text) {
  constexpr std::array<string_view, 5> kWords = {
      "(expanded from", "(generated from", "(ultimately generated from", "(originally", "(was"};
  return std::ranges::any_of(kWords, [&](auto word) { return ascii::istarts_with(text, word); });
}

string_view unwrapped(string_view text) {
  if (text.size() < 2) return text;
  bool round = text.front() == '(' && text.back() == ')';
  bool square = text.front() == '[' && text.back() == ']';
  return round || square ? ascii::trim(text.substr(1, text.size() - 2)) : text;
}

Entry entry_from(const Found& found) {
  Entry entry{found.address, {}, ascii::trim(found.after)};
  if (ascii::istarts_with(entry.rest, "<mailto:")) entry.rest = {};
  if (speaks_of_origin(entry.rest)) {
    auto close = entry.rest.find(')');
    if (auto origin = find_address(entry.rest.substr(0, close))) entry.original = origin->address;
    entry.rest = close == string_view::npos ? string_view() : entry.rest.substr(close + 1);
  }
  entry.rest = ascii::trim(without_head(entry.rest, " \t:;,>.-"));
  entry.rest = unwrapped(entry.rest);
  // "a@b <a@b>", "a@b (a@b)": the same once more.
  if (auto again = find_address(entry.rest);
      again && ascii::iequals(again->address, entry.address) && again->before.size() <= 1)
    entry.rest = ascii::trim(without_head(again->after, " \t:;,>).-"));
  if (is_moment(entry.rest)) entry.rest = {};
  return entry;
}

}  // namespace

std::optional<Found> find_address(string_view text) {
  for (auto at = text.find('@'); at != string_view::npos; at = text.find('@', at + 1))
    if (auto found = address_at(text, at)) return found;
  return std::nullopt;
}

std::optional<Entry> entry_of(string_view line) {
  line = without_leads(line);
  auto at = line.substr(0, kLongest).find('@');
  if (at == string_view::npos) return std::nullopt;
  auto found = address_at(line, at);
  if (!found || !found->before.empty()) return std::nullopt;
  return entry_from(*found);
}

bool is_helper(string_view address) {
  constexpr std::array<string_view, 8> kNames = {"postmaster", "mailer-daemon", "abuse", "support",
                                                 "hostmaster", "helpdesk",      "help",  "info"};
  auto local = address.substr(0, address.find('@'));
  return std::ranges::any_of(kNames, [&](auto name) { return ascii::iequals(local, name); });
}

}  // namespace mailtrust::bounce::layouts
