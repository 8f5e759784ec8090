#include "whois/date.hpp"

#include <chrono>

#include "base/ascii.hpp"
#include "base/number.hpp"

namespace mailtrust::whois {
namespace {

constexpr std::int64_t kEarliest = 315'532'800;  // 1980-01-01
constexpr std::chrono::hours kJapan(9);

/// Takes a number of exactly `digits` off the front of `text`.
std::optional<unsigned> take(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  auto number = parse_number<unsigned>(text.substr(0, digits));
  if (number) text.remove_prefix(digits);
  return number;
}

/// Takes a day: three numbers with one and the same separator, or none, between them.
std::optional<std::chrono::sys_days> take_day(std::string_view& text) {
  auto year = take(text, 4);
  if (!year) return std::nullopt;
  auto separator = text.empty() || ascii::is_digit(text.front()) ? '\0' : text.front();
  if (separator != '\0' && separator != '-' && separator != '/' && separator != '.')
    return std::nullopt;
  if (separator != '\0') text.remove_prefix(1);
  auto month = take(text, 2);
  if (separator != '\0' && text.starts_with(separator)) text.remove_prefix(1);
  auto day = take(text, 2);
  if (!month || !day) return std::nullopt;
  std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                   std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

/// "12:34:56" with its zone behind a day; zero when none stands there.
std::chrono::seconds time_of_day(std::string_view text) {
  if (text.empty() || (text.front() != 'T' && text.front() != ' ')) return {};
  text.remove_prefix(1);
  auto hour = take(text, 2);
  if (!hour || *hour > 23 || !text.starts_with(':')) return {};
  text.remove_prefix(1);
  auto minute = take(text, 2);
  if (!minute || *minute > 59) return {};
  std::chrono::seconds time = std::chrono::hours(*hour) + std::chrono::minutes(*minute);
  if (text.starts_with(':')) {
    text.remove_prefix(1);
    if (auto second = take(text, 2); second && *second < 60) time += std::chrono::seconds(*second);
  }
  return text.find("JST") == text.npos ? time : time - kJapan;
}

/// A date that begins where a word begins.
std::optional<std::int64_t> date_at(std::string_view text) {
  auto day = take_day(text);
  if (!day || (!text.empty() && ascii::is_alnum(text.front()) && text.front() != 'T'))
    return std::nullopt;
  std::int64_t seconds =
      std::chrono::seconds(day->time_since_epoch()).count() + time_of_day(text).count();
  return seconds < kEarliest ? std::nullopt : std::optional(seconds);
}

}  // namespace

std::optional<std::int64_t> read_date(std::string_view text) {
  text = text.substr(0, 200);  // a date stands near the front, or behind one mail address
  bool in_word = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!in_word && ascii::is_digit(text[i]))
      if (auto date = date_at(text.substr(i))) return date;
    in_word = ascii::is_alnum(text[i]) || text[i] == '.' || text[i] == '-' || text[i] == '@';
  }
  return std::nullopt;
}

}  // namespace mailtrust::whois
