#include "complaint/complaint.hpp"

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "complaint/attachment.hpp"
#include "complaint/feedback.hpp"
#include "complaint/xarf_write.hpp"
#include "message/mime.hpp"

using namespace mailtrust;
using complaint::Complaint;
using complaint::Incident;

namespace {

const std::string kTop =
    "Return-Path: <cheap@spam.example>\n"
    "Received: from mail.spam.example (mail.spam.example [192.0.2.7])\n"
    "\tby mx.example.org (Postfix) with ESMTP id ABC\n"
    "\tfor <ann@example.org>; Sun, 22 Nov 2026 08:40:37 +0100 (CET)\n"
    "Received: from forged.example ([198.51.100.9]) by mail.spam.example; Sun, 22 Nov 2026 "
    "07:00:00 +0000\n"
    "From: Cheap <cheap@spam.example>\nTo: ann@example.org\nSubject: Buy now\n"
    "Message-ID: <1@spam.example>\n";

Incident incident(const std::string& message) {
  return complaint::read_incident("a.eml", message, {});
}

Complaint about(const std::vector<const Incident*>& incidents) {
  Complaint out;
  out.from = "ann@example.org";
  out.to = {"abuse@isp.example"};
  out.agent = "mailtrust/1";
  out.now = 1'795'333'300;
  out.source = net::Address::read("192.0.2.7").value();
  out.incidents = incidents;
  return out;
}

struct Mail {
  explicit Mail(std::string text)
      : octets(std::move(text)),
        header(message::Header::parse(complaint::header_lines(octets))),
        structure(message::read_structure(
            header, std::string_view(octets).substr(complaint::body_offset(octets)))) {}

  std::string octets;
  message::Header header;
  message::Structure structure;
};

}  // namespace

TEST_CASE("a complaint has the three parts, and the message octet by octet") {
  struct Row {
    std::string what, message;
  };

  auto row = GENERATE(values<Row>({
      {"plain", kTop + "\nhttps://spam.example/buy\n"},
      {"eight bit", kTop + "\ncaf\xe9 \xff\n"},
      {"no line end at the end", kTop + "\nlast"},
      {"no body", kTop},
      {"a boundary like ours", kTop + "\n--=_mailtrust_00\n--\n"},
      {"only empty lines behind", kTop + "\n\n\n\n"},
  }));
  INFO(row.what);
  auto one = incident(row.message);
  Mail mail(complaint::write(about({&one})));
  const auto& parts = mail.structure.parts;
  REQUIRE(parts.size() == 4);
  CHECK(parts[0].content_type.type == "multipart/report");
  CHECK(parts[0].content_type.parameter("report-type") == "feedback-report");
  CHECK(parts[1].content_type.type == "text/plain");
  CHECK(parts[2].content_type.type == "message/feedback-report");
  CHECK(parts[3].content_type.type == "message/rfc822");
  CHECK(parts[3].content == row.message);
  CHECK(mail.header.count("Auto-Submitted") == 1);
  CHECK(message::on_one_line(mail.header.find("Subject")->value) == "FW: Buy now");
}

TEST_CASE("the same input gives the same octets") {
  auto one = incident(kTop + "\nx\n");
  CHECK(complaint::write(about({&one})) == complaint::write(about({&one})));
}

TEST_CASE("lines end as those of the message") {
  std::string crlf;
  for (char c : kTop + "\nx\n") crlf.append(c == '\n' ? "\r\n" : std::string(1, c));
  auto one = incident(crlf);
  auto mail = complaint::write(about({&one}));
  CHECK(complaint::line_form(mail).crlf);
}

TEST_CASE("the part for programs") {
  auto one = incident(kTop + "\nsee https://spam.example/buy.\n");
  CHECK(complaint::feedback_text(about({&one})) ==
        "Feedback-Type: abuse\nUser-Agent: mailtrust/1\nVersion: 1\n"
        "Original-Mail-From: <cheap@spam.example>\nOriginal-Rcpt-To: <ann@example.org>\n"
        "Arrival-Date: Sun, 22 Nov 2026 07:40:37 +0000\nSource-IP: 192.0.2.7\n"
        "Reported-URI: https://spam.example/buy\n");
}

TEST_CASE("what mail cannot carry goes as its header, and in base64") {
  auto body =
      GENERATE(as<std::string>(), std::string("a\0b\n", 4), "a\rb\n", std::string(999, 'x') + "\n");
  auto one = incident(kTop + "\n" + body);
  Mail mail(complaint::write(about({&one})));
  const auto& parts = mail.structure.parts;
  REQUIRE(parts.size() == 5);
  CHECK(parts[3].content_type.type == "text/rfc822-headers");
  CHECK(parts[4].content_type.type == "application/octet-stream");
  CHECK(message::decode_content(parts[4]) == kTop + "\n" + body);
  CHECK_FALSE(complaint::line_form(mail.octets).unfit);
}

TEST_CASE("a line of 998 octets is carried as it is") {
  auto one = incident(kTop + "\n" + std::string(998, 'x') + "\n");
  Mail mail(complaint::write(about({&one})));
  CHECK(mail.structure.parts.at(3).content_type.type == "message/rfc822");
}

