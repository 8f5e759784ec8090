#include "maillog/reader.hpp"

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "events.hpp"

using namespace mailtrust;
using namespace mailtrust::maillog;

namespace {

std::string queued(const std::string& id, const std::string& sender) {
  return "Nov 22 09:00:00 mx postfix/qmgr[1]: " + id + ": from=<" + sender +
         ">, size=10, nrcpt=1 (queue active)\n";
}

std::string sent(const std::string& id, const std::string& recipient) {
  return "Nov 22 09:00:00 mx postfix/smtp[1]: " + id + ": to=<" + recipient +
         ">, relay=mx.example.com[192.0.2.7]:25, delay=1, delays=0/0/1/0, dsn=2.0.0, status=sent "
         "(250 "
         "ok)\n";
}

const std::string kMixed = queued("A1B2C3", "a@example.net") +
                           "Nov 22 09:00:00 mx sshd[1]: Accepted publickey\r\n" +
                           sent("A1B2C3", "jo@example.com") + std::string("\0\xFF\n\n", 4) +
                           "2026-11-22 09:00:00 1tBcDe-000001-AB <= a@example.net P=local S=3\n" +
                           "Nov 22 09:00:00 mx postfix/qmgr[1]: A1B2C3: removed";

}  // namespace

TEST_CASE("a log in pieces of any size is the same log") {
  auto whole = read_log(kMixed);
  CHECK(whole.events.size() == 3);
  CHECK(whole.counts.lines == 7);
  CHECK(whole.counts.understood == 4);
  CHECK(whole.counts.foreign == 3);
  for (std::size_t size = 1; size < kMixed.size(); ++size) {
    Strings events;
    Reader reader({kNow, 0}, [&](const Event& event) { events.push_back(text_of(event)); });
    for (std::size_t at = 0; at < kMixed.size(); at += size)
      reader.add(std::string_view(kMixed).substr(at, size));
    reader.end_of_file();
    INFO(size);
    CHECK(events == whole.events);
    CHECK(reader.counts().understood == whole.counts.understood);
  }
}

TEST_CASE("a log cut at any octet loses no line before the cut, and never more than one") {
  auto whole = read_log(kMixed);
  for (std::size_t size = 0; size < kMixed.size(); ++size) {
    auto reading = read_log(std::string_view(kMixed).substr(0, size));
    INFO(size);
    REQUIRE(reading.events.size() <= whole.events.size());
    auto sound = reading.events.size() - (reading.events.empty() ? 0 : 1);
    for (std::size_t i = 0; i < sound; ++i) CHECK(reading.events[i] == whole.events[i]);
  }
}

TEST_CASE("a last line that is still being written can wait") {
  std::vector<std::string> events;
  Reader reader({kNow, 0}, [&](const Event& event) { events.push_back(text_of(event)); });
  reader.add(queued("A1B2C3", "a@example.net") +
             "Nov 22 09:00:00 mx postfix/qmgr[1]: B1: from=<x>, s");
  reader.end_of_file(Reader::Rest::drop);
  reader.add(sent("A1B2C3", "jo@example.com"));
  reader.end_of_file();
  CHECK(events.size() == 2);
  CHECK(reader.counts().damaged == 0);
}

TEST_CASE("lines at the limit") {
  auto line = [](std::size_t size) {
    std::string head =
        "Nov 22 09:00:00 mx postfix/smtp[1]: A1B2C3: to=<jo@example.com>, relay=none, "
        "dsn=5.1.1, status=bounced (";
    return head + std::string(size - head.size(), 'x') + "\n" + sent("A1B2C4", "ko@example.com");
  };
  for (std::size_t size :
       {limits::kLogLine - 1, limits::kLogLine, limits::kLogLine + 1, 4 * limits::kLogLine}) {
    std::size_t longest = 0, count = 0;
    Reader reader({kNow, 0}, [&](const Event& event) {
      longest = std::max(longest, event.text.size());
      ++count;
    });
    auto log = line(size);
    for (std::size_t at = 0; at < log.size(); at += 65536)
      reader.add(std::string_view(log).substr(at, 65536));
    CHECK(count == 2);
    CHECK(longest < limits::kLogLine);
    CHECK(longest > limits::kLogLine - 200);
  }
}

