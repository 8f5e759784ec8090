#include "maillog/exim.hpp"

#include <catch2/catch.hpp>

#include "events.hpp"

using namespace mailtrust::maillog;

namespace {

struct Row {
  const char* what;
  std::string line;  // behind "2026-11-22 09:00:00 "
  Strings events;
};

}  // namespace

TEST_CASE("one line of Exim") {
  auto row = GENERATE(values<Row>({
      {"taken in",
       "1tBcDe-000001-AB <= a@example.net H=c.example.net (helo) [198.51.100.9]:41000 P=esmtps "
       "X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=no S=1234 id=x@example.net",
       {"queued exim 1tBcDe-000001-AB from=<a@example.net> by 198.51.100.9"}},
      {"a bounce of its own, ids of 4.97",
       "1tBcDe-00000000ABC-01ab <= <> R=1tBcDe-00000000ABD-02ab U=Debian-exim P=local S=1234",
       {"queued exim 1tBcDe-00000000ABC-01ab from=<>"}},
      {"delivered",
       "1tBcDe-000001-AB => jo@example.com F=<a@example.net> P=<a@example.net> "
       "R=dnslookup T=remote_smtp S=1300 H=mx.example.com [192.0.2.7]:25 "
       "I=[203.0.113.5]:33000 X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=yes DN=\"/CN=mx, H=no [x]\" "
       "K C=\"250 2.0.0 \\\"Ok\\\": queued as 77\" QT=1s DT=0.2s",
       {"delivered exim 1tBcDe-000001-AB from=<a@example.net> to=<jo@example.com> by 203.0.113.5 "
        "at "
        "mx.example.com[192.0.2.7] {250 2.0.0 \\\"Ok\\\": queued as 77}"}},
      {"another recipient of it, with pid",
       "[4711] 1tBcDe-000001-AB -> ko@example.com <list@example.net> R=dnslookup T=remote_smtp "
       "H=mx.example.com [2001:db8::7] C=\"250 ok\"",
       {"delivered exim 1tBcDe-000001-AB to=<ko@example.com> orig=<list@example.net> at "
        "mx.example.com[2001:db8::7] {250 ok}"}},
      {"a mailbox here",
       "1tBcDe-000001-AB => jo <jo@mx.example> R=local_user T=mail_spool",
       {"delivered exim 1tBcDe-000001-AB to=<jo@mx.example>"}},
      {"a pipe here",
       "1tBcDe-000001-AB => |/usr/bin/procmail <jo@mx.example> R=userforward "
       "T=address_pipe",
       {"delivered exim 1tBcDe-000001-AB to=<jo@mx.example>"}},
      {"swallowed",
       "1tBcDe-000001-AB => :blackhole: <jo@mx.example> R=system_aliases",
       {"delivered exim 1tBcDe-000001-AB to=<jo@mx.example>"}},
      {"with all parents",
       "1tBcDe-000001-AB => jo@b.example (k@b.example, l@b.example) "
       "<m@mx.example> R=dnslookup T=remote_smtp H=mx [192.0.2.7]",
       {"delivered exim 1tBcDe-000001-AB to=<jo@b.example> orig=<m@mx.example> at mx[192.0.2.7]"}},
      {"-N delivers nothing", "1tBcDe-000001-AB *> jo@example.com R=dnslookup T=remote_smtp", {}},
      {"refused by the other side",
       "1tBcDe-000001-AB ** jo@example.com F=<a@example.net> R=dnslookup T=remote_smtp "
       "H=mx.example.com [192.0.2.7]:25 X=TLS1.2:ECDHE:256 CV=yes: SMTP error from remote mail "
       "server after RCPT TO:<jo@example.com>: 550-5.1.1 The account\\n550 5.1.1 does not exist",
       {"failed exim 1tBcDe-000001-AB from=<a@example.net> to=<jo@example.com> at "
        "mx.example.com[192.0.2.7] {SMTP error from remote mail server after RCPT "
        "TO:<jo@example.com>: 550-5.1.1 The account\n550 5.1.1 does not exist}"}},
      {"the same before 4.88",
       "1tBcDe-000001-AB ** jo@example.com R=dnslookup T=remote_smtp: SMTP error from remote mail "
       "server after RCPT TO:<jo@example.com>: host mx.example.com [192.0.2.7]: 550 no",
       {"failed exim 1tBcDe-000001-AB to=<jo@example.com> at mx.example.com[192.0.2.7] {SMTP error "
        "from remote mail server after RCPT TO:<jo@example.com>: host mx.example.com [192.0.2.7]: "
        "550 no}"}},
      {"no route",
       "1tBcDe-000001-AB ** jo@nowhere.example: Unrouteable address",
       {"failed exim 1tBcDe-000001-AB to=<jo@nowhere.example> {Unrouteable address}"}},
      {"no route, by an alias",
       "1tBcDe-000001-AB ** jo@nowhere.example <root@mx.example>: Unrouteable address",
       {"failed exim 1tBcDe-000001-AB to=<jo@nowhere.example> orig=<root@mx.example> {Unrouteable "
        "address}"}},
      {"a transport that failed here",
       "1tBcDe-000001-AB ** jo@mx.example R=lmtp T=lmtp: error from a transport",
       {"failed exim 1tBcDe-000001-AB to=<jo@mx.example> {error from a transport}"}},
      {"given up",
       "1tBcDe-000001-AB ** jo@example.com R=dnslookup T=remote_smtp H=mx [192.0.2.7]: "
       "Connection timed out: retry timeout exceeded",
       {"failed(expired) exim 1tBcDe-000001-AB to=<jo@example.com> at mx[192.0.2.7] {Connection "
        "timed out: retry timeout exceeded}"}},
      {"put off by a reply",
       "1tBcDe-000001-AB == jo@example.com R=dnslookup T=remote_smtp defer (-44) H=mx.example.com "
       "[192.0.2.7]:25: SMTP error from remote mail server after RCPT TO:<jo@example.com>: 450 "
       "4.2.0 "
       "Greylisted",
       {"deferred exim 1tBcDe-000001-AB to=<jo@example.com> at mx.example.com[192.0.2.7] {SMTP "
        "error "
        "from remote mail server after RCPT TO:<jo@example.com>: 450 4.2.0 Greylisted}"}},
      {"put off by the network",
       "1tBcDe-000001-AB == jo@example.com R=dnslookup T=remote_smtp defer (111): Connection "
       "refused "
       "H=mx.example.com [192.0.2.7]:25",
       {"deferred exim 1tBcDe-000001-AB to=<jo@example.com> at mx.example.com[192.0.2.7] "
        "{Connection "
        "refused H=mx.example.com [192.0.2.7]:25}"}},
      {"put off before 4.88",
       "1tBcDe-000001-AB == jo@example.com R=dnslookup T=remote_smtp defer (-53): retry time not "
       "reached for any host",
       {"deferred exim 1tBcDe-000001-AB to=<jo@example.com> {retry time not reached for any "
        "host}"}},
      {"refused at the door",
       "H=c.example.net (helo) [198.51.100.9]:41000 F=<a@example.net> rejected RCPT "
       "<nobody@mx.example>: Unrouteable address",
       {"rejected exim from=<a@example.net> to=<nobody@mx.example> by 198.51.100.9 {Unrouteable "
        "address}"}},
      {"refused for now, without a name",
       "[4711] H=[198.51.100.9] X=TLS1.3:A:256 CV=no F=<> temporarily rejected RCPT jo@mx.example: "
       "greylisted",
       {"rejected exim from=<> to=<jo@mx.example> by 198.51.100.9 {greylisted}"}},
      {"refused after DATA",
       "1tBcDe-000001-AB H=c.example.net [198.51.100.9] F=<a@example.net> rejected after DATA: "
       "spam",
       {"rejected exim 1tBcDe-000001-AB from=<a@example.net> by 198.51.100.9 {spam}"}},
      {"a verification that failed",
       "H=c.example.net [198.51.100.9] sender verify fail for <a@example.net>: no",
       {}},
      {"a queue run", "Start queue run: pid=4711", {}},
      {"no id", "1tBcDe-00001-AB => jo@example.com R=dnslookup", {}},
  }));
  INFO(row.what);
  CHECK(read_log("2026-11-22 09:00:00 " + row.line + "\n").events == row.events);
}

