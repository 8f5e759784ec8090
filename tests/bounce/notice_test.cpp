#include "bounce/notice.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace mailtrust::bounce;  // NOLINT(google-build-using-namespace)

namespace {

std::string with_status(const std::string& groups, const std::string& text = "See below.\n") {
  return "Return-Path: <>\n"
         "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>\n"
         "To: anna@example.org\n"
         "Date: Fri, 20 Nov 2026 11:40:09 +0000\n"
         "Subject: Undelivered Mail Returned to Sender\n"
         "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n"
         "\n--b\n\n" +
         text +
         "\n--b\nContent-Type: message/delivery-status\n\n"
         "Reporting-MTA: dns; mx.example.net\n\n" +
         groups +
         "\n--b\nContent-Type: message/rfc822\n\n"
         "Return-Path: <bounces@example.org>\n"
         "From: Anna <anna@example.org>\n"
         "To: bob@example.com\n"
         "Subject: =?utf-8?q?M=C3=A4rz?=\n"
         "Message-ID: <1@example.org>\n"
         "List-ID: <news.example.org>\n\nHello\n--b--\n";
}

std::string plain(const std::string& fields, const std::string& body) {
  return fields + "\n" + body;
}

Notice read(const std::string& octets) {
  auto notice = read_notice(octets);
  REQUIRE(notice);
  return *notice;
}

}  // namespace

TEST_CASE("a delivery status notification") {
  auto notice =
      read(with_status("Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n"
                       "Remote-MTA: dns; mx.example.com\n"
                       "Diagnostic-Code: smtp; 550 5.1.1 <bob@example.com>: User unknown\n"));
  CHECK(notice.kind == Kind::bounce);
  CHECK(notice.reporting_mta == "mx.example.net");
  CHECK(notice.date == 1795174809);
  CHECK(notice.sender == "bounces@example.org");
  CHECK(notice.returned.message_id == "<1@example.org>");
  CHECK(notice.returned.from == "anna@example.org");
  CHECK(notice.returned.subject == "M\xc3\xa4rz");
  CHECK(notice.returned.list_id == "<news.example.org>");
  REQUIRE(notice.recipients.size() == 1);
  const auto& [failure, verdict] = notice.recipients.front();
  CHECK(failure.address == "bob@example.com");
  CHECK(failure.remote == "mx.example.com");
  CHECK(verdict.type == Type::hard);
  CHECK(verdict.reason == Reason::bad_mailbox);
}

TEST_CASE("each address once, in the order told") {
  auto notice =
      read(with_status("Final-Recipient: rfc822; B@example.com\nAction: expanded\nStatus: 2.0.0\n\n"
                       "Final-Recipient: rfc822; c@example.com\nAction: failed\nStatus: 5.2.2\n\n"
                       "Final-Recipient: rfc822; b@example.com\nAction: failed\nStatus: 5.1.1\n\n"
                       "Final-Recipient: rfc822; c@example.com\nAction: failed\nStatus: 5.1.1\n"));
  REQUIRE(notice.recipients.size() == 2);
  CHECK(notice.recipients[0].verdict.reason == Reason::bad_mailbox);
  CHECK(notice.recipients[1].verdict.reason == Reason::mailbox_full);
}

TEST_CASE("what became of the message") {
  struct Row {
    std::string action;
    Kind kind;
    Type type;
  };

  auto row = GENERATE(values<Row>({
      {"failed\nStatus: 5.1.1", Kind::bounce, Type::hard},
      {"failed\nStatus: 4.4.1", Kind::bounce, Type::soft},
      {"delayed\nStatus: 4.4.1", Kind::delayed, Type::soft},
      {"delayed\nStatus: 5.1.1", Kind::delayed, Type::soft},
      {"delivered\nStatus: 2.0.0", Kind::delivered, Type::notbounce},
      {"relayed\nStatus: 2.0.0", Kind::delivered, Type::notbounce},
  }));
  INFO(row.action);
  auto notice =
      read(with_status("Final-Recipient: rfc822; bob@example.com\nAction: " + row.action + "\n"));
  CHECK(notice.kind == row.kind);
  REQUIRE(notice.recipients.size() == 1);
  CHECK(notice.recipients.front().verdict.type == row.type);
}

TEST_CASE("the text speaks where the status is silent") {
  auto notice = read(
      with_status("Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.0.0\n",
                  "<bob@example.com>: host mx.example.com[192.0.2.1] said: 550 User unknown (in "
                  "reply to RCPT TO command)\n"));
  REQUIRE(notice.recipients.size() == 1);
  CHECK(notice.recipients.front().verdict.reason == Reason::bad_mailbox);
  CHECK(notice.recipients.front().failure.diagnostic.find("User unknown") != std::string::npos);
}

