#pragma once
// A limit, and what goes to it, one below it, and one over it.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace mailtrust::test {

struct Limit {
  std::string name;
  std::size_t most;
  std::function<bool(std::size_t)> is_within;  // is what has n of it taken whole?
};

/// In this order: what is counted may grow from one to the next.
inline void check(const std::vector<Limit>& all) {
  for (const auto& limit : all) {
    CAPTURE(limit.name);
    CHECK(limit.is_within(limit.most - 1));
    CHECK(limit.is_within(limit.most));
    CHECK_FALSE(limit.is_within(limit.most + 1));
  }
}

}  // namespace mailtrust::test