TEST_CASE("several messages from one address: one is reported, all are counted") {
  auto one = incident(kTop + "\n1\n");
  auto count = GENERATE(as<std::size_t>(), limits::kComplaintMessages - 1,
                        limits::kComplaintMessages, limits::kComplaintMessages + 1);
  Complaint out = about(std::vector<const Incident*>(count, &one));
  auto coverage = complaint::coverage_of(out);
  CHECK(coverage.left_out == (count > limits::kComplaintMessages ? 1 : 0));
  Mail mail(complaint::write(out));
  CHECK(mail.structure.all("message/rfc822").size() == std::min(count, limits::kComplaintMessages));
  auto feedback = complaint::read_feedback(mail.octets);
  REQUIRE(feedback);
  CHECK(feedback->incidents == count);
}

TEST_CASE("messages that are too large are there by their header") {
  for (auto size : {limits::kComplaintOctets - 1, limits::kComplaintOctets}) {
    auto fits = incident(kTop + std::string(size - kTop.size(), '\n'));
    CHECK(complaint::coverage_of(about({&fits})).header_only.empty());
  }
  auto one = incident(kTop + std::string(limits::kComplaintOctets + 1 - kTop.size(), '\n'));
  auto coverage = complaint::coverage_of(about({&one}));
  CHECK(coverage.header_only == std::vector<std::size_t>{0});
  Mail mail(complaint::write(about({&one})));
  CHECK(mail.structure.parts.at(3).content_type.type == "text/rfc822-headers");
  CHECK(mail.octets.size() < 10'000);
}

TEST_CASE("nothing in the message adds a field") {
  auto one = incident(
      "Received: from x (x [192.0.2.7]) by mx.example.org; Sun, 22 Nov 2026 08:40:37 +0100\n"
      "Subject: =?utf-8?B?YQ0KQmNjOiBhbGxAZXhhbXBsZS5vcmc=?=\n"
      "Message-ID: <a\rBcc: x>\nReturn-Path: <a@b>\n\nx\n");
  Mail mail(complaint::write(about({&one})));
  CHECK(mail.header.count("Bcc") == 0);
  CHECK(mail.header.oddities().lone_cr == 0);
  auto report = message::Header::parse(complaint::feedback_text(about({&one})));
  CHECK(report.count("Bcc") == 0);
}

TEST_CASE("what was written is read back") {
  auto one = incident(kTop + "\nx\n");
  auto feedback = complaint::read_feedback(complaint::write(about({&one})));
  REQUIRE(feedback);
  CHECK(feedback->type == "abuse");
  CHECK(feedback->source == net::Address::read("192.0.2.7"));
  CHECK(feedback->arrival == one.arrival);
  CHECK(feedback->mail_from == "cheap@spam.example");
  CHECK(feedback->recipients == std::vector<std::string>{"ann@example.org"});
  CHECK(feedback->message_id == "<1@spam.example>");
  CHECK(feedback->subject == "Buy now");
  CHECK(feedback->original == complaint::Original::whole);
  CHECK(feedback->oddities.empty());
}

TEST_CASE("X-XARF is read back, whatever the size of the evidence") {
  constexpr auto kMost = limits::kXarfEvidence;
  auto size = GENERATE_COPY(as<std::size_t>(), 1000, 2U << 20, kMost - 1, kMost, kMost + 1);
  auto one = incident(kTop + std::string(size - kTop.size(), '\n'));
  auto json = json::to_text(complaint::write_xarf(one, *one.trace.origin.ip, "ann@example.org", 0));
  auto feedback = complaint::read_feedback(json);
  REQUIRE(feedback);
  CHECK(feedback->layout == complaint::Layout::xarf4);
  CHECK(feedback->type == "spam");
  CHECK(feedback->message_id == "<1@spam.example>");
  CHECK(feedback->original ==
        (size > limits::kXarfEvidence ? complaint::Original::header : complaint::Original::whole));
}

TEST_CASE("facts are only what receiving servers wrote") {
  auto one = incident(
      "Received: from a (a [192.0.2.7]) by mx.example.org; Sun, 22 Nov 2026 08:40:37 +0100\n"
      "Return-Path: <forged@example.net>\nDelivered-To: forged@example.net\n"
      "Authentication-Results: mx.example.org; dmarc=pass header.from=example.net\n"
      "From: a@example.net\n\nx\n");
  CHECK_FALSE(one.mail_from);
  CHECK(one.recipients.empty());
  CHECK(one.results.empty());
  CHECK(one.author_domain.empty());

  auto two = incident(
      "Return-Path: <>\nDelivered-To: ann@example.org\n"
      "Authentication-Results: mx.example.org; dmarc=pass header.from=example.net\n"
      "Received: from a (a [192.0.2.7]) by mx.example.org; Sun, 22 Nov 2026 08:40:37 +0100\n"
      "From: a@example.net\n\nx\n");
  CHECK(two.mail_from == "");
  CHECK(two.recipients == std::vector<std::string>{"ann@example.org"});
  CHECK(two.results.size() == 1);
  CHECK(two.author_domain == "example.net");
}
