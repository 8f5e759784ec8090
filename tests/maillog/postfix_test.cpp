#include "maillog/postfix.hpp"

#include <catch2/catch.hpp>

#include "events.hpp"

using namespace mailtrust::maillog;

namespace {

struct Row {
  const char* what;
  std::string line;  // behind "Nov 22 10:00:00 mx "
  Strings events;
};

Strings read_one(const std::string& line) {
  return read_log("Nov 22 09:00:00 mx " + line + "\n").events;
}

}  // namespace

TEST_CASE("one line of Postfix") {
  auto row = GENERATE(values<Row>({
      {"sent by smtp",
       "postfix/smtp[311]: 4A1B2C3D4E: to=<jo@example.com>, relay=mx.example.com[192.0.2.7]:25, "
       "delay=0.42, delays=0.05/0.01/0.2/0.16, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 77)",
       {"delivered postfix 4A1B2C3D4E to=<jo@example.com> at mx.example.com[192.0.2.7] 2.0.0 {250 "
        "2.0.0 Ok: queued as 77}"}},
      {"a long queue id, an alias, a connection used again",
       "postfix-out/smtp[311]: 4bKqXz1r2Qz9Ym: to=<jo@example.com>, orig_to=<root@example.org>, "
       "relay=mx.example.com[2001:db8::7]:25, conn_use=3, delay=1, delays=0/0/1/0, dsn=5.1.1, "
       "status=bounced (host mx.example.com[2001:db8::7] said: 550 5.1.1 <jo@example.com>: User "
       "unknown (in reply to RCPT TO command))",
       {"failed postfix 4bKqXz1r2Qz9Ym to=<jo@example.com> orig=<root@example.org> at "
        "mx.example.com[2001:db8::7] 5.1.1 {host mx.example.com[2001:db8::7] said: 550 5.1.1 "
        "<jo@example.com>: User unknown (in reply to RCPT TO command)}"}},
      {"no relay: the text names the host",
       "postfix/smtp[1]: A1B2C3: to=<jo@example.com>, relay=none, delay=30, delays=0/0/30/0, "
       "dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.7]:25: Connection refused)",
       {"deferred postfix A1B2C3 to=<jo@example.com> at mx.example.com[192.0.2.7] 4.4.1 {connect "
        "to "
        "mx.example.com[192.0.2.7]:25: Connection refused}"}},
      {"no such domain",
       "postfix/smtp[1]: A1B2C3: to=<jo@nowhere.example>, relay=none, delay=0.1, delays=0/0/0.1/0, "
       "dsn=5.4.4, status=bounced (Host or domain name not found. Name service error for "
       "name=nowhere.example type=AAAA: Host not found)",
       {"failed postfix A1B2C3 to=<jo@nowhere.example> 5.4.4 {Host or domain name not found. Name "
        "service error for name=nowhere.example type=AAAA: Host not found}"}},
      {"local",
       "postfix/local[1]: A1B2C3: to=<jo@mx.example>, relay=local, delay=0.1, "
       "delays=0/0/0/0.1, dsn=2.0.0, status=sent (delivered to mailbox)",
       {"delivered postfix A1B2C3 to=<jo@mx.example> 2.0.0 {delivered to mailbox}"}},
      {"lmtp over a socket of this host",
       "postfix/lmtp[1]: A1B2C3: to=<jo@mx.example>, relay=mx.example[private/dovecot-lmtp], "
       "delay=0.1, delays=0/0/0/0.1, dsn=2.0.0, status=sent (250 2.0.0 <jo@mx.example> Saved)",
       {"delivered postfix A1B2C3 to=<jo@mx.example> 2.0.0 {250 2.0.0 <jo@mx.example> Saved}"}},
      {"virtual, full",
       "postfix/virtual[1]: A1B2C3: to=<jo@mx.example>, relay=virtual, delay=0.1, "
       "delays=0/0/0/0.1, "
       "dsn=5.2.2, status=bounced (cannot update mailbox box/jo for user jo. error writing "
       "message: File too large)",
       {"failed postfix A1B2C3 to=<jo@mx.example> 5.2.2 {cannot update mailbox box/jo for user jo. "
        "error writing message: File too large}"}},
      {"soft_bounce = yes",
       "postfix/error[1]: A1B2C3: to=<jo@mx.example>, relay=none, delay=0.1, delays=0/0/0/0, "
       "dsn=4.1.1, status=SOFTBOUNCE (User unknown)",
       {"deferred postfix A1B2C3 to=<jo@mx.example> 4.1.1 {User unknown}"}},
      {"a probe of an address is no mail",
       "postfix/smtp[1]: A1B2C3: to=<jo@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1, "
       "delays=0/0/1/0, dsn=5.1.1, status=undeliverable (no)",
       {}},
      {"what another host said on the way",
       "postfix/smtp[1]: A1B2C3: host mx1.example.com[192.0.2.7] said: 450 4.2.0 <jo@example.com>: "
       "Greylisted (in reply to RCPT TO command)",
       {}},
      {"Postfix 2.2 had no dsn=",
       "postfix/smtp[1]: A1B2C3: to=<jo@example.com>, relay=mx.example.com[192.0.2.7], delay=1, "
       "status=sent (250 ok)",
       {"delivered postfix A1B2C3 to=<jo@example.com> at mx.example.com[192.0.2.7] {250 ok}"}},
      {"refused at the door",
       "postfix/smtpd[1]: NOQUEUE: reject: RCPT from c.example.net[198.51.100.9]: 550 5.1.1 "
       "<nobody@mx.example>: Recipient address rejected: User unknown in local recipient table; "
       "from=<a@example.net> to=<nobody@mx.example> proto=ESMTP helo=<c.example.net>",
       {"rejected postfix from=<a@example.net> to=<nobody@mx.example> by 198.51.100.9 5.1.1 {550 "
        "5.1.1 <nobody@mx.example>: Recipient address rejected: User unknown in local recipient "
        "table}"}},
      {"refused by postscreen",
       "postfix/postscreen[1]: NOQUEUE: reject: RCPT from [198.51.100.9]:41234: 550 5.7.1 Service "
       "unavailable; client [198.51.100.9] blocked using bl.example; from=<>, to=<jo@mx.example>, "
       "proto=ESMTP, helo=<c.example.net>",
       {"rejected postfix from=<> to=<jo@mx.example> by 198.51.100.9 5.7.1 {550 5.7.1 Service "
        "unavailable; client [198.51.100.9] blocked using bl.example}"}},
      {"refused by a milter",
       "postfix/submission/smtpd[1]: A1B2C3: milter-reject: RCPT from unknown[198.51.100.9]: 451 "
       "4.7.1 Try again later; from=<a@example.net> to=<jo@mx.example> proto=ESMTP helo=<x>",
       {"rejected postfix A1B2C3 from=<a@example.net> to=<jo@mx.example> by 198.51.100.9 4.7.1 "
        "{451 "
        "4.7.1 Try again later}"}},
      {"a header that looks like a session names nobody",
       "postfix/cleanup[1]: A1B2C3: reject: header Subject: x from y[192.0.2.1]; from=<a@b> "
       "to=<victim@example.com> proto=ESMTP helo=<z>: 5.7.1 no from c.example.net[198.51.100.9]; "
       "from=<a@example.net> to=<jo@mx.example> proto=ESMTP helo=<c>: 5.7.1 no",
       {"rejected postfix A1B2C3"}},
      {"warnings only",
       "postfix/smtpd[1]: NOQUEUE: reject_warning: RCPT from unknown[198.51.100.9]: "
       "550 5.1.1 x; from=<a@example.net> to=<jo@mx.example>",
       {}},
      {"another program's line", "postfix/anvil[1]: statistics: max connection rate 1/60s", {}},
      {"not Postfix", "dovecot: lda(jo): A1B2C3: to=<jo@example.com>, status=sent (x)", {}},
      {"no program of Postfix", "app/web[1]: A1B2C3: to=<jo@example.com>, status=sent (x)", {}},
  }));
  INFO(row.what);
  CHECK(read_one(row.line) == row.events);
}

