#include "complaint/feedback.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace mailtrust;
using complaint::Feedback;
using complaint::Layout;
using complaint::Oddity;

namespace {

std::string report_mail(const std::string& report, const std::string& original = {},
                        const std::string& type = "message/feedback-report") {
  auto mail = std::string(
                  "From: Loop <fbl@provider.example>\nDate: Sun, 22 Nov 2026 08:00:00 +0000\n"
                  "MIME-Version: 1.0\nContent-Type: multipart/report; boundary=b;\n"
                  "\treport-type=\"feedback-report\"\n\n"
                  "--b\nContent-Type: text/plain\n\nThis is an abuse report.\n"
                  "--b\nContent-Type: ") +
              type + "\n\n" + report + "\n";
  if (!original.empty()) mail += "--b\nContent-Type: message/rfc822\n\n" + original + "\n";
  return mail + "--b--\n";
}

const std::string kFields = "Feedback-Type: abuse\nUser-Agent: Loop/1\nVersion: 1\n";
const std::string kOriginal =
    "Received: from a (a [192.0.2.7]) by mx.provider.example; Sun, 22 Nov 2026 07:40:37 +0000\n"
    "From: News <news@sender.example>\nTo: ann@provider.example\nSubject: =?utf-8?Q?Caf=C3=A9?=\n"
    "Message-ID: <1@sender.example>\nDate: Sun, 22 Nov 2026 07:40:00 +0000\n"
    "Feedback-ID: 7:c:sender\nX-Campaign-ID: 42\nX-Spam-Id: no\n"
    "List-Unsubscribe: <https://sender.example/u?1>\n\nhello\n";

Feedback read(const std::string& mail) {
  auto feedback = complaint::read_feedback(mail);
  INFO((feedback ? "" : feedback.error().message));
  REQUIRE(feedback);
  return std::move(*feedback);
}

std::size_t told(const Feedback& feedback, Oddity::Kind kind) {
  return static_cast<std::size_t>(std::ranges::count(feedback.oddities, kind, &Oddity::kind));
}

}  // namespace

