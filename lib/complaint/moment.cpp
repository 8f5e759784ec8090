#include "complaint/moment.hpp"

#include <array>
#include <chrono>
#include <string_view>

namespace mailtrust::complaint {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string padded(std::int64_t number, std::size_t digits) {
  auto text = std::to_string(number);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return text;
}

struct Parts {
  explicit Parts(std::int64_t time) {
    auto moment = std::chrono::sys_seconds(std::chrono::seconds(time));
    auto midnight = std::chrono::floor<std::chrono::days>(moment);
    std::chrono::year_month_day date(midnight);
    year = static_cast<int>(date.year());
    month = static_cast<unsigned>(date.month());
    day = static_cast<unsigned>(date.day());
    weekday = std::chrono::weekday(midnight).c_encoding();
    std::chrono::hh_mm_ss clock(moment - midnight);
    text = padded(clock.hours().count(), 2) + ':' + padded(clock.minutes().count(), 2) + ':' +
           padded(clock.seconds().count(), 2);
  }

  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  unsigned weekday = 0;
  std::string text;
};

}  // namespace

std::string mail_date(std::int64_t time) {
  Parts at(time);
  return std::string(kDays.at(at.weekday)) + ", " + std::to_string(at.day) + ' ' +
         std::string(kMonths.at(at.month - 1)) + ' ' + padded(at.year, 4) + ' ' + at.text +
         " +0000";
}

std::string mailbox_date(std::int64_t time) {
  Parts at(time);
  auto day = std::to_string(at.day);
  return std::string(kDays.at(at.weekday)) + ' ' + std::string(kMonths.at(at.month - 1)) +
         (day.size() < 2 ? "  " : " ") + day + ' ' + at.text + ' ' + padded(at.year, 4);
}

std::string json_date(std::int64_t time) {
  Parts at(time);
  return padded(at.year, 4) + '-' + padded(at.month, 2) + '-' + padded(at.day, 2) + 'T' + at.text +
         'Z';
}

}  // namespace mailtrust::complaint