TEST_CASE("user unknown is believed as an answer to RCPT") {
  struct Row {
    std::string status;  // of the reply and of the notice
    std::string command;
    Reason reason;
  };

  auto row = GENERATE(values<Row>({
      {"5.1.1", "", Reason::bad_mailbox},
      {"5.1.1", " (in reply to end of DATA command)", Reason::bad_mailbox},
      {"5.0.0", " (in reply to RCPT TO command)", Reason::bad_mailbox},
      {"5.2.1", " (in reply to RCPT TO command)", Reason::bad_mailbox},
      {"5.2.1", "", Reason::recipient_rejected},
      {"5.0.0", "", Reason::recipient_rejected},
      {"5.0.0", " (in reply to end of DATA command)", Reason::recipient_rejected},
      {"5.7.1", " (in reply to MAIL FROM command)", Reason::sender_rejected},
  }));
  INFO(row.status << row.command);
  auto said = "550 " + row.status + " User unknown";
  auto notice =
      read(with_status("Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: " +
                           row.status + "\nDiagnostic-Code: smtp; " + said + "\n",
                       "This is the mail system at host mx.example.net.\n\n<bob@example.com>: host "
                       "mx.example.com[192.0.2.1] said: " +
                           said + row.command + "\n"));
  REQUIRE(notice.recipients.size() == 1);
  CHECK(notice.recipients.front().verdict.reason == row.reason);
}

TEST_CASE("what PowerMTA takes a bounce for") {
  auto category = GENERATE(values<std::pair<std::string, Reason>>({
      {"bad-mailbox", Reason::bad_mailbox},
      {"quota-issues", Reason::mailbox_full},
      {"Spam-Related", Reason::spam_content},
      {"other", Reason::undetermined},
  }));
  auto notice =
      read(with_status("Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.0.0\n"
                       "Diagnostic-Code: smtp; 550 Qwertz\nX-PowerMTA-BounceCategory: " +
                       category.first + "\n"));
  REQUIRE(notice.recipients.size() == 1);
  CHECK(notice.recipients.front().verdict.reason == category.second);
}

TEST_CASE("no other words make a bad address of a reply that says otherwise") {
  auto notice =
      read(with_status("Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.7.1\n"
                       "Diagnostic-Code: smtp; 550 5.7.1 Not from here\n",
                       "550 5.1.1 <bob@example.com>... User unknown\n"));
  REQUIRE(notice.recipients.size() == 1);
  CHECK(notice.recipients.front().verdict.type == Type::soft);
}

TEST_CASE("a recipient that nobody names is found in the message that came back") {
  auto notice = read(with_status("Action: failed\nStatus: 5.1.1\n"));
  REQUIRE(notice.recipients.size() == 1);
  CHECK(notice.recipients.front().failure.address == "bob@example.com");
}

TEST_CASE("a delivery status that lost its MIME") {
  auto notice =
      read(plain("From: mailer-daemon@example.net\nSubject: failed\n",
                 "Gone.\n\nReporting-MTA: dns; mx.example.net\n\n"
                 "Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n"));
  CHECK(notice.kind == Kind::bounce);
  REQUIRE(notice.recipients.size() == 1);
  CHECK(notice.recipients.front().failure.address == "bob@example.com");
}

TEST_CASE("the free text of a system that nobody knows") {
  struct Row {
    std::string body;
    Reason reason;
  };

  auto row = GENERATE(values<Row>({
      {"We failed.\n\n<bob@example.com>:\n550 User unknown\n", Reason::recipient_rejected},
      {"We failed.\n\n  bob@example.com: user unknown\n", Reason::recipient_rejected},
      {"We failed.\n\nRecipient: bob@example.com\nReason: mailbox full\n", Reason::mailbox_full},
      {"We failed.\n\n* bob@example.com\n\nThe mailbox is full.\n", Reason::mailbox_full},
      {"We failed.\n\n550 5.1.1 <bob@example.com> User unknown\n", Reason::bad_mailbox},
      {"bob@example.com [User unknown]\n", Reason::recipient_rejected},
      {"Ask postmaster@example.net.\nRCPT TO:<bob@example.com>\n550 User unknown\n",
       Reason::recipient_rejected},
  }));
  INFO(row.body);
  auto notice =
      read(plain("From: Mail Robot <mailer-daemon@example.net>\nTo: anna@example.org\n"
                 "Subject: could not be delivered\n",
                 row.body));
  CHECK(notice.kind == Kind::bounce);
  REQUIRE(notice.recipients.size() == 1);
  CHECK(notice.recipients.front().failure.address == "bob@example.com");
  CHECK(notice.recipients.front().verdict.reason == row.reason);
}

