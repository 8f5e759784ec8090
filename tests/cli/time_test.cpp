#include "cli/time.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;
using namespace mailtrust::cli;

TEST_CASE("durations") {
  struct Row {
    const char* text;
    std::int64_t milliseconds;  // 0: refused
  };

  auto row = GENERATE(values<Row>({{"500ms", 500},
                                   {"2s", 2000},
                                   {"1m", 60'000},
                                   {"1h", 3'600'000},
                                   {"3", 3000},
                                   {"1ms", 1},
                                   {"24h", 86'400'000},
                                   {"25h", 0},
                                   {"0s", 0},
                                   {"", 0},
                                   {"s", 0},
                                   {"-1s", 0},
                                   {"1.5s", 0},
                                   {"1 s", 0},
                                   {"99999999999s", 0},
                                   {"1d", 0}}));
  INFO(row.text);
  auto parsed = parse_duration(row.text);
  CHECK((parsed ? parsed->count() : 0) == row.milliseconds);
}

TEST_CASE("times") {
  struct Row {
    const char* text;
    std::int64_t seconds;  // -1: refused
  };

  auto row = GENERATE(values<Row>({{"0", 0},
                                   {"1700000000", 1'700'000'000},
                                   {"4294967296", 4'294'967'296},
                                   {"1970-01-01T00:00:00Z", 0},
                                   {"2024-02-29T12:00:00Z", 1'709'208'000},
                                   {"2024-02-29t12:00:00.25z", 1'709'208'000},
                                   {"2024-02-29 13:00:00+01:00", 1'709'208'000},
                                   {"2024-02-29T06:30:00-05:30", 1'709'208'000},
                                   {"1990-12-31T23:59:60Z", 662'688'000},
                                   {"2023-02-29T12:00:00Z", -1},
                                   {"2024-02-29T24:00:00Z", -1},
                                   {"2024-02-29T12:00:00", -1},
                                   {"2024-02-29", -1},
                                   {"2024-02-29T12:00:00.Z", -1},
                                   {"2024-02-29T12:00:00Zx", -1},
                                   {"yesterday", -1},
                                   {"", -1}}));
  INFO(row.text);
  CHECK(parse_time(row.text).value_or(-1) == row.seconds);
}
