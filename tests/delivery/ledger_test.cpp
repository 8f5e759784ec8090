#include "delivery/ledger.hpp"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "delivery/handover.hpp"

using namespace mailtrust;
using bounce::Reason;
using bounce::Type;
using Kind = maillog::Event::Kind;

namespace {

constexpr std::int64_t kTime = 1'700'438'400;

maillog::Event event_of(Kind kind, std::string_view recipient, std::int64_t time = kTime) {
  maillog::Event event;
  event.kind = kind;
  event.time = time;
  event.id = "4ABC";
  event.recipient = recipient;
  event.sender = "news@example.org";
  event.sender_known = true;
  event.remote = "mx.example.net";
  if (kind == Kind::failed) {
    event.text = "550 5.1.1 User unknown";
    event.status = "5.1.1";
  }
  return event;
}

bounce::Notice bounced(const std::string& address, std::int64_t date, std::int64_t sent = 0) {
  bounce::Notice notice;
  notice.kind = bounce::Kind::bounce;
  notice.date = date;
  notice.sender = "news@example.org";
  if (sent != 0) notice.returned.date = sent;
  bounce::Recipient recipient;
  recipient.failure.address = address;
  recipient.failure.diagnostic = "550 5.1.1 User unknown";
  recipient.verdict = {Reason::bad_mailbox, Type::hard, {}, "general.user-unknown"};
  notice.recipients.push_back(recipient);
  return notice;
}

}  // namespace

TEST_CASE("a message that was put off and then delivered was sent once") {
  delivery::Ledger ledger({}, kTime);
  ledger.add(event_of(Kind::deferred, "ann@example.net"));
  ledger.add(event_of(Kind::deferred, "ann@example.net"));
  ledger.add(event_of(Kind::delivered, "ann@example.net"));
  auto total = ledger.tally.total();
  CHECK(total.sent() == 1);
  CHECK(total.deferred == 2);
}

TEST_CASE("a bounce mail and the line of the log about it are one failure") {
  delivery::Ledger ledger({}, kTime);
  ledger.add(bounced("Ann@Example.net", kTime + 2));
  ledger.add(event_of(Kind::failed, "ann@example.net"));
  CHECK(ledger.tally.total().hard == 1);
  CHECK(ledger.paired == 1);
  ledger.add(event_of(Kind::failed, "ann@example.net", kTime + 60));
  CHECK(ledger.tally.total().hard == 2);
}

TEST_CASE("the name before an alias is the same address") {
  delivery::Ledger ledger({}, kTime);
  ledger.add(bounced("ann@example.org", kTime));
  auto event = event_of(Kind::failed, "ann@backend.example");
  event.original = "ann@example.org";
  ledger.add(event);
  CHECK(ledger.tally.total().hard == 1);
}

TEST_CASE("a message that the next host took and sent back did not arrive") {
  delivery::Ledger ledger({}, kTime);
  ledger.add(bounced("ann@example.net", kTime + 90, kTime - 5));
  ledger.add(event_of(Kind::delivered, "ann@example.net"));
  auto total = ledger.tally.total();
  CHECK(total.sent() == 1);
  CHECK(total.hard == 1);
  CHECK(total.delivered == 0);
}

TEST_CASE("what lies outside the period does not count") {
  delivery::Ledger ledger({kTime, kTime + 100}, kTime);
  for (std::int64_t time : {kTime - 1, kTime, kTime + 99, kTime + 100})
    ledger.add(event_of(Kind::delivered, "ann@example.net", time));
  CHECK(ledger.tally.total().delivered == 2);
}

TEST_CASE("what was refused at the door, or only taken in, was not sent") {
  delivery::Ledger ledger({}, kTime);
  ledger.add(event_of(Kind::rejected, "ann@example.net"));
  ledger.add(event_of(Kind::queued, ""));
  CHECK(ledger.tally.total() == delivery::Sums{});
}

TEST_CASE("the same mail, and a copy of the same failure, count once") {
  delivery::Ledger ledger({}, kTime);
  CHECK(ledger.is_new("From: a"));
  CHECK_FALSE(ledger.is_new("From: a"));
  auto notice = bounced("ann@example.net", kTime);
  notice.returned.message_id = "<1@example.org>";
  ledger.add(notice);
  notice.date = kTime + 3600;  // a copy for the postmaster
  ledger.add(notice);
  CHECK(ledger.tally.total().hard == 1);
  CHECK(ledger.mails.repeated == 2);
}

TEST_CASE("mail that goes through a filter on this host is sent once") {
  auto seen_first = GENERATE(true, false);
  delivery::Ledger ledger({}, kTime);
  auto into = event_of(Kind::delivered, "ann@example.net");
  into.id = "4FIRST";
  into.remote_ip = "127.0.0.1";
  into.text = "250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 4SECOND";
  auto queued = event_of(Kind::queued, "");
  queued.id = "4SECOND";
  auto out = event_of(Kind::delivered, "ann@example.net");
  out.id = "4SECOND";
  if (seen_first) ledger.add(queued);
  ledger.add(into);
  if (!seen_first) ledger.add(queued);
  ledger.add(out);
  CHECK(ledger.tally.total().delivered == 1);
}

TEST_CASE("a server on this host whose log is not there is the last that is known") {
  delivery::Ledger ledger({}, kTime);
  auto into = event_of(Kind::delivered, "ann@example.net");
  into.remote_ip = "127.0.0.1";
  into.text = "250 2.0.0 Ok: queued as 4SECOND";
  ledger.add(into);
  CHECK(ledger.tally.total().delivered == 1);
}

TEST_CASE("the id under which the next server has a message") {
  struct Row {
    std::string_view text;
    std::string_view id;
  };

  auto row = GENERATE(values<Row>({
      {"250 2.0.0 Ok: queued as 4F2A1B3C", "4F2A1B3C"},
      {"250 2.0.0 Ok: queued as 4F2A1B3C)", "4F2A1B3C"},
      {"250 OK id=1r5abc-000Xyz-1A", "1r5abc-000Xyz-1A"},
      {"250 2.0.0 3AK1b2c3 Message accepted for delivery", "3AK1b2c3"},
      {"250 2.0.0 <ann@example.net> Saved", ""},
      {"forwarded as 4F2A1B3C", "4F2A1B3C"},
      {"", ""},
  }));
  CHECK(delivery::next_id(row.text) == row.id);
}
