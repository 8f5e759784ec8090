// Google, Amazon, filters and gateways, lists; and what must not be read as a notice.

#include <algorithm>

#include "base/limits.hpp"
#include "layout_mails.hpp"

using namespace mailtrust;
using namespace mailtrust::bounce;
using bounce::test::Case;
using bounce::test::kDaemon;
using bounce::test::mail_of;

namespace {

const std::string kGoogle =
    "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\n"
    "Subject: Delivery Status Notification (Failure)\n";

}  // namespace

TEST_CASE("layouts of Google and Amazon", "[bounce]") {
  auto test = GENERATE(values<Case>({
      {"gmail until 2016",
       kGoogle,
       "Delivery to the following recipient failed permanently:\n\n     ann@example.org\n\n"
       "Technical details of permanent failure: \n"
       "Google tried to deliver your message, but it was rejected by the server for the recipient\n"
       "domain example.org by mx.example.org. [192.0.2.1].\n\n"
       "The error that the other server returned was:\n550 5.1.1 no such user\n\n"
       "----- Original message -----\n\nReceived: by 192.0.2.9\nFrom: a@b.example\n",
       "google",
       {{"ann@example.org", "550 5.1.1 no such user"}}},
      {"gmail, late",
       kGoogle,
       "THIS IS A WARNING MESSAGE ONLY.\n\n"
       "Delivery to the following recipient has been delayed:\n\n     ann@example.org\n\n"
       "Message will be retried for 2 more day(s)\n\nTechnical details of temporary failure: \n"
       "The recipient server did not accept our requests to connect.\n",
       "google",
       {{"ann@example.org", "The recipient server did not accept our requests to connect."}},
       Action::delayed},
      {"gmail since",
       kGoogle,
       "** Address not found **\n\n"
       "Your message wasn't delivered to ann@example.org because the address couldn't be found.\n\n"
       "The response from the remote server was:\n550 5.1.1 no such user\n",
       "google",
       {{"ann@example.org", "550 5.1.1 no such user"}}},
      {"gmail, no answer quoted",
       kGoogle,
       "Your message wasn't delivered to ann@example.org because the domain example.org couldn't "
       "be found.\n",
       "google",
       {{"ann@example.org",
         "Your message wasn't delivered to ann@example.org because the domain example.org "
         "couldn't be found."}}},
      {"a group, in French",
       kGoogle + "X-Failed-Recipients: team@googlegroups.com\n",
       "Bonjour,\n\nIl se peut que le groupe que vous avez essay\xc3\xa9 de contacter (team) "
       "n'existe pas.\n\nMerci,\n\nGoogle Groups\n",
       "googlegroups",
       {{"team@googlegroups.com",
         "the group you tried to contact may not exist, or you may not have permission to post "
         "messages to the group"}}},
      {"ses",
       "From: MAILER-DAEMON@amazonses.com\nSubject: Delivery Status Notification (Failure)\n",
       "An error occurred while trying to deliver the mail to the following recipients:\n"
       "ann@example.org\n",
       "amazonses",
       {{"ann@example.org",
         "An error occurred while trying to deliver the mail to the following recipients:"}}},
      {"sns, its line broken",
       "From: no-reply@sns.amazonaws.com\nX-Amz-Sns-Message-Id: 1\nSubject: AWS Notification "
       "Message\n",
       "{\n  \"Type\" : \"Notification\",\n"
       "  \"Message\" : "
       "\"{\\\"notificationType\\\":\\\"Bounce\\\",\\\"bounce\\\":{\\\"bouncedRecip!\n"
       " ients\\\":[{\\\"emailAddress\\\":\\\"ann@example.org\\\",\\\"status\\\":\\\"5.1.1\\\","
       "\\\"diagnosticCode\\\":\\\"smtp; 550 5.1.1 no\\\"}]}}\"\n}\n",
       "amazonses",
       {{"ann@example.org", "smtp; 550 5.1.1 no"}}},
  }));
  bounce::test::check(test);
}

