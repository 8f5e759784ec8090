#include <string>

#include <catch2/catch.hpp>

#include "events.hpp"

using namespace mailtrust::maillog;

namespace {

struct Row {
  const char* what;
  std::string log;
  Strings events;
};

std::string sendmail(const std::string& text) {
  return "Nov 22 09:00:00 mx sm-mta[7]: " + text + "\n";
}

std::string opensmtpd(const std::string& text) {
  return "Nov 22 09:00:00 mx smtpd[7]: " + text + "\n";
}

}  // namespace

TEST_CASE("sendmail") {
  auto row = GENERATE(values<Row>({
      {"sent",
       sendmail("4AMA0x12345678: from=<a@example.net>, size=10, class=0, nrcpts=2, msgid=<x, "
                "nrcpts=9>, proto=ESMTP, daemon=MTA, relay=c.example.net [198.51.100.9]") +
           sendmail("4AMA0x12345678: to=<jo@example.com>,<ko@example.com>, ctladdr=<a@example.net> "
                    "(1001/1001), delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=30300, "
                    "relay=mx.example.com. [192.0.2.7], dsn=2.0.0, stat=Sent (ok: queued)") +
           sendmail("4AMA0x12345678: to=<lo@example.com>, delay=1, dsn=2.0.0, stat=Sent"),
       {"queued sendmail 4AMA0x12345678 from=<a@example.net>",
        "delivered sendmail 4AMA0x12345678 from=<a@example.net> to=<jo@example.com> at "
        "mx.example.com[192.0.2.7] 2.0.0 {Sent (ok: queued)}",
        "delivered sendmail 4AMA0x12345678 from=<a@example.net> to=<ko@example.com> at "
        "mx.example.com[192.0.2.7] 2.0.0 {Sent (ok: queued)}",
        "delivered sendmail 4AMA0x12345678 to=<lo@example.com> 2.0.0 {Sent}"}},
      {"no such user",
       sendmail(
           "4AMA0x12345678: to=<jo@example.com>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, "
           "pri=1, relay=mx.example.com. [192.0.2.7], dsn=5.1.1, stat=User unknown"),
       {"failed sendmail 4AMA0x12345678 to=<jo@example.com> at mx.example.com[192.0.2.7] 5.1.1 "
        "{User "
        "unknown}"}},
      {"refused",
       sendmail("4AMA0x12345678: to=<jo@example.com>, delay=1, relay=mx.example.com. "
                "[192.0.2.7], dsn=5.0.0, stat=Service unavailable"),
       {"failed sendmail 4AMA0x12345678 to=<jo@example.com> at mx.example.com[192.0.2.7] 5.0.0 "
        "{Service unavailable}"}},
      {"put off",
       sendmail("4AMA0x12345678: to=<jo@example.com>, delay=1, relay=mx.example.com., "
                "dsn=4.0.0, stat=Deferred: Connection refused by mx.example.com."),
       {"deferred sendmail 4AMA0x12345678 to=<jo@example.com> at mx.example.com[] 4.0.0 {Deferred: "
        "Connection refused by mx.example.com.}"}},
      {"only queued", sendmail("4AMA0x12345678: to=<jo@example.com>, delay=1, stat=queued"), {}},
      {"a file here, without dsn",
       sendmail("4AMA0x12345678: to=\"|/usr/bin/x, y\", ctladdr=jo (8/0), "
                "delay=1, mailer=prog, stat=unknown mailer error 1"),
       {"failed sendmail 4AMA0x12345678 to=<\"|/usr/bin/x, y\"> {unknown mailer error 1}"}},
      {"an address that looks like the end",
       sendmail("4AMA0x12345678: to=<\"a>, stat=Sent\"@example.com>, delay=1, dsn=5.1.1, stat=User "
                "unknown"),
       {"failed sendmail 4AMA0x12345678 to=<\"a>, stat=Sent\"@example.com> 5.1.1 {User unknown}"}},
      {"given up",
       sendmail("4AMA0x12345678: from=<a@example.net>, size=10, class=0, nrcpts=1, msgid=<x>") +
           sendmail(
               "4AMA0x12345678: to=<jo@example.com>, delay=5+00:00:01, dsn=4.4.2, stat=Deferred: "
               "Connection timed out") +
           sendmail(
               "4AMA0x12345678: 4AMA0x12345679: sender notify: Cannot send message for 5 days"),
       {"queued sendmail 4AMA0x12345678 from=<a@example.net>",
        "deferred sendmail 4AMA0x12345678 from=<a@example.net> to=<jo@example.com> 4.4.2 "
        "{Deferred: "
        "Connection timed out}",
        "failed(expired) sendmail 4AMA0x12345678 from=<a@example.net> to=<jo@example.com> 4.4.2 "
        "{Deferred: Connection timed out}"}},
      {"a bounce is written", sendmail("4AMA0x12345678: 4AMA0x12345679: DSN: User unknown"), {}},
      {"refused at the door",
       sendmail("4AMA0x12345678: ruleset=check_rcpt, arg1=<jo@example.com>, relay=c.example.net "
                "[198.51.100.9], reject=550 5.7.1 <jo@example.com>... Relaying denied"),
       {"rejected sendmail 4AMA0x12345678 to=<jo@example.com> by 198.51.100.9 {550 5.7.1 "
        "<jo@example.com>... Relaying denied}"}},
      {"nobody here",
       sendmail("4AMA0x12345678: <nobody@mx.example>... User unknown"),
       {"rejected sendmail 4AMA0x12345678 to=<nobody@mx.example> {User unknown}"}},
      {"a milter",
       sendmail("4AMA0x12345678: Milter: to=<jo@mx.example>, reject=451 4.7.1 later"),
       {"rejected sendmail 4AMA0x12345678 to=<jo@mx.example> {451 4.7.1 later}"}},
  }));
  INFO(row.what);
  CHECK(read_log(row.log).events == row.events);
}