TEST_CASE("a feedback report and the message in it") {
  auto feedback = read(report_mail(
      kFields + "Source-IP: 192.0.2.7\nArrival-Date: Sun, 22 Nov 2026 07:40:37 +0000\n"
                "Original-Mail-From: <bounce@sender.example> (as said)\n"
                "Original-Rcpt-To: <ann@provider.example>\nIncidents: 3\n"
                "Reported-Domain: Sender.example\nReported-URI: https://sender.example/x\n",
      kOriginal));
  CHECK(feedback.layout == Layout::arf);
  CHECK(feedback.type == "abuse");
  CHECK(feedback.reporter == "fbl@provider.example");
  CHECK(feedback.source == net::Address::read("192.0.2.7"));
  CHECK(feedback.arrival == 1'795'333'237);
  CHECK(feedback.mail_from == "bounce@sender.example");
  CHECK(feedback.recipients == std::vector<std::string>{"ann@provider.example"});
  CHECK_FALSE(feedback.redacted);
  CHECK(feedback.incidents == 3);
  CHECK(feedback.domains == std::vector<std::string>{"sender.example"});
  CHECK(feedback.subject == "Caf\xc3\xa9");
  CHECK(feedback.message_id == "<1@sender.example>");
  CHECK(feedback.list_unsubscribe == "<https://sender.example/u?1>");
  REQUIRE(feedback.identifiers.size() == 2);
  CHECK(feedback.identifiers[0].second == "7:c:sender");
  CHECK(feedback.identifiers[1].second == "42");
  CHECK(feedback.oddities.empty());
}

TEST_CASE("the report part under other names") {
  for (const char* type : {"text/feedback-report", "text/plain", "message/feedback-report; x=y"})
    CHECK(read(report_mail(kFields, kOriginal, type)).user_agent == "Loop/1");
}

TEST_CASE("what is malformed is told, and the rest is read") {
  struct Row {
    std::string what, fields;
  };

  auto row = GENERATE(values<Row>({
      {"no version", "Feedback-Type: abuse\nUser-Agent: x\n"},
      {"twice", kFields + "Feedback-Type: fraud\n"},
      {"no address", kFields + "Source-IP: somewhere\n"},
      {"no date", kFields + "Arrival-Date: yesterday\n"},
      {"two dates", kFields + "Arrival-Date: Sun, 22 Nov 2026 07:40:37 +0000\n"
                              "Received-Date: Sun, 22 Nov 2026 07:40:37 +0000\n"},
      {"no number", kFields + "Incidents: many\n"},
      {"a number over 32 bits", kFields + "Incidents: 4294967296\n"},
  }));
  INFO(row.what);
  auto feedback = read(report_mail(row.fields, kOriginal));
  CHECK(feedback.type == "abuse");
  CHECK(told(feedback, Oddity::Kind::malformed) == 1);
  CHECK(feedback.message_id == "<1@sender.example>");
}

TEST_CASE("a report that does not fit its message") {
  CHECK(told(read(report_mail(kFields + "Source-IP: 198.51.100.9\n", kOriginal)),
             Oddity::Kind::contradiction) == 1);
  CHECK(
      told(read(report_mail(kFields + "Arrival-Date: Sun, 1 Nov 2026 07:40:37 +0000\n", kOriginal)),
           Oddity::Kind::contradiction) == 1);
  CHECK(told(read(report_mail(kFields + "Incidents: 0\n", kOriginal)),
             Oddity::Kind::contradiction) == 1);
}

TEST_CASE("a report without its message") {
  auto feedback = read(report_mail(kFields));
  CHECK(feedback.original == complaint::Original::none);
  CHECK(told(feedback, Oddity::Kind::no_original) == 1);
}

TEST_CASE("recipients that are not told") {
  for (const char* address : {"<redacted@provider.example>", "<xxxx@provider.example>", "redacted",
                              "<0123456789abcdef0123456789abcdef@provider.example>"})
    CHECK(read(report_mail(kFields + "Original-Rcpt-To: " + address + "\n", kOriginal)).redacted);
}

TEST_CASE("authentication failures") {
  auto feedback = read(report_mail(
      "Feedback-Type: auth-failure\nUser-Agent: x\nVersion: 1\nAuth-Failure: dmarc\n"
      "Authentication-Results: mx.example; dmarc=fail\n\theader.from=x\nDelivery-Result: reject\n",
      kOriginal));
  CHECK(feedback.auth_failure == "dmarc");
  CHECK(feedback.delivery_result == "reject");
  CHECK(feedback.results.at(0) == "mx.example; dmarc=fail header.from=x");
}

TEST_CASE("Microsoft's junk mail reports") {
  auto feedback = read(
      "From: staff@hotmail.com\nSubject: complaint about message from 192.0.2.7\n"
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n"
      "X-HmXmrOriginalRecipient: ann@hotmail.example\n" +
      kOriginal + "\n--b--\n");
  CHECK(feedback.layout == Layout::jmrp);
  CHECK(feedback.type == "abuse");
  CHECK(feedback.source == net::Address::read("192.0.2.7"));
  CHECK(feedback.recipients == std::vector<std::string>{"ann@hotmail.example"});
  CHECK(feedback.message_id == "<1@sender.example>");
}

TEST_CASE("XARF 3, X-ARF 0.2 and XARF 4") {
  auto three = read(report_mail("Feedback-Type: xarf\nUser-Agent: x\nVersion: 1\n") + "");
  CHECK(three.type == "xarf");

  auto json = read(
      R"({"Version":"3","ReporterInfo":{"ReporterOrg":"Trap","ReporterOrgEmail":"t@trap.example"},
    "Report":{"ReportClass":"Activity","ReportType":"Spam","Date":"2026-11-22T07:40:37Z",
    "SourceIp":"192.0.2.7","SmtpMailFromAddress":"a@sender.example","Samples":[]}})");
  CHECK(json.layout == Layout::xarf3);
  CHECK(json.type == "spam");
  CHECK(json.source == net::Address::read("192.0.2.7"));
  CHECK(json.arrival == 1'795'333'237);
  CHECK(json.reporter == "t@trap.example");

  auto plain = read(
      "From: x@trap.example\nX-XARF: PLAIN\nContent-Type: multipart/mixed; boundary=b\n\n"
      "--b\nContent-Type: text/plain\n\nhello\n--b\nContent-Type: text/plain; name=report.txt\n\n"
      "Reported-From: t@trap.example\nReport-Type: login-attack\nSource: 192.0.2.7\n"
      "Date: Sun, 22 Nov 2026 07:40:37 +0000\n\n--b--\n");
  CHECK(plain.layout == Layout::xarf_plain);
  CHECK(plain.type == "login-attack");
  CHECK(plain.source == net::Address::read("192.0.2.7"));

  auto four = read(R"({"xarf_version":"4.0.0","type":"spam","category":"messaging",
    "timestamp":"2026-11-22T07:40:37Z","source_identifier":"192.0.2.7",
    "reporter":{"org":"Trap","contact":"t@trap.example","domain":"trap.example"}})");
  CHECK(four.layout == Layout::xarf4);
  CHECK(four.oddities.empty());
}

TEST_CASE("a report that was forwarded, to a depth of three") {
  auto forwarded = [](const std::string& inner) {
    return "From: x@example.org\nContent-Type: multipart/mixed; boundary=f" +
           std::to_string(inner.size()) + "\n\n--f" + std::to_string(inner.size()) +
           "\nContent-Type: message/rfc822\n\n" + inner + "\n--f" + std::to_string(inner.size()) +
           "--\n";
  };
  auto mail = report_mail(kFields, kOriginal);
  for (int depth = 1; depth <= 4; ++depth) {
    mail = forwarded(mail);
    CHECK(complaint::read_feedback(mail).has_value() == (depth <= 3));
  }
}

TEST_CASE("what is no complaint") {
  for (const std::string& mail :
       {std::string(), std::string("From: a@b\n\nhello\n"), std::string("{\"a\":1}"),
        std::string("{"), std::string("\0\r\n", 3), kOriginal}) {
    auto feedback = complaint::read_feedback(mail);
    REQUIRE_FALSE(feedback);
    CHECK(feedback.error().kind == Error::Kind::input);
  }
}

TEST_CASE("values without number are bounded") {
  std::string fields = kFields;
  for (std::size_t i = 0; i < complaint::kMaxValues + 50; ++i)
    fields += "Reported-Domain: d" + std::to_string(i) + ".example\n";
  auto feedback = read(report_mail(fields, kOriginal));
  CHECK(feedback.domains.size() == complaint::kMaxValues);
  CHECK(told(feedback, Oddity::Kind::malformed) == 1);
}
