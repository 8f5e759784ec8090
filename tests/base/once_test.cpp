#include "base/once.hpp"

#include <stdexcept>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

using namespace mailtrust;

TEST_CASE("once, whoever comes") {
  Once once;
  int times = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { once.run([&] { ++times; }); });
  for (auto& thread : threads) thread.join();
  CHECK(times == 1);
}

TEST_CASE("an exception goes to the caller, and the next one tries again") {
  Once once;
  int times = 0;
  auto fails_at_first = [&] {
    if (++times == 1) throw std::runtime_error("not yet");
  };
  CHECK_THROWS_AS(once.run(fails_at_first), std::runtime_error);
  once.run(fails_at_first);
  once.run(fails_at_first);
  CHECK(times == 2);
}
