#include "cli/exit_status.hpp"

#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

using namespace mailtrust::cli;

TEST_CASE("one status stands for all, in the order 2, 1, 3, 0") {
  constexpr std::array kWorstFirst = {Verdict::unusable, Verdict::bad, Verdict::unknown,
                                      Verdict::good};
  constexpr std::array kStatus = {2, 1, 3, 0};
  for (std::size_t i = 0; i < kWorstFirst.size(); ++i) {
    CHECK(exit_status(kWorstFirst[i]) == kStatus[i]);
    for (std::size_t j = 0; j < kWorstFirst.size(); ++j)
      CHECK(worse(kWorstFirst[i], kWorstFirst[j]) == kWorstFirst[std::min(i, j)]);
  }
}
