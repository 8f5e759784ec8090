#include "maillog/clock.hpp"

#include <array>
#include <chrono>
#include <ctime>

#include "base/ascii.hpp"
#include "base/number.hpp"

namespace mailtrust::maillog {
namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::size_t kDateLength = 10;      // "2026-11-22"
constexpr std::size_t kSyslogDayLength = 6;  // "Nov 22"
constexpr std::size_t kTimeLength = 8;       // "10:00:00"
constexpr std::size_t kWeekdayLength = 4;    // "Sun "
constexpr std::size_t kUnixSeconds = 10;     // digits, from 2001 to 2286
constexpr int kYearsBack = 8;                // 29 February comes at least once in these

int two_digits(std::string_view text, std::size_t at) {
  char tens = text[at] == ' ' ? '0' : text[at];
  if (!ascii::is_digit(tens) || !ascii::is_digit(text[at + 1])) return -1;
  return (tens - '0') * 10 + (text[at + 1] - '0');
}

unsigned month_of(std::string_view name) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  for (std::size_t i = 0; i < kMonths.size(); i += 3)
    if (name.substr(0, 3) == kMonths.substr(i, 3)) return static_cast<unsigned>(i / 3 + 1);
  return 0;
}

std::optional<std::int64_t> midnight(int year, unsigned month, unsigned day) {
  std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                   std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count() * kDay;
}

/// Seconds since midnight of "10:00:00" at `at`; -1 where there is no such time.
std::int64_t time_of_day(std::string_view line, std::size_t at) {
  if (line.size() < at + kTimeLength || line[at + 2] != ':' || line[at + 5] != ':') return -1;
  int hour = two_digits(line, at), minute = two_digits(line, at + 3),
      second = two_digits(line, at + 6);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return -1;
  return hour * kHour + minute * kMinute + second;
}

std::size_t skip_fraction(std::string_view line, std::size_t at) {
  if (at >= line.size() || (line[at] != '.' && line[at] != ',')) return at;
  ++at;
  while (at < line.size() && ascii::is_digit(line[at])) ++at;
  return at;
}

std::size_t skip_spaces(std::string_view line, std::size_t at) {
  while (at < line.size() && line[at] == ' ') ++at;
  return at;
}

struct Zone {
  std::int64_t offset = 0;  // seconds east of Greenwich
  std::size_t length = 0;   // octets
};

/// "Z", "+01:00", "-0330", and the names that mean UTC; nothing else is sure.
std::optional<Zone> read_zone(std::string_view text) {
  if (text.starts_with("Z ") || text == "Z") return Zone{0, 1};
  if (text.starts_with("UTC ") || text.starts_with("GMT ")) return Zone{0, 3};
  if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  std::size_t minutes_at = text[3] == ':' ? 4 : 3;
  if (text.size() < minutes_at + 2) return std::nullopt;
  int hours = two_digits(text, 1), minutes = two_digits(text, minutes_at);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return std::nullopt;
  auto offset = hours * kHour + minutes * kMinute;
  return Zone{text[0] == '-' ? -offset : offset, minutes_at + 2};
}

/// "CET ", as journalctl -o short-full has it: passed over, as names of zones mean many things.
std::size_t skip_zone_name(std::string_view line, std::size_t at) {
  auto end = at;
  while (end < line.size() && line[end] >= 'A' && line[end] <= 'Z') ++end;
  bool is_name = end - at >= 3 && end - at <= 5 && end < line.size() && line[end] == ' ';
  return is_name ? skip_spaces(line, end) : at;
}

std::int64_t system_offset(std::int64_t local) {
  std::time_t moment = local;
  std::tm parts{};
  if (gmtime_r(&moment, &parts) == nullptr) return 0;
  parts.tm_isdst = -1;
  std::time_t utc = std::mktime(&parts);
  return utc == -1 ? 0 : local - utc;
}

std::optional<Clock::Stamp> read_unix(std::string_view line) {
  auto digits = line.substr(0, kUnixSeconds);
  auto seconds = parse_number<std::uint64_t>(digits);
  if (digits.size() < kUnixSeconds || !seconds) return std::nullopt;
  auto end = skip_fraction(line, kUnixSeconds);
  if (end >= line.size() || line[end] != ' ') return std::nullopt;
  return Clock::Stamp{static_cast<std::int64_t>(*seconds), skip_spaces(line, end)};
}

