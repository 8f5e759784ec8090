#include "cli/time.hpp"

#include <array>
#include <optional>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/number.hpp"

namespace mailtrust::cli {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  std::int64_t milliseconds;
};

constexpr std::array kUnits = {Unit{"ms", 1}, Unit{"s", 1000}, Unit{"m", 60'000},
                               Unit{"h", 3'600'000}};
constexpr std::int64_t kDay = 86'400'000;

std::optional<std::int64_t> unit_of(std::string_view name) {
  if (name.empty()) return 1000;
  for (const auto& unit : kUnits)
    if (unit.name == name) return unit.milliseconds;
  return std::nullopt;
}

// RFC 3339 section 5.6, eaten from the front of `text`.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool number(std::size_t digits, unsigned least, unsigned most, unsigned& value) {
    if (text_.size() < digits) return false;
    auto parsed = parse_number<unsigned>(text_.substr(0, digits));
    if (!parsed || *parsed < least || *parsed > most) return false;
    value = *parsed;
    text_.remove_prefix(digits);
    return true;
  }

  bool one_of(std::string_view allowed, char& which) {
    if (text_.empty() || allowed.find(text_[0]) == std::string_view::npos) return false;
    which = text_[0];
    text_.remove_prefix(1);
    return true;
  }

  bool sign(char wanted) {
    char which = 0;
    return one_of({&wanted, 1}, which);
  }

  bool fraction() {
    if (!sign('.')) return true;
    std::size_t digits = 0;
    while (digits < text_.size() && ascii::is_digit(text_[digits])) ++digits;
    text_.remove_prefix(digits);
    return digits > 0;
  }

  [[nodiscard]] bool at_end() const { return text_.empty(); }

 private:
  std::string_view text_;
};

bool read_offset(Reader& reader, std::int64_t& seconds) {
  char which = 0;
  if (!reader.one_of("Zz+-", which)) return false;
  if (which == 'Z' || which == 'z') return true;
  unsigned hours = 0;
  unsigned minutes = 0;
  if (!reader.number(2, 0, 23, hours) || !reader.sign(':') || !reader.number(2, 0, 59, minutes))
    return false;
  auto offset = std::int64_t{hours} * 3600 + std::int64_t{minutes} * 60;
  seconds = which == '+' ? -offset : offset;
  return true;
}

std::optional<std::int64_t> read_rfc3339(std::string_view text) {
  Reader reader(text);
  unsigned year = 0;
  unsigned month = 0;
  unsigned day = 0;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  char separator = 0;
  std::int64_t offset = 0;
  bool good = reader.number(4, 0, 9999, year) && reader.sign('-') &&
              reader.number(2, 1, 12, month) && reader.sign('-') && reader.number(2, 1, 31, day) &&
              reader.one_of("Tt ", separator) && reader.number(2, 0, 23, hour) &&
              reader.sign(':') && reader.number(2, 0, 59, minute) && reader.sign(':') &&
              reader.number(2, 0, 60, second) && reader.fraction() && read_offset(reader, offset) &&
              reader.at_end();
  std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                   std::chrono::month(month), std::chrono::day(day)};
  if (!good || !date.ok()) return std::nullopt;
  auto days = std::chrono::sys_days(date).time_since_epoch().count();
  return std::int64_t{days} * 86'400 + std::int64_t{hour} * 3600 + std::int64_t{minute} * 60 +
         second + offset;
}

}  // namespace

Expected<milliseconds> parse_duration(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && ascii::is_digit(text[digits])) ++digits;
  auto number = parse_number<std::uint32_t>(text.substr(0, digits));
  auto unit = unit_of(text.substr(digits));
  if (!number || !unit)
    return fail(Error::Kind::usage, "", quote(text) + ": expected a time such as 500ms, 2s or 1m");
  auto value = std::int64_t{*number} * *unit;
  if (value < 1 || value > kDay)
    return fail(Error::Kind::usage, "", quote(text) + ": expected a time from 1ms to 24h");
  return milliseconds(value);
}

Expected<std::int64_t> parse_time(std::string_view text) {
  if (auto seconds = parse_number<std::uint32_t>(text)) return *seconds;
  if (auto seconds = parse_number<std::uint64_t>(text); seconds && *seconds >> 40U == 0)
    return static_cast<std::int64_t>(*seconds);
  if (auto seconds = read_rfc3339(text)) return *seconds;
  return fail(Error::Kind::usage, "",
              quote(text) + ": expected Unix seconds or RFC 3339 such as 2024-02-29T12:00:00Z");
}

}  // namespace mailtrust::cli
