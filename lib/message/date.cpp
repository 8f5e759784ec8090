#include "message/date.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "message/date_words.hpp"

namespace mailtrust::message {
namespace {

constexpr int kMinutesPerHour = 60;
constexpr int kMostOffset = 24 * kMinutesPerHour;

struct Zone {
  std::string_view name;
  int hours;
};

// RFC 5322 section 4.3.
constexpr auto kZones = std::to_array<Zone>({{"UT", 0},
                                             {"GMT", 0},
                                             {"UTC", 0},
                                             {"Z", 0},
                                             {"EST", -5},
                                             {"EDT", -4},
                                             {"CST", -6},
                                             {"CDT", -5},
                                             {"MST", -7},
                                             {"MDT", -6},
                                             {"PST", -8},
                                             {"PDT", -7}});

// "Jan" or "January"; 1 to 12, 0 for what is no month.
unsigned month_of(std::string_view word) {
  constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  if (word.size() < 3) return 0;
  std::array<char, 3> begin = {ascii::lower(word[0]), ascii::lower(word[1]), ascii::lower(word[2])};
  for (std::size_t i = 0; i < kMonths.size(); i += 3)
    if (begin[0] == kMonths[i] && begin[1] == kMonths[i + 1] && begin[2] == kMonths[i + 2])
      return static_cast<unsigned>(i / 3 + 1);
  return 0;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, ascii::is_digit);
}

bool is_alpha(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, ascii::is_alpha);
}

// RFC 5322 section 4.3: two digits are of 1950 to 2049, three count from 1900.
std::optional<int> year_of(std::string_view digits) {
  auto number = parse_number<unsigned>(digits);
  if (!number || digits.size() < 2 || digits.size() > 4) return std::nullopt;
  auto year = static_cast<int>(*number);
  if (digits.size() == 2) return year + (year < 50 ? 2000 : 1900);
  return digits.size() == 3 ? year + 1900 : year;
}

// In the form: '9' a digit, 'a' a letter, '+' a sign, else the octet itself.
bool begins_as(std::string_view text, std::string_view form) {
  auto fits = [](char c, char kind) {
    if (kind == '9') return ascii::is_digit(c);
    if (kind == 'a') return ascii::is_alpha(c);
    return kind == '+' ? c == '+' || c == '-' : c == kind;
  };
  return text.size() >= form.size() && std::equal(form.begin(), form.end(), text.begin(),
                                                  [&](char kind, char c) { return fits(c, kind); });
}

// Of what is known to be digits.
unsigned number_of(std::string_view digits) {
  unsigned number = 0;
  for (char c : digits) number = number * 10 + static_cast<unsigned>(c - '0');
  return number;
}

class DateReader {
 public:
  std::optional<Date> read(std::string_view text) {
    DateWords words(text);
    // What follows zone and year is no part of the date: servers put an id there.
    for (auto word = words.next(); !word.empty() && !is_complete(); word = words.next())
      if (!take(word)) return std::nullopt;
    return moment();
  }

  // RFC 5322 section 3.3 to the letter, as nearly all programs write it: the same as the words one
  // by one, in a fraction of the time. Nothing for any other form, and then the
  // reader is used up.
  std::optional<Date> read_usual(std::string_view text) {
    constexpr std::string_view kForm = "aaa 9999 99:99:99 +9999";
    bool two_digits = begins_as(text, "aaa, 99 ");
    if (!two_digits && !begins_as(text, "aaa, 9 ")) return std::nullopt;
    auto day = text.substr(5, two_digits ? 2 : 1);
    auto rest = text.substr(5 + day.size() + 1);
    bool ends = rest.size() == kForm.size() || (rest.size() > kForm.size() && rest[23] == ' ');
    if (!ends || !begins_as(rest, kForm) || month_of(text.substr(0, 3)) != 0) return std::nullopt;
    auto month = month_of(rest.substr(0, 3));
    auto year = number_of(rest.substr(4, 4));
    if (month == 0 || year == 0 || number_of(day) == 0) return std::nullopt;
    day_ = number_of(day);
    month_ = month;
    year_ = static_cast<int>(year);
    timed_ = true;
    bool told = take_clock(rest.substr(9, 8)) && take_offset(rest.substr(18, 5));
    return told ? moment() : std::nullopt;
  }

 private:
  [[nodiscard]] bool is_complete() const { return zoned_ && year_ != 0; }

  bool take(std::string_view word) {
    if (ascii::is_alpha(word.front())) {
      if (auto month = month_of(word); month != 0 && month_ == 0 && is_alpha(word)) {
        month_ = month;
        return true;
      }
    }
    if (word.find(':') != std::string_view::npos && !timed_) return take_time(word);
    if (is_digits(word)) return take_number(word);
    if (timed_ && take_half(word)) return true;
    if (timed_ && !zoned_) return take_zone(word);
    // "06-Feb-2005", "2004-02-03"
    if (word.find('-') != std::string_view::npos) return take_dashed(word);
    return is_alpha(word) || word.ends_with('.');  // the name of a day
  }

