#include "commands/bounce_report_words.hpp"

#include <string_view>

#include <catch2/catch.hpp>

#include "delivery/week.hpp"

using namespace mailtrust;
using delivery::Sums;

namespace {

constexpr std::int64_t kMonday = 1'700'438'400;  // 2023-11-20

Sums sums_of(std::uint64_t delivered, std::uint64_t hard, std::uint64_t soft = 0) {
  Sums sums;
  sums.delivered = delivered;
  sums.hard = hard;
  sums.soft = soft;
  return sums;
}

delivery::Summary summary_of(std::int64_t week, Sums latest, std::optional<Sums> before = {}) {
  delivery::Summary summary;
  summary.week = week;
  summary.latest = latest;
  summary.before = before;
  return summary;
}

}  // namespace

TEST_CASE("percentages") {
  struct Row {
    double percent;
    std::string_view text;
  };

  auto row = GENERATE(values<Row>(
      {{0, "0"}, {0.04, "under 0.1"}, {0.06, "0.1"}, {3.14, "3.1"}, {3, "3"}, {99.96, "100"}}));
  CHECK(commands::percent_text(row.percent) == row.text);
}

TEST_CASE("a change beside the week before") {
  struct Row {
    std::uint64_t before;
    std::uint64_t now;
    std::string_view text;
  };

  auto row = GENERATE(values<Row>({
      {4, 6, "+2 (+50 %)"},
      {6, 3, "-3 (-50 %)"},
      {0, 5, "+5"},
      {5, 5, "as before"},
      {1000, 3000, "+2,000 (+200 %)"},
  }));
  CHECK(commands::change_text(sums_of(1, row.now), sums_of(1, row.before)) == row.text);
  CHECK(commands::change_text(sums_of(1, row.now), {}).empty());
}

TEST_CASE("the one thing that matters") {
  using delivery::kWeek;

  struct Row {
    delivery::Summary summary;
    std::string_view headline;
  };

  auto last = kMonday - kWeek;
  auto row = GENERATE_COPY(values<Row>({
      {{}, "nothing was sent, as far as these files tell"},
      {summary_of(last, sums_of(10, 0)), "all of 10 arrived last week"},
      {summary_of(last, sums_of(969, 31), sums_of(996, 4)),
       "3.1 % of 1,000 bounced hard last week, 0.4 % the week before"},
      {summary_of(last, sums_of(8, 0, 2), sums_of(10, 0)),
       "20 % of 10 bounced, none of them hard, last week, 0 % the week before"},
      {summary_of(kMonday, sums_of(9, 1)), "10 % of 10 bounced hard so far this week"},
      {summary_of(last - kWeek, sums_of(9, 1)),
       "10 % of 10 bounced hard in the week of 2023-11-06"},
  }));
  CHECK(commands::report_headline(row.summary, kMonday + 60) == row.headline);
}