TEST_CASE("lines of Exim that somebody forged from outside") {
  auto row = GENERATE(values<Row>({
      {"a quoted sender",
       "1tBcDe-000001-AB <= \"a H=x [192.0.2.1]\"@example.net H=c.example.net [198.51.100.9] "
       "P=smtp",
       {"queued exim 1tBcDe-000001-AB from=<\"a H=x [192.0.2.1]\"@example.net> by 198.51.100.9"}},
      {"a quoted recipient",
       "1tBcDe-000001-AB ** \"a: x <b@c> => d\"@example.com R=dnslookup T=remote_smtp H=mx "
       "[192.0.2.7]: no",
       {"failed exim 1tBcDe-000001-AB to=<\"a: x <b@c> => d\"@example.com> at mx[192.0.2.7] {no}"}},
      {"a reply with fields",
       "1tBcDe-000001-AB => jo@example.com R=dnslookup T=remote_smtp H=mx [192.0.2.7] C=\"250 "
       "ok\\\" "
       "H=evil [192.0.2.66] F=<x@y>\"",
       {"delivered exim 1tBcDe-000001-AB to=<jo@example.com> at mx[192.0.2.7] {250 ok\\\" H=evil "
        "[192.0.2.66] F=<x@y>}"}},
      {"a sender that looks like the verdict",
       "H=c [198.51.100.9] F=<\"a> rejected RCPT <victim@example.com>: x\"@b.example> rejected "
       "RCPT "
       "<jo@mx.example>: no",
       {"rejected exim from=<\"a> rejected RCPT <victim@example.com>: x\"@b.example> "
        "to=<jo@mx.example> by 198.51.100.9 {no}"}},
  }));
  INFO(row.what);
  CHECK(read_log("2026-11-22 09:00:00 " + row.line + "\n").events == row.events);
}