TEST_CASE("OpenSMTPD") {
  auto row = GENERATE(values<Row>({
      {"7.x",
       opensmtpd("0123456789abcdef smtp connected address=198.51.100.9 host=c.example.net") +
           opensmtpd("0123456789abcdef smtp envelope evpid=aabbccdd00112233 from=<a@example.net> "
                     "to=<jo@example.com>") +
           opensmtpd("fedcba9876543210 mta delivery evpid=aabbccdd00112233 from=<a@example.net> "
                     "to=<jo@example.com> rcpt=<-> source=\"203.0.113.5\" relay=\"192.0.2.7 "
                     "(mx.example.com)\" delay=1s result=\"Ok\" stat=\"250 2.0.0 Ok\""),
       {"queued opensmtpd aabbccdd00112233 from=<a@example.net> to=<jo@example.com>",
        "delivered opensmtpd aabbccdd00112233 from=<a@example.net> to=<jo@example.com> by "
        "203.0.113.5 "
        "at mx.example.com[192.0.2.7] {250 2.0.0 Ok}"}},
      {"a mailbox here",
       opensmtpd(
           "fedcba9876543210 mda delivery evpid=aabbccdd00112233 from=<a@example.net> "
           "to=<jo@mx.example> rcpt=<list@mx.example> user=jo delay=0s result=Ok stat=Delivered"),
       {"delivered opensmtpd aabbccdd00112233 from=<a@example.net> to=<jo@mx.example> "
        "orig=<list@mx.example> {Delivered}"}},
      {"refused, 5.9",
       opensmtpd(
           "fedcba9876543210 mta event=delivery evpid=aabbccdd00112233 from=<a@example.net> "
           "to=<jo@example.com> rcpt=<-> source=\"203.0.113.5\" relay=\"192.0.2.7 (mx)\" delay=1s "
           "result=\"PermFail\" stat=\"550 5.1.1 no such user\""),
       {"failed opensmtpd aabbccdd00112233 from=<a@example.net> to=<jo@example.com> by 203.0.113.5 "
        "at "
        "mx[192.0.2.7] {550 5.1.1 no such user}"}},
      {"put off, 5.4",
       opensmtpd(
           "relay: TempFail for aabbccdd00112233: session=0123456789abcdef, from=<>, "
           "to=<jo@example.com>, rcpt=<->, source=203.0.113.5, relay=192.0.2.7 (mx), delay=1s, "
           "stat=450 4.2.0 later, please"),
       {"deferred opensmtpd aabbccdd00112233 from=<> to=<jo@example.com> by 203.0.113.5 at "
        "mx[192.0.2.7] {450 4.2.0 later, please}"}},
      {"given up",
       opensmtpd(
           "delivery: Expire for aabbccdd00112233: from=<a@example.net>, to=<jo@example.com>, "
           "rcpt=<jo@example.com>, delay=4d, stat=Envelope expired"),
       {"failed(expired) opensmtpd aabbccdd00112233 from=<a@example.net> to=<jo@example.com> "
        "{Envelope expired}"}},
      {"an address that looks like the end",
       opensmtpd("fedcba9876543210 mta delivery evpid=aabbccdd00112233 from=<a@example.net> "
                 "to=<\"x> result=Ok stat=y\"@example.com> rcpt=<-> source=\"-\" relay=\"mx "
                 "(192.0.2.7)\" "
                 "delay=1s result=\"PermFail\" stat=\"550 \\\"no\\\" result=Ok\""),
       {"failed opensmtpd aabbccdd00112233 from=<a@example.net> to=<\"x> result=Ok "
        "stat=y\"@example.com> at mx[192.0.2.7] {550 \\\"no\\\" result=Ok}"}},
      {"refused at the door",
       opensmtpd("0123456789abcdef smtp failed-command command=\"RCPT TO:<nobody@mx.example>\" "
                 "result=\"550 Invalid recipient: <nobody@mx.example>\""),
       {"rejected opensmtpd to=<nobody@mx.example> {550 Invalid recipient: <nobody@mx.example>}"}},
      {"a session", opensmtpd("smtp-out: Connected on session 0123456789abcdef"), {}},
  }));
  INFO(row.what);
  CHECK(read_log(row.log).events == row.events);
}