bool is_weekday(std::string_view line) {
  constexpr std::array<std::string_view, 7> kDays = {"Mon ", "Tue ", "Wed ", "Thu ",
                                                     "Fri ", "Sat ", "Sun "};
  for (auto day : kDays)
    if (line.starts_with(day)) return true;
  return false;
}

}  // namespace

std::optional<Clock::Stamp> Clock::read(std::string_view line) {
  std::size_t weekday = is_weekday(line) ? kWeekdayLength : 0;
  auto rest = line.substr(weekday);
  if (rest.size() <= kSyslogDayLength) return std::nullopt;
  std::optional<Stamp> stamp;
  if (ascii::is_alpha(rest[0]))
    stamp = read_syslog(rest);
  else if (ascii::is_digit(rest[0]))
    stamp = rest[4] == '-' ? read_iso(rest) : read_unix(rest);
  if (!stamp || weekday == 0) return stamp;
  return Stamp{stamp->time, skip_zone_name(line, weekday + stamp->length)};
}

std::optional<Clock::Stamp> Clock::read_syslog(std::string_view line) {
  auto seconds = line[kSyslogDayLength] == ' ' ? time_of_day(line, kSyslogDayLength + 1) : -1;
  if (seconds < 0) return std::nullopt;
  auto day = line.substr(0, kSyslogDayLength);
  if (day != syslog_day_) {
    int number = two_digits(day, 4);
    auto month = month_of(day);
    if (month == 0 || number < 1 || day[3] != ' ') return std::nullopt;
    auto begin = day_without_year(month, static_cast<unsigned>(number));
    if (begin < 0) return std::nullopt;
    syslog_day_ = day;
    syslog_midnight_ = begin;
  }
  auto end = skip_fraction(line, kSyslogDayLength + 1 + kTimeLength);
  if (end < line.size() && line[end] != ' ') return std::nullopt;
  return Stamp{to_utc(syslog_midnight_ + seconds), skip_spaces(line, end)};
}

std::int64_t Clock::day_without_year(unsigned month, unsigned day) const {
  auto today = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(options_.now)));
  int year = static_cast<int>(std::chrono::year_month_day(today).year()) + 1;
  for (int back = 0; back <= kYearsBack + 1; ++back) {
    auto begin = midnight(year - back, month, day);
    if (begin && *begin <= options_.now + kDay) return *begin;
  }
  return -1;
}

std::optional<Clock::Stamp> Clock::read_iso(std::string_view line) {
  if (line.size() <= kDateLength || (line[kDateLength] != 'T' && line[kDateLength] != ' '))
    return std::nullopt;
  auto seconds = time_of_day(line, kDateLength + 1);
  if (seconds < 0) return std::nullopt;
  auto day = line.substr(0, kDateLength);
  if (day != iso_day_) {
    auto year = parse_number<unsigned>(day.substr(0, 4));
    int month = two_digits(day, 5), number = two_digits(day, 8);
    if (!year || day[7] != '-' || month < 1 || number < 1) return std::nullopt;
    auto begin = midnight(static_cast<int>(*year), static_cast<unsigned>(month),
                          static_cast<unsigned>(number));
    if (!begin) return std::nullopt;
    iso_day_ = day;
    iso_midnight_ = *begin;
  }
  auto at = skip_fraction(line, kDateLength + 1 + kTimeLength);
  auto after_space = skip_spaces(line, at);
  if (auto zone = read_zone(line.substr(after_space)))
    return Stamp{iso_midnight_ + seconds - zone->offset,
                 skip_spaces(line, after_space + zone->length)};
  if (after_space == at && at < line.size()) return std::nullopt;
  return Stamp{to_utc(iso_midnight_ + seconds), after_space};
}

std::int64_t Clock::to_utc(std::int64_t local) {
  if (options_.offset_minutes) return local - *options_.offset_minutes * kMinute;
  if (local / kHour != zone_hour_) {
    zone_hour_ = local / kHour;
    zone_offset_ = system_offset(local);
  }
  return local - zone_offset_;
}

}  // namespace mailtrust::maillog