TEST_CASE("the queue holds what it is allowed to, and forgets the oldest") {
  std::size_t known = 0;
  Reader reader({kNow, 0}, [&](const Event& event) {
    if (event.kind == Event::Kind::delivered && event.sender_known) ++known;
  });
  for (std::size_t i = 0; i <= limits::kLogMessages; ++i)
    reader.add(queued("A" + std::to_string(1000000 + i), "a@example.net"));
  reader.add(sent("A1000000", "jo@example.com"));
  CHECK(known == 0);
  CHECK(reader.counts().forgotten == 1);
  reader.add(sent("A1000001", "jo@example.com"));
  reader.add(sent("A" + std::to_string(1000000 + limits::kLogMessages), "jo@example.com"));
  CHECK(known == 2);
}

TEST_CASE("what is removed makes room, in any order") {
  std::size_t known = 0, unknown = 0;
  Reader reader({kNow, 0}, [&](const Event& event) {
    if (event.kind == Event::Kind::delivered) ++(event.sender_known ? known : unknown);
  });
  auto id = [](unsigned i) { return "B" + std::to_string(100000 + i); };
  constexpr unsigned kCount = 5000;
  for (unsigned i = 0; i < kCount; ++i) reader.add(queued(id(i), id(i) + "@example.net"));
  for (unsigned i = 0; i < kCount; ++i)
    if (i * 7919 % 3 == 0)
      reader.add("Nov 22 09:00:00 mx postfix/qmgr[1]: " + id(i) + ": removed\n");
  for (unsigned i = 0; i < kCount; ++i) reader.add(sent(id(i), "jo@example.com"));
  CHECK(known == kCount - (kCount + 2) / 3);
  CHECK(unknown == (kCount + 2) / 3);
  CHECK(reader.counts().forgotten == 0);
}

TEST_CASE("what is in the queue goes on in the next run") {
  Strings events;
  auto sink = [&](const Event& event) { events.push_back(text_of(event)); };
  Reader first({kNow, 0}, sink);
  first.add(queued("A1B2C3", "a@example.net") + queued("A1B2C4", ""));
  auto state = first.queue_state(1000);
  CHECK(first.queue_state(state.size()) == state);
  CHECK(first.queue_state(5).empty());
  events.clear();
  Reader second({kNow, 0}, sink);
  second.restore(state);
  second.restore("something else\n");
  second.add(sent("A1B2C3", "jo@example.com") + sent("A1B2C4", "a@example.net"));
  CHECK(events == Strings{"delivered postfix A1B2C3 from=<a@example.net> to=<jo@example.com> at "
                          "mx.example.com[192.0.2.7] 2.0.0 {250 ok}",
                          "delivered postfix A1B2C4 from=<> to=<a@example.net> at "
                          "mx.example.com[192.0.2.7] 2.0.0 {250 ok}"});
  CHECK(second.queue_state(1000) == state);
}

TEST_CASE("what looks like a log") {
  struct Row {
    const char* what;
    std::string start;
    bool expected;
  };

  auto row = GENERATE(values<Row>({
      {"syslog", sent("A1", "jo@example.com"), true},
      {"cut in the middle of its first line",
       "ta, status=sent (x)\n" + sent("A1", "jo@example.com"), true},
      {"Exim", "2026-11-22 09:00:00 1tBcDe-000001-AB <= a@example.net P=local S=3\n", true},
      {"Exim, its start", "2026-11-22 09:00:00 exim 4.96 daemon started: pid=7, -q30m\n", true},
      {"PowerMTA", "type,timeLogged,orig\n", true},
      {"JSON", "{\"type\":\"Delivery\"}\n", true},
      {"RFC 5424", "<22>1 2026-11-22T09:00:00Z mx postfix/local 7 - - x\n", true},
      {"a message",
       "Received: by x; Sun, 22 Nov 2026 09:00:00 +0000\nSubject: x\n\n" + sent("A1", "j@x"),
       false},
      {"an mbox", "From a@example.net Sun Nov 22 09:00:00 2026\nSubject: x\n", false},
      {"nothing", "", false},
      {"binary", std::string("\x1f\x8b\0\0", 4), false},
  }));
  INFO(row.what);
  CHECK(is_log(row.start) == row.expected);
}