TEST_CASE("causes that are only possible make no bad address") {
  auto notice = read(
      plain("From: mailer-daemon@example.net\nReturn-Path: <>\nSubject: could not be delivered\n",
            "The user unknown to us may have moved.\n\n<bob@example.com>:\nqwertz\n\nHelp:\n"
            "This happens where a user is unknown: User unknown.\n"));
  REQUIRE(notice.recipients.size() == 1);
  CHECK(notice.recipients.front().verdict.type != Type::hard);
}

TEST_CASE("failed recipients in the header") {
  auto notice =
      read(plain("From: mailer-daemon@example.net\nSubject: failure\n"
                 "X-Failed-Recipients: bob@example.com, c@example.com\n",
                 "Sorry.\n"));
  REQUIRE(notice.recipients.size() == 2);
  CHECK(notice.recipients[1].failure.address == "c@example.com");
}

TEST_CASE("what is no bounce") {
  struct Row {
    std::string octets;
    Kind kind;
    std::string address;
  };

  const std::string person = "From: Bob <bob@example.com>\nTo: anna@example.org\n";
  auto row = GENERATE_COPY(values<Row>({
      {person + "Subject: lunch\n\nAt noon? 550 User unknown\n", Kind::message, ""},
      {person + "Subject: away\nAuto-Submitted: auto-replied\n\nBack soon.\n", Kind::auto_reply,
       "bob@example.com"},
      {person + "Subject: away\nX-Autoreply: yes\n\nBack soon.\n", Kind::auto_reply,
       "bob@example.com"},
      {person + "Subject: x\nPrecedence: auto_reply\n\nBack soon.\n", Kind::auto_reply,
       "bob@example.com"},
      {person + "Subject: Automatic reply: lunch\n\nBack soon.\n", Kind::auto_reply,
       "bob@example.com"},
      {person + "Subject: Automatische Antwort: lunch\n\nBin weg.\n", Kind::auto_reply,
       "bob@example.com"},
      {person + "Subject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_x?=\n\nAbsent.\n",
       Kind::auto_reply, "bob@example.com"},
      {person + "Subject: Urlaub\n\nIm August.\n", Kind::message, ""},
      {person + "Subject: Urlaub\nPrecedence: bulk\n\nIm August.\n", Kind::auto_reply,
       "bob@example.com"},
      {"From: postmaster@example.com\nSubject: rota\n\nbob@example.com: Monday\n", Kind::message,
       ""},
      {person + "Auto-Submitted: no\nSubject: x\n\nHello.\n", Kind::message, ""},
      {person + "Subject: read\nContent-Type: multipart/report; boundary=b; "
                "report-type=disposition-notification\n\n--b\n\nRead.\n--b\n"
                "Content-Type: message/disposition-notification\n\n"
                "Final-Recipient: rfc822;bob@example.com\n"
                "Disposition: manual-action/MDN-sent-manually; displayed\n--b--\n",
       Kind::delivered, "bob@example.com"},
      {person + "Subject: abuse\nContent-Type: multipart/report; boundary=b; "
                "report-type=feedback-report\n\n--b\n\nSpam.\n--b\n"
                "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n"
                "User-Agent: x/1\nOriginal-Rcpt-To: <c@example.com>\n--b--\n",
       Kind::complaint, "c@example.com"},
  }));
  INFO(row.octets);
  auto notice = read(row.octets);
  CHECK(notice.kind == row.kind);
  REQUIRE(notice.recipients.size() == (row.address.empty() ? 0 : 1));
  if (row.address.empty()) return;
  CHECK(notice.recipients.front().failure.address == row.address);
  CHECK(notice.recipients.front().verdict.type == Type::notbounce);
}

TEST_CASE("a notice that somebody forwarded is found, three deep") {
  auto forward = [](const std::string& octets, const std::string& boundary) {
    return "From: bob@example.com\nSubject: Fwd: look\nContent-Type: multipart/mixed; boundary=" +
           boundary + "\n\n--" + boundary + "\n\nSee.\n--" + boundary +
           "\nContent-Type: message/rfc822\n\n" + octets + "\n--" + boundary + "--\n";
  };
  auto octets =
      with_status("Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n");
  auto depth = GENERATE(1, 3, 4);
  for (int i = 0; i < depth; ++i) octets = forward(octets, "f" + std::to_string(i));
  CHECK(read(octets).kind == (depth <= 3 ? Kind::bounce : Kind::message));
}

TEST_CASE("what is no message is refused") {
  auto octets = GENERATE(as<std::string>(), "", "\n\n", "no header here\n", std::string(100, '\0'));
  auto notice = read_notice(octets);
  REQUIRE(!notice);
  CHECK(notice.error().message == "no message: it begins with no header field (RFC 5322)");
}

TEST_CASE("a notice that is cut anywhere is read as far as it goes") {
  auto octets =
      with_status("Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n");
  for (std::size_t size = 20; size < octets.size(); size += 7)
    CHECK(read_notice(std::string_view(octets).substr(0, size)));
}
