// The header as RFC 5322 has it.
#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/number.hpp"
#include "message/address.hpp"
#include "receivers/checks.hpp"

namespace mailtrust::receivers {
namespace {

// RFC 5322 section 3.6: those with a maximum number of one.
constexpr std::string_view kOnce[] = {"Date",        "From",       "Sender", "Reply-To",
                                      "To",          "Cc",         "Bcc",    "Message-ID",
                                      "In-Reply-To", "References", "Subject"};

constexpr std::size_t kLongestLine = 998;  // RFC 5322 section 2.1.1, without CRLF

constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::string_view kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::string_view kZones[] = {"UT",  "GMT", "EST", "EDT", "CST",
                                       "CDT", "MST", "MDT", "PST", "PDT"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::ranges::any_of(words, [&](auto one) { return ascii::iequals(one, word); });
}

std::string counted(std::string_view name, std::size_t times) {
  if (times == 0) return "no " + std::string(name) + " field";
  return std::to_string(times) + ' ' + std::string(name) + " fields";
}

std::string without_comments(std::string_view text) {
  std::string out;
  std::size_t depth = 0;
  for (char c : text) {
    if (c == '(') ++depth;
    if (depth == 0) out += c;
    if (c == ')' && depth > 0) --depth;
  }
  return out;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    auto end = at;
    while (end < text.size() && !ascii::is_space(text[end])) ++end;
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool in_range(std::string_view digits, unsigned least, unsigned most) {
  auto value = digits.size() <= 4 ? parse_number<unsigned>(digits) : std::nullopt;
  return value && *value >= least && *value <= most;
}

bool is_time(std::string_view text) {
  auto parts = ascii::split(text, ':');
  if (parts.size() != 2 && parts.size() != 3) return false;
  if (std::ranges::any_of(parts, [](auto part) { return part.size() != 2; })) return false;
  return in_range(parts[0], 0, 23) && in_range(parts[1], 0, 59) &&
         (parts.size() == 2 || in_range(parts[2], 0, 60));
}

bool is_zone(std::string_view text) {
  if (text.size() == 1) return ascii::is_alpha(text[0]) && ascii::lower(text[0]) != 'j';
  if (text.size() == 5 && (text[0] == '+' || text[0] == '-'))
    return in_range(text.substr(1), 0, 9999) && in_range(text.substr(3), 0, 59);
  return is_one_of(text, kZones);
}

// RFC 5322 section 3.6.4: `<left@right>`, without white space.
bool is_message_id(std::string_view text) {
  if (text.size() < 5 || text.front() != '<' || text.back() != '>') return false;
  auto inner = text.substr(1, text.size() - 2);
  auto at = inner.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == inner.size()) return false;
  return std::ranges::none_of(inner, [](char c) {
    return c == '<' || c == '>' || c == ' ' || c == '\x7f' || (c >= 0 && c < ' ');
  });
}

bool has_long_line(const message::Header& header) {
  for (const auto& field : header.fields()) {
    std::size_t begin = 0;
    while (begin < field.raw.size()) {
      auto end = std::min(field.raw.find("\r\n", begin), field.raw.size());
      if (end - begin > kLongestLine) return true;
      begin = end + 2;
    }
  }
  return false;
}

}  // namespace

bool is_date_time(std::string_view text) {
  auto plain = without_comments(text);
  auto comma = plain.find(',');
  auto rest = std::string_view(plain);
  if (comma != std::string::npos) {
    if (!is_one_of(ascii::trim(rest.substr(0, comma)), kDays)) return false;
    rest.remove_prefix(comma + 1);
  }
  auto words = words_of(rest);
  return words.size() == 5 && in_range(words[0], 1, 31) && is_one_of(words[1], kMonths) &&
         words[2].size() >= 2 && in_range(words[2], 0, 9999) && is_time(words[3]) &&
         is_zone(words[4]);
}

Seen one_from(Case& message) {
  auto fields = message.header().all("From");
  if (fields.size() != 1) return {Kept::no, counted("From", fields.size())};
  auto list = message::parse_addresses(fields[0]->value);
  if (!list.faults.empty()) return {Kept::no, "From: " + list.faults.front().message};
  if (list.addresses.size() != 1)
    return {Kept::no, "From has " + std::to_string(list.addresses.size()) + " addresses"};
  const auto& address = list.addresses.front();
  return {Kept::yes, "From is " + address.local + '@' + address.domain};
}

Seen single_fields(Case& message) {
  for (auto name : kOnce) {
    auto times = message.header().count(name);
    if (times > 1) return {Kept::no, counted(name, times)};
  }
  return {Kept::yes, "no field is there too often"};
}

Seen message_id(Case& message) {
  auto fields = message.header().all("Message-ID");
  if (fields.size() != 1) return {Kept::no, counted("Message-ID", fields.size())};
  auto value = message::unfold(fields[0]->value);
  if (is_message_id(value)) return {Kept::yes, "Message-ID is valid"};
  return {Kept::no, "Message-ID " + quote(value) + " is not <left@right>"};
}

Seen date(Case& message) {
  auto fields = message.header().all("Date");
  if (fields.size() != 1) return {Kept::no, counted("Date", fields.size())};
  auto value = message::unfold(fields[0]->value);
  if (is_date_time(value)) return {Kept::yes, "Date is valid"};
  return {Kept::no, "Date " + quote(value) + " is not as RFC 5322 section 3.3 has it"};
}

Seen form(Case& message) {
  const auto& header = message.header();
  const auto& odd = header.oddities();
  if (odd.nul > 0) return {Kept::no, "NUL in the header"};
  if (odd.lone_cr > 0) return {Kept::no, "CR without LF in the header"};
  if (odd.no_field > 0) return {Kept::no, "a line of the header is no field"};
  // All of them bare is how the file was saved; some of them is how the message was made.
  if (odd.bare_lf > 0 && odd.bare_lf < header.lines())
    return {Kept::no, "lines of the header end in LF here, in CRLF there"};
  if (has_long_line(header)) return {Kept::partly, "a line of the header has more than 998 octets"};
  if (odd.not_utf8 > 0) return {Kept::partly, "octets in the header that are no UTF-8"};
  return {Kept::yes, "the header is well-formed"};
}

}  // namespace mailtrust::receivers
