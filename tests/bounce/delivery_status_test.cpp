#include "bounce/delivery_status.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "base/limits.hpp"

using mailtrust::bounce::Action;
using mailtrust::bounce::read_delivery_status;

TEST_CASE("the fields about the message") {
  auto status = read_delivery_status(
      "Original-Envelope-Id: x7\n"
      "Reporting-MTA: dns; MX.example.net. (tcp-daemon)\n"
      "Received-From-MTA: DNS; [192.0.2.1]\n"
      "X-Postfix-Sender: rfc822; a@example.org\n"
      "Arrival-Date: Fri, 20 Nov 2026 11:40:09 +0000\n");
  CHECK(status.envelope_id == "x7");
  CHECK(status.reporting_mta == "mx.example.net");
  CHECK(status.received_from == "192.0.2.1");
  CHECK(status.sender == "a@example.org");
  CHECK(status.arrival == 1795174809);
  CHECK(status.recipients.empty());
}

TEST_CASE("how a recipient is written") {
  struct Row {
    std::string field;
    std::string address;
  };

  auto row = GENERATE(values<Row>({
      {"Final-Recipient: rfc822; a@example.org", "a@example.org"},
      {"FINAL-RECIPIENT:RFC822;<a@example.org>", "a@example.org"},
      {"Final-Recipient: rfc822;a@example.org (Anna)", "a@example.org"},
      {"Final-Recipient: rfc822; Anna <a@example.org>", "a@example.org"},
      {"Final-Recipient: rfc822; \"a b\"@example.org", "\"a b\"@example.org"},
      {"Final-Recipient: <a@example.org>", "a@example.org"},
      {"Final-Recipient: LOCAL;anna", "anna"},
      {"Final-Recipient: rfc822;\n a@example.org", "a@example.org"},
      {"Original-Recipient: rfc822;a@example.org", "a@example.org"},
      {"Original-Recipient: rfc822;a+2Bb+3Dc@example.org", "a+b=c@example.org"},
      {"Final-Recipient: rfc822;a+2b@example.org", "a+2b@example.org"},
      {"Final-Recipient: utf-8; \\x{F6}@example.org", "\xc3\xb6@example.org"},
      {"Final-Recipient: utf-8; \xc3\xb6@example.org", "\xc3\xb6@example.org"},
      {"Final-Recipient: utf-8; \\x{zz}@example.org", "\\x{zz}@example.org"},
      {"X-Actual-Recipient: rfc822; a@example.org", "a@example.org"},
  }));
  INFO(row.field);
  auto status = read_delivery_status(row.field + "\nAction: failed\n");
  REQUIRE(status.recipients.size() == 1);
  CHECK(status.recipients.front().address == row.address);
}

TEST_CASE("what was said") {
  struct Row {
    std::string field;
    std::string diagnostic;
    int code;
  };

  auto row = GENERATE(values<Row>({
      {"smtp; 550 no", "550 no", 550},
      {"smtp;550-5.1.1 no\n 550 5.1.1 such user", "550-5.1.1 no 550 5.1.1 such user", 550},
      {"X-Postfix; connect to mx.example.net[192.0.2.1]:25: refused",
       "connect to mx.example.net[192.0.2.1]:25: refused", 0},
      {"x-unix; 67", "x-unix; 67", 0},
      {"550 a; b", "550 a; b", 550},
      {"X-Notes; \x1b$BL$\x1b(B", "\xe6\x9c\xaa", 0},
      {"smtp;", "", 0},
  }));
  INFO(row.field);
  auto status =
      read_delivery_status("Final-Recipient: rfc822;a@b.example\nDiagnostic-Code: " + row.field);
  REQUIRE(status.recipients.size() == 1);
  CHECK(status.recipients.front().diagnostic == row.diagnostic);
  CHECK(status.recipients.front().code == row.code);
}

TEST_CASE("status and action") {
  struct Row {
    std::string fields;
    std::string status;
    Action action;
  };

  auto row = GENERATE(values<Row>({
      {"Action: failed\nStatus: 5.1.1 (text)", "5.1.1", Action::failed},
      {"Action: Delayed\nStatus: 4.4.1", "4.4.1", Action::delayed},
      {"Action: delivered (to mailbox)\nStatus: 2.0.0", "2.0.0", Action::delivered},
      {"Action: relayed\n", "", Action::relayed},
      {"Action: expanded\n", "", Action::expanded},
      {"Status: 2.1.5\n", "2.1.5", Action::delivered},
      {"Status: 500 null\n", "", Action::failed},
      {"Action: ?\nStatus: 4.0.0", "4.0.0", Action::failed},
      {"\nAction: delayed\nStatus: 4.4.1", "4.4.1", Action::delayed},
  }));
  INFO(row.fields);
  auto status = read_delivery_status("Final-Recipient: rfc822;a@b.example\n" + row.fields);
  REQUIRE(status.recipients.size() == 1);
  const auto& failure = status.recipients.front();
  CHECK((failure.status ? to_string(*failure.status) : "") == row.status);
  CHECK(failure.action == row.action);
}

TEST_CASE("several recipients, with and without empty lines between them") {
  auto text = GENERATE(as<std::string>(),
                       "Reporting-MTA: dns;m\n\n"
                       "Final-Recipient: rfc822;a@x.example\nAction: failed\nStatus: 5.1.1\n\n"
                       "Final-Recipient: rfc822;b@x.example\nAction: delivered\nStatus: 2.0.0\n",
                       "Reporting-MTA: dns;m\n"
                       "Final-Recipient: rfc822;a@x.example\nAction: failed\nStatus: 5.1.1\n"
                       "Final-Recipient: rfc822;b@x.example\nAction: delivered\nStatus: 2.0.0\n",
                       "Action: failed\nFinal-Recipient: rfc822;a@x.example\nStatus: 5.1.1\n"
                       "Action: delivered\nFinal-Recipient: rfc822;b@x.example\nStatus: 2.0.0\n",
                       "Final-Recipient: rfc822;a@x.example\n\nAction: failed\nStatus: 5.1.1\n\n"
                       "Final-Recipient: rfc822;b@x.example\n\nAction: delivered\n");
  INFO(text);
  auto status = read_delivery_status(text);
  REQUIRE(status.recipients.size() == 2);
  CHECK(status.recipients[0].address == "a@x.example");
  CHECK(status.recipients[0].action == Action::failed);
  CHECK(status.recipients[1].address == "b@x.example");
  CHECK(status.recipients[1].action == Action::delivered);
}

TEST_CASE("who was meant is kept beside who it became") {
  auto status = read_delivery_status(
      "Original-Recipient: rfc822;list@example.org\nFinal-Recipient: rfc822;a@example.net\n"
      "Remote-MTA: DNS; [192.0.2.7]\n");
  REQUIRE(status.recipients.size() == 1);
  CHECK(status.recipients.front().address == "a@example.net");
  CHECK(status.recipients.front().original == "list@example.org");
  CHECK(status.recipients.front().remote == "192.0.2.7");
}

TEST_CASE("recipients are counted up to the limit") {
  constexpr auto kMost = mailtrust::bounce::kMostCollected;
  auto more = GENERATE(-1, 0, 1);
  auto count = kMost + static_cast<std::size_t>(more);
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += "Final-Recipient: rfc822;a" + std::to_string(i) + "@b.example\n\n";
  CHECK(read_delivery_status(text).recipients.size() == std::min(count, kMost));
}
