#include "commands/received_words.hpp"

#include <chrono>

namespace mailtrust::commands {
namespace {

void append_digits(std::string& out, unsigned number, unsigned digits) {
  for (unsigned divisor = digits == 4 ? 1000 : 10; divisor > 0; divisor /= 10)
    out += static_cast<char>('0' + number / divisor % 10);
}

}  // namespace

std::string date_text(std::int64_t time) {
  std::chrono::sys_seconds moment{std::chrono::seconds(time)};
  auto day = std::chrono::floor<std::chrono::days>(moment);
  std::chrono::year_month_day date(day);
  auto seconds = static_cast<unsigned>((moment - day).count());
  std::string out;
  append_digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  append_digits(out += '-', unsigned{date.month()}, 2);
  append_digits(out += '-', unsigned{date.day()}, 2);
  append_digits(out += 'T', seconds / 3600, 2);
  append_digits(out += ':', seconds / 60 % 60, 2);
  append_digits(out += ':', seconds % 60, 2);
  return out += 'Z';
}

std::string headline(const received::Trace& trace) {
  const auto& origin = trace.origin;
  std::string words(received::to_string(origin.confidence));
  if (origin.ip) words = "from " + net::to_string(*origin.ip) + ", " + words;
  if (!origin.ip) words = "no origin can be named";
  return words + ": " + origin.why;
}

}  // namespace mailtrust::commands
