#include "bounce/advice.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "bounce/advice_table.hpp"
#include "bounce/receiver.hpp"
#include "bounce/rule.hpp"
#include "bounce/spoken.hpp"
#include "dnsbl/table.hpp"

using namespace mailtrust::bounce;

namespace {

Advice advice_for(std::string_view text) {
  auto failure = spoken_failure(text);
  return advise(failure, classify(failure));
}

bool asks(const Advice& advice, std::string_view page) {
  return std::ranges::find(advice.ask, page) != advice.ask.end();
}

struct Row {
  std::string text;
  Actor actor;
  bool retry;
  std::string check;  // the first one; empty: none
};

}  // namespace

TEST_CASE("who must act, what to check, and whether to send again") {
  auto row = GENERATE(values<Row>({
      {"550 5.1.1 <bob@example.net>: User unknown", Actor::list_owner, false, ""},
      {"552 5.2.2 Mailbox full", Actor::recipient, true, ""},
      {"550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's\n"
       "550-5.7.26 DMARC policy. - gsmtp",
       Actor::you, true, "mailtrust dmarc check example.com"},
      {"554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
       Actor::you, true, "mailtrust ip 192.0.2.1"},
      {"550 5.7.1 Client host rejected: cannot find your reverse hostname, [2001:db8::25]",
       Actor::you, true, "mailtrust ip 2001:db8::25"},
      {"451 4.3.0 Temporary lookup failure", Actor::receiver, true, ""},
      {"450 4.1.1 <bob@example.net>: User unknown", Actor::receiver, true, ""},
      {"550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy",
       Actor::receiver, false, "mailtrust check YOUR-DOMAIN"},
  }));
  INFO(row.text);
  auto advice = advice_for(row.text);
  CHECK(to_string(advice.actor) == to_string(row.actor));
  CHECK(advice.retry == row.retry);
  CHECK((advice.checks.empty() ? std::string() : advice.checks.front()) == row.check);
  CHECK_FALSE(advice.meaning.empty());
  CHECK_FALSE(advice.what_to_do.empty());
}

TEST_CASE("where to ask: the reply's pages first, then lists and receivers") {
  auto listed = advice_for(
      "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.spamcop.net; "
      "Blocked "
      "- see https://www.spamcop.net/bl.shtml?192.0.2.1");
  REQUIRE(listed.ask.size() == 2);
  CHECK(listed.ask[0] == "https://www.spamcop.net/bl.shtml?192.0.2.1");
  CHECK(listed.ask[1] == "https://www.spamcop.net/w3m?action=checkblock&ip=192.0.2.1");

  auto blocked = advice_for(
      "554 IP=192.0.2.1 - A problem occurred. (Ask your postmaster for help or to contact "
      "tosa@rx.t-online.de to clarify.) (BL)");
  CHECK(blocked.receiver == "tonline");
  CHECK(asks(blocked, "tosa@rx.t-online.de"));
  CHECK(asks(blocked, "https://postmaster.t-online.de/index.en.html"));

  auto unknown =
      advice_for("550-5.1.1 The email account that you tried to reach does not exist. - gsmtp");
  CHECK(unknown.receiver == "google");
  CHECK(unknown.ask.empty());
}

TEST_CASE("nothing that a shell would obey goes into a command") {
  auto text = GENERATE(values<std::string>({
      "550 5.7.26 Unauthenticated email from $(reboot).example is not accepted due to DMARC policy",
      "550 5.7.1 <a;reboot@example.com>: Sender address rejected: SPF fail from `id`.example.com",
      "550 5.7.26 DMARC policy of domain exa\nmple.com|reboot fails",
      "550 SPF fail: domain -rf.example.com&& for a@b.example'\"",
  }));
  INFO(text);
  for (const auto& check : advice_for(text).checks)
    CHECK(check.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789 .:@_+=-") == std::string::npos);
}

TEST_CASE("every reason has its advice, and rows name what there is") {
  CHECK(reason_advice().size() == kReasons);
  for (std::size_t i = 0; i < kReasons; ++i)
    CHECK_FALSE(advise(static_cast<Reason>(i)).meaning.empty());
  for (const auto& row : rule_advice()) {
    INFO(row.rule);
    CHECK(find_rule(row.rule) != nullptr);
    CHECK_FALSE(row.action.empty());
  }
  for (const auto& page : pages()) {
    INFO(page.where);
    CHECK(find_receiver(page.receiver) != nullptr);
  }
  for (const auto& mark : list_marks()) {
    INFO(mark.words);
    CHECK(mark.zone.empty() != mark.where.empty());
    if (!mark.zone.empty()) CHECK(mailtrust::dnsbl::find_row(mark.zone) != nullptr);
  }
}
