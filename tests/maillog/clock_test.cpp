#include "maillog/clock.hpp"

#include <cstdlib>
#include <ctime>

#include <catch2/catch.hpp>

#include "events.hpp"

using namespace mailtrust::maillog;

namespace {

constexpr std::int64_t kDay = 86400;

struct Row {
  const char* line;
  std::int64_t time;  // 0: none
  std::size_t length;
};

}  // namespace

TEST_CASE("the times of a log") {
  auto row = GENERATE(values<Row>({
      {"Nov 22 09:00:00 mx x", kNow - 3600, 16},
      {"Nov 22 09:00:00.123456 mx x", kNow - 3600, 23},
      {"Nov  2 09:00:00 mx x", kNow - 3600 - 20 * kDay, 16},
      {"Nov 02 09:00:00 mx x", kNow - 3600 - 20 * kDay, 16},
      {"2026-11-22T10:00:00.123456+01:00 mx x", kNow - 3600, 33},
      {"2026-11-22T09:00:00Z mx x", kNow - 3600, 21},
      {"2026-11-22T10:00:00+0100 mx x", kNow - 3600, 25},
      {"2026-11-22T04:30:00-0430 mx x", kNow - 3600, 25},
      {"2026-11-22T09:00:00,123 mx x", kNow - 3600, 24},
      {"2026-11-22 09:00:00 1tBcDe-000001-AB x", kNow - 3600, 20},
      {"2026-11-22 10:00:00.123 +0100 x", kNow - 3600, 30},
      {"Sun 2026-11-22 09:00:00 UTC mx x", kNow - 3600, 28},
      {"Sun 2026-11-22 09:00:00 CET mx x", kNow - 3600, 28},
      {"1795338000.123456 mx x", kNow - 3600, 18},
      {"1795338000 mx x", kNow - 3600, 11},
      // The future is last year's; tomorrow may be the other side of the world's.
      {"Nov 23 09:00:00 mx x", kNow - 3600 + kDay, 16},
      {"Nov 24 09:00:00 mx x", kNow - 3600 - 363 * kDay, 16},
      {"Dec 31 23:59:59 mx x", 1767225599, 16},
      // The last leap day before then.
      {"Feb 29 00:00:00 mx x", 1709164800, 16},
      {"Dec 31 23:59:60 mx x", 1767225600, 16},
      {"2025-02-29T00:00:00Z x", 0, 0},
      {"Feb 30 00:00:00 mx x", 0, 0},
      {"Nov 22 24:00:00 mx x", 0, 0},
      {"Nov 22 9:00:00 mx x", 0, 0},
      {"Nvo 22 09:00:00 mx x", 0, 0},
      {"Nov 22", 0, 0},
      {"Nov 22 ", 0, 0},
      {"2026-11-22", 0, 0},
      {"2026-11-22T09:00:0", 0, 0},
      {"2026-11-22T09:00:00x", 0, 0},
      {"1795338000x", 0, 0},
      {"-- Boot 0123456789abcdef --", 0, 0},
      {"", 0, 0},
  }));
  INFO(row.line);
  auto stamp = Clock({kNow, 0}).read(row.line);
  CHECK(stamp.has_value() == (row.time != 0));
  if (stamp) CHECK(stamp->time == row.time);
  if (stamp) CHECK(stamp->length == row.length);
}

TEST_CASE("a log that crosses New Year") {
  Clock clock({1798934400, 0});  // 2027-01-03
  CHECK(clock.read("Dec 31 23:59:59 mx")->time == 1798761599);
  CHECK(clock.read("Jan  1 00:00:00 mx")->time == 1798761600);
  CHECK(clock.read("Dec 31 23:59:59 mx")->time == 1798761599);
}

TEST_CASE("the zone of times without one") {
  CHECK(Clock({kNow, 60}).read("Nov 22 09:00:00 mx")->time == kNow - 7200);
  CHECK(Clock({kNow, 60}).read("2026-11-22 09:00:00 x")->time == kNow - 7200);
  CHECK(Clock({kNow, 60}).read("2026-11-22 09:00:00Z x")->time == kNow - 3600);
  const char* zone = std::getenv("TZ");
  std::string before = zone == nullptr ? "" : zone;
  setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
  tzset();
  Clock clock({kNow, {}});
  CHECK(clock.read("Nov 22 09:00:00 mx")->time == kNow - 7200);
  CHECK(clock.read("Jul 22 09:00:00 mx")->time == 1784703600);
  before.empty() ? unsetenv("TZ") : setenv("TZ", before.c_str(), 1);
  tzset();
}

TEST_CASE("a sound line in every frame") {
  const std::string message =
      "A1B2C3: to=<jo@mx.example>, relay=local, delay=0, delays=0/0/0/0, dsn=2.0.0, status=sent "
      "(ok)";
  auto frame = GENERATE(as<std::string>(), "Nov 22 09:00:00 mx postfix/local[7]: %",
                        "Nov 22 09:00:00 mx mail.info postfix/local[7]: %",
                        "Nov 22 09:00:00 <mail.info> mx postfix/local[7]: %",
                        "Nov 22 09:00:00 mx postfix/local[7]: [ID 197553 mail.info] %",
                        "<22>Nov 22 09:00:00 mx postfix/local[7]: %",
                        "<22>1 2026-11-22T09:00:00Z mx postfix/local 7 - - %",
                        "<22>1 2026-11-22T09:00:00Z mx postfix/local 7 - [x@1 a=\"\\\"]\"][y@1] %",
                        "2026-11-22T09:00:00.000000000Z Nov 22 09:00:00 mx postfix/local[7]: %",
                        "2026-11-22T09:00:00+0000 mx postfix/local[7]: %",
                        "Sun 2026-11-22 09:00:00 UTC mx postfix/local[7]: %",
                        "1795338000.123456 mx postfix/local[7]: %",
                        "{\"__REALTIME_TIMESTAMP\":\"1795338000123456\",\"SYSLOG_IDENTIFIER\":"
                        "\"postfix/local\",\"MESSAGE\":\"%\"}");
  INFO(frame);
  auto reading = read_log(frame.replace(frame.find('%'), 1, message) + "\n");
  CHECK(reading.events == Strings{"delivered postfix A1B2C3 to=<jo@mx.example> 2.0.0 {ok}"});
  CHECK(reading.times == std::vector<std::int64_t>{kNow - 3600});
}

TEST_CASE("a message of the journal that is not UTF-8") {
  std::string message = "A1B2C3: to=<\xE4@mx.example>, relay=local, dsn=2.0.0, status=sent (ok)";
  std::string octets;
  for (char c : message)
    octets += (octets.empty() ? "" : ",") + std::to_string(static_cast<unsigned char>(c));
  auto log =
      "{\"__REALTIME_TIMESTAMP\":\"1795338000123456\",\"SYSLOG_IDENTIFIER\":"
      "\"postfix/local\",\"MESSAGE\":[" +
      octets + "]}\n";
  CHECK(read_log(log).events ==
        Strings{"delivered postfix A1B2C3 to=<\xE4@mx.example> 2.0.0 {ok}"});
}

TEST_CASE("a line that syslogd folded counts as often as it came") {
  auto log =
      "Nov 22 09:00:00 mx postfix/smtpd[7]: message repeated 3 times: [ NOQUEUE: reject: RCPT "
      "from c[198.51.100.9]: 554 5.7.1 no; from=<a@b.example> to=<jo@mx.example> proto=ESMTP]\n";
  CHECK(read_log(log).events.size() == 3);
}