TEST_CASE("KumoMTA") {
  auto record = [](const std::string& type, const std::string& more) {
    return R"({"type":")" + type +
           R"(","id":"1d98","sender":"a@example.net","recipient":"jo@example.com","queue":"q",)"
           R"("site":"s","size":10,"timestamp":1795338000,"created":1795337000,"num_attempts":0,)" +
           more + "}\n";
  };
  const std::string reply =
      R"("response":{"code":550,"enhanced_code":{"class":5,"subject":1,"detail":1},"content":"no",)"
      R"("command":"RCPT TO"},"peer_address":{"name":"mx.example.com.","addr":"192.0.2.7"},)"
      R"("source_address":{"address":"203.0.113.5:41000","server":null})";
  auto expected = [](const std::string& kind) {
    return kind +
           " kumomta 1d98 from=<a@example.net> to=<jo@example.com> by 203.0.113.5 at "
           "mx.example.com.[192.0.2.7] 5.1.1 {550 5.1.1 no}";
  };
  auto row =
      GENERATE(values<std::pair<const char*, const char*>>({{"Bounce", "failed"},
                                                            {"OOB", "failed"},
                                                            {"AdminBounce", "failed"},
                                                            {"Expiration", "failed(expired)"},
                                                            {"TransientFailure", "deferred"},
                                                            {"Delivery", "delivered"}}));
  INFO(row.first);
  CHECK(read_log(record(row.first, reply)).events == Strings{expected(row.second)});
  CHECK(
      read_log(
          record("Feedback",
                 R"("feedback_report":{"feedback_type":"abuse","source_ip":"203.0.113.5",)"
                 R"("original_mail_from":"b@example.net","original_rcpt_to":["ko@example.com"]})"))
          .events == Strings{"complained kumomta 1d98 from=<b@example.net> to=<ko@example.com> by "
                             "203.0.113.5"});
  CHECK(read_log(record("Delayed", reply)).events.empty());
  CHECK(read_log("{\"type\":\"Bounce\",\n").counts.damaged == 1);
  CHECK(read_log("{\"a\":1}\n").counts.foreign == 1);
}

TEST_CASE("PowerMTA") {
  auto log = std::string(
      "type,timeLogged,timeQueued,orig,rcpt,orcpt,dsnAction,dsnStatus,dsnDiag,dsnMta,bounceCat,"
      "dlvSourceIp,dlvDestinationIp,vmta,envId\r\n"
      "d,2026-11-22 10:00:00+0100,2026-11-22 "
      "09:59:00+0100,a@example.net,jo@example.com,,relayed,2.0.0 "
      "(success),\"smtp;250 2.0.0 \"\"Ok\"\", queued\",mx.example.com (192.0.2.7),,203.0.113.5,"
      "192.0.2.7,v1,e1\r\n"
      "b,1795338000,,a@example.net,\"\"\"x,d\"\"@example.com\",,failed,5.1.1 (bad "
      "destination),smtp;550 5.1.1 "
      "no,mx.example.com (192.0.2.7),bad-mailbox,203.0.113.5,,v1,e2\r\n"
      "b,1795338000,,a@example.net,ko@example.com,,failed,4.4.7 (delivery time "
      "expired),,,,,,v1,e3\r\n"
      "t,1795338000,,a@example.net,ko@example.com,,delayed,4.2.2,full,,,,,v1,e4\r\n"
      "tq,1795338000,,,,,,,,,,,,v1,\r\n"
      "f,1795338000,,a@example.net,ko@example.com\r\n"
      "d,never,,a@example.net,ko@example.com\r\n");
  auto reading = read_log(log);
  CHECK(
      reading.events ==
      Strings{"delivered powermta e1 from=<a@example.net> to=<jo@example.com> by 203.0.113.5 at "
              "mx.example.com[192.0.2.7] 2.0.0 {smtp;250 2.0.0 \"Ok\", queued}",
              "failed powermta e2 from=<a@example.net> to=<\"x,d\"@example.com> by 203.0.113.5 at "
              "mx.example.com[192.0.2.7] 5.1.1 {smtp;550 5.1.1 no}",
              "failed(expired) powermta e3 from=<a@example.net> to=<ko@example.com> 4.4.7",
              "deferred powermta e4 from=<a@example.net> to=<ko@example.com> 4.2.2 {full}",
              "complained powermta from=<a@example.net> to=<ko@example.com>"});
  CHECK(reading.times == std::vector<std::int64_t>(5, 1795338000));
  CHECK(reading.counts.damaged == 1);
}
