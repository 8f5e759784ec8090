#include "abuse/pace.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

using namespace mailtrust;
using abuse::Pace;
using abuse::PaceLimits;
using std::chrono::milliseconds;

namespace {

constexpr PaceLimits kFast{2, 1e6, 1e6};

Pace::Clock::time_point in(milliseconds time) {
  return Pace::Clock::now() + time;
}

}  // namespace

TEST_CASE("no more than so many at once") {
  Pace pace;
  std::atomic<int> inside{0};
  std::atomic<int> most{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      auto turn = pace.enter("a", kFast, in(milliseconds(5000)));
      int now = ++inside;
      for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
      std::this_thread::sleep_for(milliseconds(5));
      --inside;
    });
  for (auto& thread : threads) thread.join();
  CHECK(most == 2);
}

TEST_CASE("a server is paced by itself") {
  Pace pace;
  auto one = pace.enter("a", {1, 10, 1}, in(milliseconds(0)));
  auto other = pace.enter("b", {1, 10, 1}, in(milliseconds(0)));
  CHECK(one.has_value());
  CHECK(other.has_value());
  auto third = pace.enter("a", {1, 10, 1}, in(milliseconds(20)));
  REQUIRE_FALSE(third.has_value());
  CHECK(third.error().kind == Error::Kind::temporary);
}

TEST_CASE("so many a second") {
  Pace pace;
  auto begin = Pace::Clock::now();
  for (int i = 0; i < 5; ++i) CHECK(pace.enter("a", {4, 50, 2}, in(milliseconds(2000))));
  auto took = Pace::Clock::now() - begin;
  CHECK(took >= milliseconds(55));
  CHECK(took < milliseconds(1500));
}

TEST_CASE("who is closed is not asked again") {
  Pace pace;
  pace.close("a", "not asked: it asked us to come back later");
  pace.close("a", "another reason");
  auto turn = pace.enter("a", kFast, in(milliseconds(1000)));
  REQUIRE_FALSE(turn);
  CHECK(turn.error().message == "not asked: it asked us to come back later");
  CHECK(pace.enter("b", kFast, in(milliseconds(1000))));
}

TEST_CASE("who is silent is left alone for a while") {
  Pace pace;
  for (unsigned i = 1; i < abuse::kSilentQuestions; ++i) pace.answered("a", false);
  pace.answered("a", true);
  for (unsigned i = 1; i < abuse::kSilentQuestions; ++i) pace.answered("a", false);
  CHECK(pace.enter("a", kFast, in(milliseconds(100))));
  pace.answered("a", false);
  CHECK_FALSE(pace.enter("a", kFast, in(milliseconds(100))));
}