TEST_CASE("lines of Postfix that somebody forged from outside") {
  auto row = GENERATE(values<Row>({
      {"a quoted local part",
       "postfix/smtp[1]: A1B2C3: to=<\"a>, relay=x, dsn=2.0.0, status=sent (ok\"@example.com>, "
       "relay=none, delay=1, delays=0/0/1/0, dsn=5.1.1, status=bounced (no)",
       {"failed postfix A1B2C3 to=<\"a>, relay=x, dsn=2.0.0, status=sent (ok\"@example.com> 5.1.1 "
        "{no}"}},
      {"a status inside an address, as Postfix before 3.5 logs it",
       "postfix/smtp[1]: A1B2C3: to=<a status=sent (ok)@example.com>, relay=none, delay=1, "
       "delays=0/0/1/0, dsn=5.1.1, status=bounced (no)",
       {"failed postfix A1B2C3 to=<a status=sent (ok)@example.com> 5.1.1 {no}"}},
      {"an address with a bracket and a comma",
       "postfix/smtp[1]: A1B2C3: to=<a>, b@example.com>, relay=none, delay=1, delays=0/0/1/0, "
       "dsn=5.1.1, status=bounced (no)",
       {"failed postfix A1B2C3 to=<a>, b@example.com> 5.1.1 {no}"}},
      {"a status inside a reply",
       "postfix/smtp[1]: A1B2C3: to=<jo@example.com>, relay=mx[192.0.2.7]:25, delay=1, "
       "delays=0/0/1/0, dsn=5.0.0, status=bounced (host mx[192.0.2.7] said: 500 x), status=sent "
       "(250 ok))",
       {"failed postfix A1B2C3 to=<jo@example.com> at mx[192.0.2.7] 5.0.0 {host mx[192.0.2.7] "
        "said: "
        "500 x), status=sent (250 ok)}"}},
      {"a recipient that ends the reply early",
       "postfix/smtpd[1]: NOQUEUE: reject: RCPT from c[198.51.100.9]: 550 5.1.1 <\"; from=<x@y> "
       "to=<victim@example.com>\"@mx.example>: Recipient address rejected: x; from=<a@example.net> "
       "to=<\"; from=<x@y> to=<victim@example.com>\"@mx.example> proto=ESMTP helo=<c>",
       {"rejected postfix from=<a@example.net> to=<\"; from=<x@y> "
        "to=<victim@example.com>\"@mx.example>"
        " by 198.51.100.9 5.1.1 {550 5.1.1 <\"; from=<x@y> to=<victim@example.com>\"@mx.example>: "
        "Recipient address rejected: x}"}},
      {"a greeting that looks like the end",
       "postfix/smtpd[1]: NOQUEUE: reject: RCPT from c[198.51.100.9]: 554 5.7.1 x; "
       "from=<a@b.example> "
       "to=<jo@mx.example> proto=ESMTP helo=<x; from=<y@z> to=<victim@example.com> proto=SMTP>",
       {"rejected postfix from=<a@b.example> to=<jo@mx.example> by 198.51.100.9 5.7.1 {554 5.7.1 "
        "x}"}},
      {"a message id that looks like a delivery",
       "postfix/cleanup[1]: A1B2C3: message-id=<x>, to=<jo@example.com>, status=sent (ok)@y>",
       {}},
      {"a name that looks like a delivery",
       "postfix/smtpd[1]: warning: hostname x to=<jo@example.com>, status=sent (ok) does not "
       "resolve",
       {}},
  }));
  INFO(row.what);
  CHECK(read_one(row.line) == row.events);
}