  bool take_number(std::string_view digits) {
    if (day_ == 0 && digits.size() <= 2) {
      day_ = *parse_number<unsigned>(digits);
      return day_ != 0;
    }
    auto year = year_of(digits);
    if (!year || year_ != 0) return zoned_ || (timed_ && year_ != 0);
    year_ = *year;
    return true;
  }

  // RFC 3339 has a "T" in front of the time, and the zone may be stuck to its end.
  bool take_time(std::string_view word) {
    auto is_no_t = [](char c) { return ascii::lower(c) != 't'; };
    if (auto t = find_other(word, is_no_t); t < word.size()) {
      if (!take_dashed(word.substr(0, t))) return false;
      word.remove_prefix(t + 1);
    }
    auto is_clock = [](char c) { return ascii::is_digit(c) || c == ':' || c == '.' || c == ','; };
    auto end = find_other(word, is_clock);
    timed_ = true;
    return take_clock(word.substr(0, end)) && (end == word.size() || take_zone(word.substr(end)));
  }

  bool take_clock(std::string_view clock) {
    auto first = clock.find(':');
    auto hour = parse_number<unsigned>(clock.substr(0, first));
    clock.remove_prefix(first + 1);
    auto second_at = std::min(clock.find(':'), clock.size());
    auto minute = parse_number<unsigned>(clock.substr(0, second_at));
    std::optional<unsigned> second = 0;
    if (second_at < clock.size()) {
      auto text = clock.substr(second_at + 1);
      second = parse_number<unsigned>(text.substr(0, text.find_first_of(".,")));
    }
    // RFC 5322 section 3.3: 60 is a leap second.
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return false;
    hour_ = *hour;
    seconds_ = *minute * 60 + std::min(*second, 59U);
    return true;
  }

  // "AM" and "PM" of twelve hours.
  bool take_half(std::string_view word) {
    bool is_pm = ascii::iequals(word, "PM");
    if ((!is_pm && !ascii::iequals(word, "AM")) || hour_ > 12) return false;
    hour_ = hour_ % 12 + (is_pm ? 12 : 0);
    return true;
  }

  bool take_dashed(std::string_view text) {
    auto parts = ascii::split(text, '-');
    if (parts.size() != 3) return false;
    bool year_first = parts[0].size() == 4;
    auto day = parse_number<unsigned>(parts[year_first ? 2 : 0]);
    auto month = parse_number<unsigned>(parts[1]);
    if (!month && is_alpha(parts[1])) month = month_of(parts[1]);
    auto year = year_of(parts[year_first ? 0 : 2]);
    if (!day || !month || !year) return false;
    day_ = *day;
    month_ = *month;
    year_ = *year;
    return true;
  }

  // RFC 5322 section 4.3: letters nobody knows say no more than -0000.
  bool take_zone(std::string_view word) {
    zoned_ = true;
    auto sign = word.find_first_of("+-");
    auto name = word.substr(0, sign);
    for (const auto& zone : kZones)
      if (ascii::iequals(name, zone.name)) {
        says_zone_ = true;
        offset_ = zone.hours * kMinutesPerHour;
      }
    return sign == std::string_view::npos || take_offset(word.substr(sign));
  }

  // "+0100", "+01:00", "-5"
  bool take_offset(std::string_view text) {
    bool west = text.front() == '-';
    text.remove_prefix(1);
    auto digits = find_other(text, ascii::is_digit);
    auto hours = text.substr(0, std::min<std::size_t>(digits, digits == 3 ? 1 : 2));
    auto minutes = text.substr(hours.size(), digits - hours.size());
    if (minutes.empty() && digits < text.size() && text[digits] == ':')
      minutes = text.substr(digits + 1);
    auto whole = parse_number<unsigned>(hours);
    auto part = minutes.empty() ? 0U : parse_number<unsigned>(minutes).value_or(kMinutesPerHour);
    if (!whole || *whole > 23 || part >= kMinutesPerHour) return false;
    offset_ = static_cast<int>(*whole) * kMinutesPerHour + static_cast<int>(part);
    // RFC 5322 section 3.3: -0000 is a time of which the zone is not known.
    says_zone_ = !(west && offset_ == 0);
    if (west) offset_ = -offset_;
    return offset_ > -kMostOffset && offset_ < kMostOffset;
  }

  [[nodiscard]] std::optional<Date> moment() const {
    constexpr int kFirstYear = 1970;
    if (!timed_ || year_ < kFirstYear) return std::nullopt;
    auto date = std::chrono::year(year_) / std::chrono::month(month_) / std::chrono::day(day_);
    if (!date.ok()) return std::nullopt;
    std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    auto time = days * 86400 + std::int64_t{hour_} * 3600 + seconds_ - std::int64_t{offset_} * 60;
    if (time < 0) return std::nullopt;
    return Date{time, says_zone_, offset_};
  }

  unsigned day_ = 0;
  unsigned month_ = 0;
  int year_ = 0;
  unsigned hour_ = 0;
  unsigned seconds_ = 0;  ///< of the hour
  bool timed_ = false;
  bool zoned_ = false;
  bool says_zone_ = false;
  int offset_ = 0;
};

}  // namespace

std::optional<Date> read_date(std::string_view text) {
  auto usual = DateReader().read_usual(text);
  return usual ? usual : DateReader().read(text);
}

}  // namespace mailtrust::message
