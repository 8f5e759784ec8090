#include "delivery/week.hpp"

#include <string_view>

#include <catch2/catch.hpp>

using namespace mailtrust;

namespace {

struct Row {
  std::int64_t time;
  std::string_view monday;
  std::string_view name;
};

}  // namespace

TEST_CASE("the week of a time") {
  auto row = GENERATE(values<Row>({
      {0, "1969-12-29", "1970-W01"},  // 1970-01-01, a Thursday
      {-1, "1969-12-29", "1970-W01"},
      {345'600, "1970-01-05", "1970-W02"},        // the first Monday
      {345'599, "1969-12-29", "1970-W01"},        // a second before it
      {1'767'052'800, "2025-12-29", "2026-W01"},  // 2025-12-30: the year is that of the Thursday
      {1'609'459'200, "2020-12-28", "2020-W53"},  // 2021-01-01, a Friday
      {1'230'768'000, "2008-12-29", "2009-W01"},  // 2009-01-01
      {1'700'438'399, "2023-11-13", "2023-W46"},  // Sunday, 23:59:59
      {1'700'438'400, "2023-11-20", "2023-W47"},  // Monday, 00:00:00
  }));
  INFO(row.time);
  auto week = delivery::week_of(row.time);
  CHECK(delivery::date_name(week) == row.monday);
  CHECK(delivery::week_name(week) == row.name);
  CHECK(delivery::week_of(week) == week);
  CHECK(delivery::week_of(week - 1) == week - delivery::kWeek);
}

TEST_CASE("times that no calendar holds are named without harm") {
  CHECK_FALSE(delivery::week_name(delivery::week_of(INT64_MAX / 2)).empty());
  CHECK_FALSE(delivery::date_name(INT64_MIN / 2).empty());
}
