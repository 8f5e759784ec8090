// Dates as mails (RFC 5322 section 3.3), registries and logs write them.
#include "message/date.hpp"

#include "complaint/moment.hpp"
#include "fuzz/target.hpp"
#include "maillog/clock.hpp"
#include "whois/date.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

constexpr std::int64_t kYear9999 = 253402300799;

void check_message_date(std::string_view octets) {
  auto date = message::read_date(octets);
  if (!date) return;
  require(date->time > -86'400 && date->time <= kYear9999 + 86'400, "a year of four digits");
  require(date->offset_minutes > -100 * 60 && date->offset_minutes < 100 * 60, "hours and minutes");
  if (date->time < 0 || date->time > kYear9999) return;
  for (const auto& text : {complaint::mail_date(date->time), complaint::json_date(date->time)}) {
    auto again = message::read_date(text);
    require(again && again->time == date->time, "what was printed reads the same");
  }
}

void check_log_date(std::string_view octets) {
  maillog::Options options{.now = 1'795'341'600, .offset_minutes = 60};
  maillog::Clock clock(options);
  auto stamp = clock.read(octets);
  auto again = clock.read(octets);
  require(stamp.has_value() == again.has_value(), "what is kept of a line changes nothing");
  if (!stamp) return;
  require(stamp->time == again->time && stamp->length == again->length, "nor what it reads");
  require(stamp->length <= octets.size(), "a time is in its line");
}

}  // namespace

MAILTRUST_FUZZ(date, octets) {
  check_message_date(octets);
  check_log_date(octets);
  auto time = whois::read_date(octets);
  if (time) require(*time >= 315'532'800, "before 1980 is nothing");
}
