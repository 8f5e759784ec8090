#include "delivery/week.hpp"

#include <algorithm>
#include <chrono>

namespace mailtrust::delivery {
namespace {

std::string padded(std::int64_t number, std::size_t width) {
  auto text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

// Years that std::chrono can name; times from outside may be any.
std::chrono::sys_days day_of(std::int64_t time) {
  constexpr std::int64_t kMost = 253'402'300'799;  // the last second of year 9999
  auto seconds = std::chrono::seconds(std::clamp<std::int64_t>(time, -62'135'596'800, kMost));
  return std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(seconds));
}

}  // namespace

std::string week_name(std::int64_t week) {
  auto thursday = day_of(week) + std::chrono::days(3);
  auto year = std::chrono::year_month_day(thursday).year();
  auto number = (thursday - std::chrono::sys_days(year / 1 / 1)).count() / 7 + 1;
  return padded(static_cast<int>(year), 4) + "-W" + padded(number, 2);
}

std::string date_name(std::int64_t time) {
  std::chrono::year_month_day date(day_of(time));
  return padded(static_cast<int>(date.year()), 4) + '-' + padded(unsigned{date.month()}, 2) + '-' +
         padded(unsigned{date.day()}, 2);
}

}  // namespace mailtrust::delivery