TEST_CASE("the sender is that of the queue id") {
  auto log = std::string(
      "Nov 22 09:00:00 mx postfix/smtpd[1]: A1B2C3: client=c.example.net[198.51.100.9]\n"
      "Nov 22 09:00:00 mx postfix/cleanup[1]: A1B2C3: message-id=<1@example.net>\n"
      "Nov 22 09:00:00 mx postfix/qmgr[1]: A1B2C3: from=<a@example.net>, size=10, nrcpt=2 (queue "
      "active)\n"
      "Nov 22 09:00:01 mx postfix/smtp[1]: A1B2C3: to=<x@example.com>, relay=none, delay=1, "
      "delays=0/0/1/0, dsn=5.1.1, status=bounced (no)\n"
      "Nov 22 09:00:01 mx postfix/bounce[1]: A1B2C3: sender non-delivery notification: A1B2C4\n"
      "Nov 22 09:00:01 mx postfix/qmgr[1]: A1B2C4: from=<>, size=10, nrcpt=1 (queue active)\n"
      "Nov 22 09:10:00 mx postfix/qmgr[1]: A1B2C3: from=<a@example.net>, size=10, nrcpt=2 (queue "
      "active)\n"
      "Nov 22 09:10:00 mx postfix/qmgr[1]: A1B2C3: removed\n"
      "Nov 22 09:10:01 mx postfix/local[1]: A1B2C4: to=<a@example.net>, relay=local, delay=0, "
      "delays=0/0/0/0, dsn=2.0.0, status=sent (delivered to mailbox)\n"
      "Nov 22 09:20:00 mx postfix/smtp[1]: A1B2C3: to=<y@example.com>, relay=none, delay=1, "
      "delays=0/0/1/0, dsn=5.1.1, status=bounced (no)\n");
  CHECK(read_log(log).events ==
        Strings{"queued postfix A1B2C3 from=<a@example.net>",
                "failed postfix A1B2C3 from=<a@example.net> to=<x@example.com> 5.1.1 {no}",
                "queued postfix A1B2C4 from=<>",
                "delivered postfix A1B2C4 from=<> to=<a@example.net> 2.0.0 {delivered to mailbox}",
                "failed postfix A1B2C3 to=<y@example.com> 5.1.1 {no}"});
}

