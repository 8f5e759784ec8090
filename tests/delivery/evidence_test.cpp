#include "delivery/evidence.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "delivery/week.hpp"

using namespace mailtrust;
using bounce::Reason;
using delivery::Evidence;
using delivery::Standing;
using delivery::Told;

namespace {

constexpr std::int64_t kMonday = 1'700'438'400;  // 2023-11-20

// One letter a week from kMonday on: h hard, s soft, d delivered, both in this order, . nothing.
struct Course {
  std::vector<std::string> weeks;
  std::size_t promote_after;
  Standing standing;
};

void happen(Evidence& evidence, char what, std::int64_t time) {
  if (what == 'h') evidence.fail(evidence.hard, time, Reason::bad_mailbox, "rule", "550 no");
  if (what == 's') evidence.fail(evidence.soft, time, Reason::mailbox_full, "rule", "452 full");
  if (what == 'd') evidence.deliver(time);
}

}  // namespace

TEST_CASE("what is suppressed, and what is not") {
  auto row = GENERATE(values<Course>({
      {{"h"}, 4, Standing::hard},
      {{"hd"}, 4, Standing::cleared},
      {{"h", "d"}, 4, Standing::cleared},
      {{"d", "h"}, 4, Standing::hard},
      {{"h", "d", "h"}, 4, Standing::hard},
      {{"s", "s", "s"}, 4, Standing::good},
      {{"ssss"}, 4, Standing::good},  // four times in one week
      {{"s", "s", "s", "s"}, 4, Standing::promoted},
      {{"s", ".", "s", ".", "s", "s"}, 4, Standing::promoted},
      {{"s", "s", "sd", "s"}, 4, Standing::good},  // it took mail in between
      {{"s", "s", "ds", "s"}, 4, Standing::good},
      {{"s", "s", "s", "s", "d"}, 4, Standing::good},
      {{"sd", "s", "s", "s", "s"}, 4, Standing::promoted},
      {{"s", "s", "s", "s"}, 0, Standing::good},  // never
      {{"s", "s"}, 2, Standing::promoted},
      {{"."}, 4, Standing::good},
  }));
  Evidence evidence;
  std::string told;
  for (std::size_t week = 0; week < row.weeks.size(); ++week) {
    auto time = kMonday + static_cast<std::int64_t>(week) * delivery::kWeek;
    for (char what : row.weeks[week]) happen(evidence, what, time += 3600);
    told += row.weeks[week] + ' ';
  }
  INFO(told);
  CHECK(standing_of(evidence, row.promote_after) == row.standing);
}

TEST_CASE("the order in which files are read does not matter") {
  std::vector<std::pair<char, std::int64_t>> course = {{'s', 0}, {'s', 1}, {'d', 2}, {'s', 3},
                                                       {'s', 4}, {'h', 5}, {'d', 6}};
  std::ranges::sort(course);
  do {
    Evidence evidence;
    for (auto [what, week] : course) happen(evidence, what, kMonday + week * delivery::kWeek + 60);
    CHECK(standing_of(evidence, 2) == Standing::cleared);
    CHECK(evidence.soft_weeks.empty());
    CHECK(evidence.hard.count == 1);
  } while (std::ranges::next_permutation(course).found);
}

TEST_CASE("which reasons say something about an address") {
  struct Row {
    Reason reason;
    bool answered;
    bool counts;
  };

  auto row = GENERATE(values<Row>({
      {Reason::mailbox_full, false, true},
      {Reason::inactive_mailbox, true, true},
      {Reason::expired, true, true},
      {Reason::expired, false, false},  // silence may be our own network's
      {Reason::network_error, true, false},
      {Reason::recipient_rejected, true, false},
      {Reason::ip_blocked, true, false},
      {Reason::bad_reputation, true, false},
      {Reason::auth_failure, true, false},
      {Reason::rate_limited, true, false},
      {Reason::policy, true, false},
      {Reason::spam_content, true, false},
      {Reason::message_too_large, true, false},
      {Reason::system_error, true, false},
      {Reason::undetermined, true, false},
  }));
  INFO(to_string(row.reason));
  CHECK(delivery::is_against_address(row.reason, row.answered) == row.counts);
}

TEST_CASE("a failure that a log and a notice tell of is one") {
  Evidence evidence;
  CHECK_FALSE(evidence.tell({1000, 0, Told::log}));
  CHECK_FALSE(evidence.tell({1100, 0, Told::log}));     // another message
  CHECK(evidence.tell({1101, 0, Told::notice}));        // of the second
  CHECK(evidence.tell({1002, 0, Told::notice}));        // of the first
  CHECK_FALSE(evidence.tell({1003, 0, Told::notice}));  // of a third, not in the log
  CHECK(evidence.tell({1004, 0, Told::log}));           // now it is
}

TEST_CASE("how far apart a log and a notice may be") {
  struct Row {
    std::int64_t apart;
    bool same;
  };

  auto row = GENERATE(values<Row>({
      {0, true},
      {delivery::kSameFailure, true},
      {delivery::kSameFailure + 1, false},
      {-delivery::kSameFailure, true},
      {-delivery::kSameFailure - 1, false},
  }));
  Evidence evidence;
  evidence.tell({100'000, 0, Told::notice});
  CHECK(evidence.tell({100'000 + row.apart, 0, Told::log}) == row.same);
}

TEST_CASE("a delivery that came back later is no delivery") {
  struct Row {
    std::int64_t sent;
    std::int64_t delivered;
    bool taken;
  };

  constexpr std::int64_t kBounced = 1'000'000;
  auto row = GENERATE(values<Row>({
      {900'000, 900'005, true},
      {900'000, 899'000, false},         // an earlier message
      {900'000, kBounced + 700, false},  // a later one
      {0, 900'005, false},               // the notice does not say when it was sent
  }));
  Evidence evidence;
  evidence.tell({kBounced, row.sent, Told::notice});
  CHECK(evidence.takes_delivery(row.delivered) == row.taken);
  CHECK_FALSE(evidence.takes_delivery(row.delivered));  // once
}

TEST_CASE("there is room for so many addresses") {
  delivery::EvidenceTable table;
  for (std::size_t i = 0; i < limits::kDeliveryAddresses; ++i)
    REQUIRE(table.at(std::to_string(i) + "@example.net") != nullptr);
  CHECK(table.at("one-more@example.net") == nullptr);
  CHECK(table.at("0@example.net") != nullptr);
  CHECK(table.dropped() == 1);
}
