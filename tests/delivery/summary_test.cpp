#include "delivery/summary.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "delivery/week.hpp"

using namespace mailtrust;
using bounce::Reason;
using delivery::By;
using delivery::Outcome;

namespace {

constexpr std::int64_t kMonday = 1'700'438'400;  // 2023-11-20
constexpr std::int64_t kNow = kMonday + 2 * delivery::kDay;

void add(delivery::Tally& tally, int weeks_ago, Outcome outcome, int times,
         std::string_view domain = "example.net", std::optional<Reason> reason = {}) {
  for (int i = 0; i < times; ++i)
    tally.add({kMonday - weeks_ago * delivery::kWeek + 60, outcome, domain, reason, "a@b.example"});
}

void fill(delivery::Tally& tally) {
  add(tally, 2, Outcome::delivered, 10);
  add(tally, 2, Outcome::hard, 1, "example.net", Reason::bad_mailbox);
  add(tally, 1, Outcome::delivered, 6, "other.example");
  add(tally, 1, Outcome::hard, 3, "example.net", Reason::bad_mailbox);
  add(tally, 1, Outcome::soft, 1, "other.example", Reason::mailbox_full);
  add(tally, 1, Outcome::deferred, 5, "other.example", Reason::rate_limited);
  add(tally, 0, Outcome::delivered, 2);
}

}  // namespace

TEST_CASE("weeks beside the week before, the last that is over first of all") {
  delivery::Tally tally;
  fill(tally);
  auto summary = summarize(tally, By::week, {}, kNow);
  REQUIRE(summary.rows.size() == 3);
  CHECK(summary.rows[0].key == "2023-W45");
  CHECK_FALSE(summary.rows[0].before);  // nothing is known of the week before
  CHECK(summary.rows[1].before->hard == 1);
  CHECK(summary.rows[2].before->hard == 3);
  CHECK(summary.week == kMonday - delivery::kWeek);
  CHECK(summary.finished);
  CHECK(summary.running->delivered == 2);
  CHECK(summary.latest.sent() == 10);
  CHECK(summary.latest.deferred == 5);
  CHECK(summary.before->sent() == 11);
  CHECK(summary.domain == "example.net");
  REQUIRE(summary.reasons.size() == 3);
  CHECK(summary.reasons[0].first == Reason::bad_mailbox);
  CHECK(summary.total.sent() == 23);
}

TEST_CASE("domains over all weeks, what failed most first, with the last week beside") {
  delivery::Tally tally;
  fill(tally);
  auto summary = summarize(tally, By::domain, {}, kNow);
  REQUIRE(summary.rows.size() == 2);
  CHECK(summary.rows[0].key == "example.net");
  CHECK(summary.rows[0].sums.hard == 4);
  CHECK(summary.rows[0].sums.delivered == 12);
  CHECK(summary.rows[0].latest.hard == 3);
  CHECK(summary.rows[0].before->hard == 1);
  CHECK(summary.rows[1].before == delivery::Sums{});
}

TEST_CASE("while no week is over, the one that runs is told of") {
  delivery::Tally tally;
  add(tally, 0, Outcome::hard, 1);
  auto summary = summarize(tally, By::week, {}, kNow);
  CHECK(summary.week == kMonday);
  CHECK_FALSE(summary.finished);
  CHECK_FALSE(summary.before);
}

TEST_CASE("a week without mail between two others counts as none") {
  delivery::Tally tally;
  add(tally, 3, Outcome::hard, 1);
  add(tally, 1, Outcome::hard, 1);
  auto summary = summarize(tally, By::week, {}, kNow);
  REQUIRE(summary.rows.size() == 2);
  CHECK(summary.rows[1].before == delivery::Sums{});
}

TEST_CASE("nothing at all") {
  auto summary = summarize(delivery::Tally(), By::sender, {}, kNow);
  CHECK(summary.rows.empty());
  CHECK_FALSE(summary.week);
}

TEST_CASE("what is taken back was never there") {
  delivery::Tally tally;
  delivery::Occurrence once{kMonday, Outcome::delivered, "example.net", {}, "a@b.example"};
  tally.add(once);
  tally.take(once);
  CHECK(tally.total() == delivery::Sums{});
  CHECK(summarize(tally, By::domain, {}, kNow).rows.empty());
}

TEST_CASE("keys beyond the limit are counted as others") {
  delivery::Tally tally;
  for (std::size_t i = 0; i < limits::kDeliveryKeys + 2; ++i)
    tally.add({kMonday, Outcome::delivered, std::to_string(i) + ".example", {}, "a@b.example"});
  auto rows = tally.rows(By::domain);
  REQUIRE(rows.size() == limits::kDeliveryKeys + 1);
  auto others = std::ranges::find(rows, delivery::kOthers, &delivery::Row::key);
  REQUIRE(others != rows.end());
  CHECK(others->sums.delivered == 2);
}
