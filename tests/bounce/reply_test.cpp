#include "bounce/reply.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace mailtrust::bounce;

namespace {

std::string status_of(const Reply& reply) {
  return reply.status ? to_string(*reply.status) : "";
}

struct Row {
  std::string said;
  int code;
  std::string status;
  std::string text;
};

}  // namespace

TEST_CASE("a reply is found in whichever form it is quoted") {
  auto row = GENERATE(values<Row>({
      {"550 5.1.1 <a@example.com>: unknown", 550, "5.1.1", "<a@example.com>: unknown"},
      {"550-5.1.1 no such\n550 5.1.1 user here", 550, "5.1.1", "no such user here"},
      {"550-5.1.1 no such\r\n550-5.1.1 user\r\n550 5.1.1 here", 550, "5.1.1", "no such user here"},
      {"550-5.1.1 no such 550-5.1.1 user 550 5.1.1 here", 550, "5.1.1", "no such user here"},
      {"550-first\n550 second", 550, "", "first second"},
      {"smtp; 550 5.2.2 full", 550, "5.2.2", "full"},
      {"smtp;550 5.2.2 full", 550, "5.2.2", "full"},
      {"host mx.example.com[192.0.2.1] said: 450 4.2.0 later (in reply to RCPT TO command)", 450,
       "4.2.0", "later (in reply to RCPT TO command)"},
      {"SMTP error from remote mail server after RCPT TO:<a@example.com>: host mx.example.com "
       "[192.0.2.1]: 550 unknown user",
       550, "", "unknown user"},
      {"Remote host said: 553 sorry (#5.7.1)", 553, "5.7.1", "sorry (#5.7.1)"},
      {"#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##", 550, "5.1.1",
       "RESOLVER.ADR.RecipNotFound; not found ##"},
      {"#5.1.1 SMTP; 550 unknown", 550, "5.1.1", "unknown"},
      {"550 #5.1.0 Address rejected.", 550, "5.1.0", "Address rejected."},
      {"SMTP error code 552: too big", 552, "", "too big"},
      {"Remote Server returned '554 5.7.1 denied'", 554, "5.7.1", "denied'"},
      {"553 Mail not allowed - 5.7.1 [BL23] Connections", 553, "5.7.1",
       "Mail not allowed - 5.7.1 [BL23] Connections"},
      {"5.2.2 mailbox full", 0, "5.2.2", "mailbox full"},
      {"(#5.4.6)", 0, "5.4.6", "(#5.4.6)"},
      {"mailbox full", 0, "", "mailbox full"},
      {"", 0, "", ""},
      {"250 2.0.0 ok, then 550 5.1.1 no", 550, "5.1.1", "no"},
      {"554 4.4.7 Message expired.<421 4.4.2 Connection timed out>", 554, "4.4.2",
       "Message expired.<421 4.4.2 Connection timed out>"},
      {"550", 550, "", ""},
      {"550\t5.1.1\tgone", 550, "5.1.1", "gone"},
  }));
  INFO(row.said);
  auto reply = read_reply(row.said);
  CHECK(reply.code == row.code);
  CHECK(status_of(reply) == row.status);
  CHECK(reply.text == row.text);
}

TEST_CASE("digits elsewhere are no codes") {
  auto said = GENERATE(values<std::string>({
      "connect to 192.0.2.1:25: Connection refused",
      "client 203.0.113.450.1 is odd",
      "message of 10,500 octets",
      "see https://example.com/550/5.1.1",
      "Postfix version 2.3.4 says no",
      "released by qmail 1.03.550",
      "from 2001:db8:450:1::1 today",
      "host 5.1.1.1 is listed",
      "id 4500123",
      "4.5.6.7.8",
      "room 1550 is taken",
      "a550 b",
      "550th message",
      "up to 450-500 octets",
  }));
  INFO(said);
  auto reply = read_reply(said);
  CHECK(reply.code == 0);
  CHECK(status_of(reply).empty());
}

TEST_CASE("a status alone") {
  CHECK(to_string(parse_status("5.1.1 (bad destination)").value()) == "5.1.1");
  CHECK(to_string(parse_status("  4.4.316").value()) == "4.4.316");
  auto none = GENERATE(values<std::string>({"", "5", "5.1", "5.1.", "3.1.1", "6.0.0", "5.1.1.1",
                                            "5.1000.1", "5..1", "x5.1.1", "5.1.1x"}));
  INFO(none);
  CHECK_FALSE(parse_status(none));
}

TEST_CASE("hostile replies end, and leave no control characters") {
  std::string zeros(
      "550 5.1.1 a\0b\x01\x7f"
      "c",
      16);
  auto said = GENERATE_COPY(values<std::string>({
      zeros,
      std::string(100'000, '5'),
      std::string(100'000, '\n'),
      std::string(100'000, '\0'),
      "550 " + std::string(70'000, '\xff'),
      [] {
        std::string codes;
        while (codes.size() < 70'000) codes += "550-5.1.1 ";
        return codes;
      }(),
  }));
  auto reply = read_reply(said);
  CHECK(reply.text.size() <= 64U << 10);
  for (char c : reply.text) {
    bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    if (control) FAIL("a control character was left");
  }
}