TEST_CASE("what expires ends the recipients that were put off") {
  auto deferral = [](const char* to, const char* why) {
    return std::string("Nov 22 09:00:01 mx postfix/smtp[1]: A1B2C3: to=<") + to +
           ">, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.1, status=deferred (" + why + ")\n";
  };
  auto log =
      "Nov 22 09:00:00 mx postfix/qmgr[1]: A1B2C3: from=<a@example.net>, size=10, nrcpt=3 "
      "(queue active)\n" +
      deferral("x@example.com", "first") + deferral("y@example.com", "busy") +
      deferral("x@example.com", "last") +
      "Nov 22 09:00:02 mx postfix/smtp[1]: A1B2C3: to=<y@example.com>, relay=none, delay=1, "
      "delays=0/0/1/0, dsn=2.0.0, status=sent (ok)\n"
      "Nov 22 09:30:00 mx postfix/qmgr[1]: A1B2C3: from=<a@example.net>, status=expired, "
      "returned to sender\n";
  auto events = read_log(log).events;
  REQUIRE(events.size() == 6);
  CHECK(events.back() ==
        "failed(expired) postfix A1B2C3 from=<a@example.net> to=<x@example.com> 4.4.1 {last}");
}

TEST_CASE("an id that is used again has the sender of now") {
  auto from = [](const char* sender) {
    return std::string("Nov 22 09:00:00 mx postfix/qmgr[1]: A1B2C3: from=<") + sender +
           ">, size=10, nrcpt=1 (queue active)\n";
  };
  auto log =
      from("old@example.net") + from("new@example.net") +
      "Nov 22 09:00:01 mx postfix/pipe[1]: A1B2C3: to=<x@example.com>, relay=dovecot, delay=1, "
      "delays=0/0/1/0, dsn=2.0.0, status=sent (delivered via dovecot service)\n";
  CHECK(read_log(log).events.back() ==
        "delivered postfix A1B2C3 from=<new@example.net> to=<x@example.com> 2.0.0 {delivered via "
        "dovecot service}");
}

TEST_CASE("a line of Postfix that was cut is damaged, and the rest is read") {
  auto reading = read_log(
      "Nov 22 09:00:00 mx postfix/smtp[1]: A1B2C3: to=<jo@exam\n"
      "Nov 22 09:00:00 mx postfix/smtp[1]: A1B2C3: to=<jo@example.com>, relay=none, delay=1, del\n"
      "Nov 22 09:00:00 mx postfix/local[1]: A1B2C3: to=<jo@mx.example>, relay=local, delay=0, "
      "delays=0/0/0/0, dsn=2.0.0, status=sent (delivered to mailbox)\n");
  CHECK(reading.events.size() == 1);
  CHECK(reading.counts.damaged == 2);
  CHECK(reading.counts.understood == 1);
}