TEST_CASE("a message in Exim, from its arrival until it is completed") {
  auto log =
      "2026-11-22 09:00:00.123 +0100 [12] 1tBcDe-000001-AB <= a@example.net U=a P=local S=300\n"
      "2026-11-22 09:00:01.123 +0100 [13] 1tBcDe-000001-AB == x@example.com R=r T=t defer (110): "
      "Connection timed out\n"
      "2026-11-22 09:00:02.123 +0100 [13] 1tBcDe-000001-AB => y@example.com R=r T=t H=mx "
      "[192.0.2.7]\n"
      "2026-11-22 09:00:03.123 +0100 [13] 1tBcDe-000001-AB Completed\n"
      "2026-11-22 09:00:04.123 +0100 [13] 1tBcDe-000001-AB => z@example.com R=r T=t H=mx "
      "[192.0.2.7]\n";
  auto reading = read_log(log);
  CHECK(
      reading.events ==
      Strings{"queued exim 1tBcDe-000001-AB from=<a@example.net>",
              "deferred exim 1tBcDe-000001-AB from=<a@example.net> to=<x@example.com> {Connection "
              "timed out}",
              "delivered exim 1tBcDe-000001-AB from=<a@example.net> to=<y@example.com> at "
              "mx[192.0.2.7]",
              "delivered exim 1tBcDe-000001-AB to=<z@example.com> at mx[192.0.2.7]"});
  CHECK(reading.times.front() == 1795334400);
}

TEST_CASE("what Exim gives up has the reason of its last try") {
  auto log =
      "2026-11-22 09:00:00 1tBcDe-000001-AB <= a@example.net U=a P=local S=300\n"
      "2026-11-22 09:00:01 1tBcDe-000001-AB == x@example.com R=r T=t defer (-44) H=mx [192.0.2.7]: "
      "452 4.2.2 full\n"
      "2026-11-22 09:00:01 1tBcDe-000001-AB == y@example.com routing defer (-52): retry time not "
      "reached\n"
      "2026-11-22 09:00:01 1tBcDe-000001-AB == x@example.com R=r T=t defer (-53): retry time not "
      "reached for any host\n"
      "2026-11-22 09:00:02 1tBcDe-000001-AB ** x@example.com: retry timeout exceeded\n"
      "2026-11-22 09:00:02 1tBcDe-000001-AB ** z@example.com: retry timeout exceeded\n";
  auto reading = read_log(log);
  CHECK(reading.counts.damaged == 0);
  REQUIRE(reading.events.size() == 5);
  CHECK(reading.events[2] ==
        "deferred exim 1tBcDe-000001-AB from=<a@example.net> to=<y@example.com> {retry time not "
        "reached}");
  CHECK(
      reading.events[3] ==
      "failed(expired) exim 1tBcDe-000001-AB from=<a@example.net> to=<x@example.com> at mx[] {452 "
      "4.2.2 full}");
  CHECK(reading.events[4] ==
        "failed(expired) exim 1tBcDe-000001-AB from=<a@example.net> to=<z@example.com> {retry "
        "timeout "
        "exceeded}");
}

TEST_CASE("Exim by syslog, with and without its own time") {
  auto with = GENERATE(as<std::string>(), "", "2026-11-22 09:00:00 ", "2026-11-22 09:00:00 [7] ");
  auto log =
      "Nov 22 09:00:00 mx exim[7]: " + with + "1tBcDe-000001-AB <= a@example.net P=local S=3\n";
  auto reading = read_log(log);
  CHECK(reading.events == Strings{"queued exim 1tBcDe-000001-AB from=<a@example.net>"});
  CHECK(reading.times == std::vector<std::int64_t>{1795338000});
}
