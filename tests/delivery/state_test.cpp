#include "delivery/state.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "delivery/week.hpp"
#include "store/place_for_test.hpp"

using namespace mailtrust;
using bounce::Reason;
using delivery::By;
using delivery::Outcome;
using delivery::State;

namespace {

constexpr std::int64_t kTime = 1'700'438'400;

void count(delivery::Ledger& ledger, std::int64_t time, Outcome outcome) {
  ledger.tally.add({time, outcome, "example.net", Reason::mailbox_full, "a@b.example"});
}

State open(const std::string& path) {
  auto state = State::open(path);
  REQUIRE(state);
  return std::move(*state);
}

delivery::Sums total(State& state) {
  delivery::Tally tally;
  REQUIRE(state.read_counts(tally));
  return tally.total();
}

}  // namespace

TEST_CASE("what was counted adds up over runs") {
  Place place;
  auto path = place.path("store.db");
  for (std::uint64_t run = 1; run <= 3; ++run) {
    auto state = open(path);
    delivery::Ledger ledger({}, kTime);
    REQUIRE(state.load(ledger));
    count(ledger, kTime, Outcome::delivered);
    count(ledger, kTime, Outcome::soft);
    REQUIRE(state.add(ledger, {}, "", kTime));
    CHECK(total(state).delivered == run);
    CHECK(total(state).soft == run);
  }
}

TEST_CASE("evidence, mails, places and the queue come back as they were") {
  Place place;
  auto path = place.path("store.db");
  {
    auto state = open(path);
    delivery::Ledger ledger({}, kTime);
    REQUIRE(state.load(ledger));
    auto& evidence = *ledger.evidence.at("ann@example.net");
    evidence.fail(evidence.hard, kTime, Reason::bad_mailbox, "rule", "550 \xff no");
    evidence.fail(evidence.soft, kTime, Reason::mailbox_full, "full", "452");
    evidence.tell({kTime, kTime - 5, delivery::Told::notice, false});
    CHECK(ledger.is_new("mail"));
    REQUIRE(state.add(ledger, {{{"log", 100, "before"}, 0}}, "queue", kTime));
  }
  auto state = open(path);
  delivery::Ledger ledger({}, kTime);
  REQUIRE(state.load(ledger));
  auto* evidence = ledger.evidence.find("ann@example.net");
  REQUIRE(evidence != nullptr);
  CHECK(evidence->hard.reply == "550 \xff no");
  CHECK(evidence->hard.reason == Reason::bad_mailbox);
  CHECK(evidence->soft_weeks == std::vector<std::int64_t>{delivery::week_of(kTime)});
  CHECK(evidence->recent ==
        std::vector<delivery::Recent>{{kTime, kTime - 5, delivery::Told::notice, false}});
  CHECK_FALSE(evidence->changed);
  CHECK_FALSE(ledger.is_new("mail"));
  REQUIRE(state.places().size() == 1);
  CHECK(state.places()[0].offset == 100);
  CHECK(state.queue() == "queue");
}

TEST_CASE("a log that was read on has one place, a new one its own") {
  Place place;
  auto path = place.path("store.db");
  auto add = [&](const maillog::Place& log, std::uint64_t skipped) {
    auto state = open(path);
    delivery::Ledger ledger({}, kTime);
    REQUIRE(state.load(ledger));
    REQUIRE(state.add(ledger, {{log, skipped}}, "", kTime));
  };
  add({"log", 100, "x"}, 0);
  add({"log", 200, "y"}, 100);
  add({"other", 50, "z"}, 0);
  add({"", 0, ""}, 0);  // nothing to remember
  auto state = open(path);
  delivery::Ledger ledger({}, kTime);
  REQUIRE(state.load(ledger));
  REQUIRE(state.places().size() == 2);
  CHECK(state.places()[0].offset == 200);
}

TEST_CASE("of two runs at once the second is told, and keeps nothing") {
  Place place;
  auto path = place.path("store.db");
  auto first = open(path);
  auto second = open(path);
  delivery::Ledger ledger({}, kTime);
  delivery::Ledger other({}, kTime);
  REQUIRE(first.load(ledger));
  REQUIRE(second.load(other));
  count(ledger, kTime, Outcome::delivered);
  count(other, kTime, Outcome::delivered);
  REQUIRE(first.add(ledger, {}, "", kTime));
  auto refused = second.add(other, {}, "", kTime);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == Error::Kind::temporary);
  CHECK(total(second).delivered == 1);
}

TEST_CASE("a clock that jumps for one run makes nothing old") {
  constexpr std::int64_t kTenYears = 520 * delivery::kWeek;
  for (auto jump : {kTenYears, -kTenYears}) {
    INFO("by " << jump);
    Place place;
    auto state = open(place.path("store.db"));
    for (auto now : {kTime, kTime + jump, kTime}) {
      delivery::Ledger ledger({}, now);
      REQUIRE(state.load(ledger));
      count(ledger, kTime, Outcome::delivered);
      if (now != kTime) ledger.new_mails.emplace_back("a hash");
      REQUIRE(state.add(ledger, {}, "", now));
    }
    CHECK(total(state).delivered == 3);
    delivery::Ledger later({}, kTime);
    REQUIRE(state.load(later));
    CHECK(later.known_mails.size() == 1);
  }
}

TEST_CASE("weeks older than a year are forgotten") {
  Place place;
  auto state = open(place.path("store.db"));
  delivery::Ledger ledger({}, kTime);
  REQUIRE(state.load(ledger));
  for (std::int64_t week : {0, 1, 52, 53, 54, 100})
    count(ledger, kTime - week * delivery::kWeek, Outcome::delivered);
  auto& evidence = *ledger.evidence.at("ann@example.net");
  evidence.fail(evidence.hard, kTime - 60 * delivery::kWeek, Reason::bad_mailbox, "", "");
  REQUIRE(state.add(ledger, {}, "", kTime));
  CHECK(total(state).delivered == 4);
  delivery::Ledger later({}, kTime);
  REQUIRE(state.load(later));
  CHECK(later.evidence.all().empty());
}
