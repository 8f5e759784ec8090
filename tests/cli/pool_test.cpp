#include "cli/pool.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <new>
#include <random>
#include <thread>

#include <catch2/catch.hpp>

using namespace mailtrust;
using namespace mailtrust::cli;

namespace {

constexpr std::size_t kItems = 400;

// Hands out 0, 1, 2... as texts.
class Counter {
 public:
  explicit Counter(std::size_t count) : count_(count) {}

  std::optional<Item> operator()() {
    if (next_ == count_) return std::nullopt;
    return Item{{std::to_string(next_++), {}}, {}};
  }

  [[nodiscard]] std::size_t taken() const { return next_; }

 private:
  std::size_t count_;
  std::atomic<std::size_t> next_{0};
};

}  // namespace

TEST_CASE("answers come in input order whatever the work takes") {
  auto jobs = GENERATE(1U, 2U, 7U, 64U);
  Counter source(kItems);
  std::vector<std::string> got;
  auto work = [](const Item& item) {
    thread_local std::minstd_rand random(
        static_cast<unsigned>(std::hash<std::thread::id>{}(std::this_thread::get_id())));
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 500));
    return Outcome{{item.input.text, {}, Verdict::good}};
  };
  auto hand_out = [&](Outcome outcome) {
    got.push_back(outcome.front().text);
    return true;
  };
  Pool pool{jobs, [&] { return source(); }, work, hand_out, [] {}};
  CHECK(run(pool));
  std::vector<std::string> wanted;
  for (std::size_t i = 0; i < kItems; ++i) wanted.push_back(std::to_string(i));
  CHECK(got == wanted);
}

TEST_CASE("no more inputs are taken than a few for each thread ahead of the slowest") {
  Counter source(10'000);
  std::atomic<bool> first_may_end{false};
  std::atomic<std::size_t> finished{0};
  auto work = [&](const Item& item) {
    if (item.input.text == "0") first_may_end.wait(false);
    ++finished;
    return Outcome{{item.input.text, {}, Verdict::good}};
  };
  std::size_t taken_meanwhile = 0;
  auto tick = [&] {
    if (first_may_end || finished < 15) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    taken_meanwhile = source.taken();
    first_may_end = true;
    first_may_end.notify_all();
  };
  std::size_t handed_out = 0;
  Pool pool{4, [&] { return source(); }, work, [&](const Outcome&) { return ++handed_out > 0; },
            tick};
  CHECK(run(pool));
  CHECK(handed_out == 10'000);
  CHECK(taken_meanwhile == 16);
}

TEST_CASE("handing out can end the run at once") {
  struct Shared {
    Counter source{1000};
    std::size_t handed_out = 0;
    Pool pool;
  };

  // Threads may outlive the run, so what they use is never freed.
  static auto* shared = new Shared;
  shared->pool = {8, [] { return shared->source(); },
                  [](const Item& item) {
                    return Outcome{{item.input.text, {}, Verdict::good}};
                  },
                  [](const Outcome&) { return ++shared->handed_out < 3; }, [] {}};
  CHECK_FALSE(run(shared->pool));
  CHECK(shared->handed_out == 3);
}

TEST_CASE("threads are started only as inputs come") {
  Counter source(2);
  std::mutex mutex;
  std::vector<std::thread::id> threads;
  auto work = [&](const Item& item) {
    std::lock_guard lock(mutex);
    threads.push_back(std::this_thread::get_id());
    return Outcome{{item.input.text, {}, Verdict::good}};
  };
  Pool pool{128, [&] { return source(); }, work, [](const Outcome&) { return true; }, [] {}};
  CHECK(run(pool));
  CHECK(threads.size() == 2);
}

TEST_CASE("what is thrown on any thread comes out of the run once all have ended") {
  enum class Thrower { next, work, hand_out, tick };
  auto thrower = GENERATE(Thrower::next, Thrower::work, Thrower::hand_out, Thrower::tick);
  auto jobs = GENERATE(1U, 8U);
  CAPTURE(static_cast<int>(thrower), jobs);
  Counter source(kItems);
  auto throw_if = [&](Thrower here) {
    if (here == thrower && source.taken() > 20) throw std::bad_alloc();
  };
  auto next = [&] {
    throw_if(Thrower::next);
    return source();
  };
  auto work = [&](const Item& item) {
    throw_if(Thrower::work);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return Outcome{{item.input.text, {}, Verdict::good}};
  };
  auto hand_out = [&](const Outcome&) {
    throw_if(Thrower::hand_out);
    return true;
  };
  Pool pool{jobs, next, work, hand_out, [&] { throw_if(Thrower::tick); }};
  CHECK_THROWS_AS(run(pool), std::bad_alloc);
}