TEST_CASE("layouts of filters and gateways", "[bounce]") {
  auto test = GENERATE(values<Case>({
      {"mailmarshal",
       "From: postmaster@mx.example.net\nSubject: Undeliverable Mail: \"Minutes\"\n",
       "Your message:\n   From:    sender@example.com\n   Subject: Minutes\n\n"
       "Could not be delivered because of\n\n550 5.1.1 User unknown\n\n"
       "The following recipients were affected: \n    ann@example.org\n\nAdditional Information\n",
       "mailmarshal",
       {{"ann@example.org", "550 5.1.1 User unknown The following recipients were affected:"}}},
      {"mailfoundry",
       kDaemon,
       "Unable to deliver message to: <ann@example.org>\nDelivery failed for the following "
       "reason:\n"
       "Server mx.example.org[192.0.2.1] failed with: 550 no\n\nThis has been a permanent "
       "failure.\n",
       "mailfoundry",
       {{"ann@example.org",
         "Delivery failed for the following reason: Server mx.example.org[192.0.2.1] failed with: "
         "550 no"}}},
      {"mcafee",
       "From: Postmaster@mx.example.net\nSubject: Delivery Status\n",
       "    --- The following addresses had delivery problems ---\n\n"
       "<ann@example.org>   (5.1.1 <ann@example.org>... User unknown)\n\n",
       "mcafee",
       {{"ann@example.org", "5.1.1 <ann@example.org>... User unknown"}}},
      {"surfcontrol",
       "From: Mail Delivery <postmaster@mx.example.net>\nSubject: Message delivery failed\n",
       "Your message could not be sent.\nA transcript of the attempts to send the message "
       "follows.\n"
       "The number of attempts made: 1\nAddressed To: ann@example.org\n\n"
       "Sun 22 Nov 2026 08:00:00 +0000\nFailed to send to identified host,\n"
       "ann@example.org: [192.0.2.1], 550 ann@example.org... No such user\n\n"
       "--- Message non-deliverable.\n",
       "surfcontrol",
       {{"ann@example.org",
         "Sun 22 Nov 2026 08:00:00 +0000 Failed to send to identified host, ann@example.org: "
         "[192.0.2.1], 550 ann@example.org... No such user"}}},
      {"interscan",
       "From: Mail Delivery <postmaster@mx.example.net>\nSubject: Mail Delivery System\n",
       "Sent >>> RCPT TO: <ann@example.org>\nReceived <<< 550 5.1.1 no such user\n"
       "Unable to deliver message to <ann@example.org>\n",
       "trendmicro",
       {{"ann@example.org", "550 5.1.1 no such user"}}},
      {"m-filter",
       "From: POSTMASTER <postmaster@mx.example.net>\nSubject: failure notice\n",
       "\xe4\xbb\xa5\xe4\xb8\x8b\xe3\x81\xae\xe3\x83\xa1\xe3\x83\xbc\xe3\x83\xab\xe3\x82\xa2\xe3"
       "\x83\x89\xe3\x83\xac\xe3\x82\xb9\xe3\x81\xb8\xe3\x81\xae\xe9\x80\x81\xe4\xbf\xa1\xe3\x81"
       "\xab\xe5\xa4\xb1\xe6\x95\x97\xe3\x81\x97\xe3\x81\xbe\xe3\x81\x97\xe3\x81\x9f\xe3\x80\x82\n"
       "ann@example.org\n\n\n-------server message\n550 5.1.1 no such user\n\n"
       "-------SMTP command\nDATA\n\n-------original message\nReceived: from a by b\nFrom: "
       "a@b.example\n",
       "mfilter",
       {{"ann@example.org", "550 5.1.1 no such user"}}},
      {"active!hunter",
       "From: MAILER-DAEMON@mx.example.net\nSubject: FAILURE NOTICE : Minutes\nX-AHMailID: 1\n",
       "  ----- The following addresses had permanent fatal errors -----\n\n"
       ">>> ann@example.org <ann@example.org>\n\n  ----- Transcript of session follows -----\n"
       "550 sorry, no mailbox here by that name (#5.1.1 - chkusr)\n",
       "activehunter",
       {{"ann@example.org", "550 sorry, no mailbox here by that name (#5.1.1 - chkusr)"}}},
      {"amavis",
       "From: \"Content-filter at mx.example.net\" <postmaster@mx.example.net>\nSubject: "
       "Undeliverable mail\n",
       "The message WAS NOT relayed to:\n<ann@example.org>:\n   550 5.7.0 Reject, BANNED: .exe\n\n",
       "amavis",
       {{"ann@example.org", "550 5.7.0 Reject, BANNED: .exe"}}},
      {"ironport",
       kDaemon,
       "The following message to <ann@example.org> was undeliverable.\n"
       "The reason for the problem:\n5.1.0 - Unknown address error 550-'5.1.1 no such user'\n",
       "ironport",
       {{"ann@example.org",
         "The reason for the problem: 5.1.0 - Unknown address error 550-'5.1.1 no such user'"}}},
      {"unknown, in brackets",
       kDaemon,
       "---The following addresses had delivery errors---\n\nann@example.org [User unknown]\n\n",
       "",
       {{"ann@example.org", "User unknown"}}},
  }));
  bounce::test::check(test);
}

TEST_CASE("words of a system alone make no notice", "[bounce]") {
  const std::string text =
      "Hi. This is the qmail-send program at mx.example.net.\n"
      "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
      "<ann@example.org>:\nno such user\n";

  struct Row {
    std::string header;
    bool is_notice;
  };

  auto row = GENERATE_COPY(values<Row>({
      {"From: Bob <bob@example.com>\nSubject: What does this mean?\n", false},
      {"From: Bob <bob@example.com>\nSubject: Re: failure notice\n", false},
      {"Return-Path: <bob@example.com>\nFrom: Bob <bob@example.com>\nSubject: Fwd: failure "
       "notice\n",
       false},
      {"From: Bob <bob@example.com>\nReturn-Path: <>\nSubject: x\n", true},
      {"From: MAILER-DAEMON@example.com\nSubject: x\n", true},
      {"From: a@example.com\nSubject: failure notice\n", true},
  }));
  INFO(row.header);
  auto octets = mail_of(row.header, text);
  CHECK(read_layout(take_apart(octets)).has_value() == row.is_notice);
}

TEST_CASE("an automatic answer is no bounce, whatever it begins with", "[bounce]") {
  auto text = GENERATE(values<std::string>({
      "Your message to <help@example.org> has been received. Your ticket is 17.\n",
      "Your message to:\nhelp@example.org\nhas been received.\n",
      "Your mail sent on Sunday has been read.\n",
  }));
  INFO(text);
  auto octets = mail_of("Return-Path: <>\nFrom: help@example.org\nSubject: Ticket 17\n", text);
  CHECK_FALSE(read_layout(take_apart(octets)).has_value());
}

TEST_CASE("a cut or hostile notice is read as far as it goes", "[bounce]") {
  struct Row {
    std::string what;
    std::string text;
    std::size_t failures;
  };

  std::string many = "The following addresses had permanent fatal errors -----\n";
  for (int i = 0; i < 20000; ++i) many += "<a" + std::to_string(i) + "@example.org>\n";
  std::string session = "   ----- Transcript of session follows -----\n";
  for (int i = 0; i < 20000; ++i)
    session += ">>> RCPT To:<a" + std::to_string(i) + "@example.org>\n<<< 550 no\n";
  auto row = GENERATE_COPY(values<Row>({
      {"ends behind the mark", "Hi. This is the qmail-send program at mx.example.net.", 0},
      {"ends within an address", "Hi. This is the qmail-send program\n\n<ann@exam", 0},
      {"ends behind the address", "Hi. This is the qmail-send program\n\n<ann@example.org>:", 1},
      {"bracket without address", "Hi. This is the qmail-send program\n\n<:\nx\n", 1},
      {"at signs", "There was an error delivering your mail to <" + std::string(100000, '@'), 0},
      {"one long line",
       "The following addresses had delivery problems\n" + std::string(1 << 20, 'a'), 0},
      {"table without recipient",
       "Your message cannot be delivered to the following recipients:\nReason: x\n", 0},
      {"more recipients than are kept", many, kMostCollected},
      {"more refusals than are kept", session, 1000},
  }));
  INFO(row.what);
  auto octets = mail_of(kDaemon, row.text);
  auto reading = read_layout(take_apart(octets));
  REQUIRE(reading.has_value());
  CHECK(reading->failures.size() == row.failures);
}

TEST_CASE("a reply that many share is kept once in full, not for each", "[bounce]") {
  std::string text = "The message WAS NOT relayed to:\n";
  for (int i = 0; i < 5000; ++i) text += "<a" + std::to_string(i) + "@example.org>:\n";
  text += "   " + std::string(50000, 'x') + "\n";
  auto octets = mail_of(kDaemon, text);
  auto reading = read_layout(take_apart(octets));
  REQUIRE(reading.has_value());
  REQUIRE(reading->failures.size() == 5000);
  CHECK(reading->failures.front().diagnostic.size() == 2048);
}

TEST_CASE("a reply is kept up to its limit", "[bounce]") {
  auto size = GENERATE(limits::kDiagnostic - 1, limits::kDiagnostic, limits::kDiagnostic + 1);
  auto octets = mail_of(kDaemon, "Hi. This is the qmail-send program\n\n<ann@example.org>:\n" +
                                     std::string(size, 'x') + "\n");
  auto reading = read_layout(take_apart(octets));
  REQUIRE(reading.has_value());
  REQUIRE(reading->failures.size() == 1);
  CHECK(reading->failures[0].diagnostic.size() == std::min(size, limits::kDiagnostic));
}
