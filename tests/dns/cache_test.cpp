#include "dns/cache.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "dns/message.hpp"

using namespace mailtrust;
using namespace mailtrust::dns;
using namespace mailtrust::dns::test;
using namespace std::chrono_literals;

namespace {

const Question kTxt{name("example.org"), Type::txt};

AnswerPtr answer_of(const Question& question, std::uint32_t ttl = 300, std::size_t size = 5) {
  Answer answer;
  answer.status = Status::found;
  answer.failure = Failure::none;
  answer.canonical = question.name;
  answer.ttl = ttl;
  answer.records.push_back({question.name, question.type, ttl, std::string(size, 'x')});
  return std::make_shared<const Answer>(std::move(answer));
}

// Keeps flights in the air until told to land them.
class Tower : public Source {
 public:
  void submit(std::span<const FlightPtr> flights) override {
    std::lock_guard lock(mutex_);
    ++submissions_;
    flights_.insert(flights_.end(), flights.begin(), flights.end());
  }

  std::size_t backlog() const override { return backlog_; }

  void land(std::uint32_t ttl = 300, std::size_t size = 5) {
    std::lock_guard lock(mutex_);
    for (; landed_ < flights_.size(); ++landed_)
      flights_[landed_]->land(answer_of(flights_[landed_]->question(), ttl, size));
  }

  void land(Failure failure) {
    std::lock_guard lock(mutex_);
    for (; landed_ < flights_.size(); ++landed_) flights_[landed_]->land(failure);
  }

  std::size_t asked() {
    std::lock_guard lock(mutex_);
    return flights_.size();
  }

  const Question& question(std::size_t i) { return flights_[i]->question(); }

  std::size_t submissions_ = 0;
  std::size_t backlog_ = 0;

 private:
  std::mutex mutex_;
  std::vector<FlightPtr> flights_;
  std::size_t landed_ = 0;
};

Question numbered(int number) {
  return {name("n" + std::to_string(number) + ".example.org"), Type::txt};
}

}  // namespace

TEST_CASE("who asks what is on its way waits for the same flight") {
  Tower tower;
  Cache cache(tower);
  std::atomic<int> answered{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] { answered += cache.query(kTxt)->status == Status::found ? 1 : 0; });
  while (tower.asked() == 0) std::this_thread::sleep_for(1ms);
  std::this_thread::sleep_for(20ms);
  tower.land(0);
  for (auto& thread : threads) thread.join();
  CHECK(answered == 8);
  CHECK(tower.asked() == 1);
}

TEST_CASE("prefetch starts what is new, in one go, and does not wait") {
  Tower tower;
  Cache cache(tower);
  std::vector<Question> questions{numbered(1), numbered(2), numbered(1)};
  cache.prefetch(questions);
  CHECK(tower.asked() == 2);
  CHECK(tower.submissions_ == 1);
  cache.prefetch(questions);
  CHECK(tower.asked() == 2);
  CHECK(tower.submissions_ == 1);
  tower.land(0);
  CHECK(cache.query(numbered(2))->status == Status::found);
  CHECK(tower.asked() == 2);

  tower.backlog_ = 1000;
  cache.prefetch(std::vector{numbered(3)});
  CHECK(tower.asked() == 2);
}

TEST_CASE("case does not matter, type does, and lower case is asked for") {
  Tower tower;
  Cache cache(tower);
  cache.prefetch(std::vector{Question{name("Example.ORG"), Type::txt}});
  cache.prefetch(std::vector{kTxt});
  CHECK(tower.asked() == 1);
  CHECK(to_string(tower.question(0)) == "example.org TXT");
  cache.prefetch(std::vector{Question{name("example.org"), Type::mx}});
  CHECK(tower.asked() == 2);
  tower.land();
  auto answer = cache.query({name("eXample.org"), Type::txt});
  CHECK(to_string(answer->canonical) == "eXample.org");
  CHECK(to_string(answer->records.at(0).owner) == "eXample.org");
}

TEST_CASE("failures are kept, and come with the question's name") {
  Tower tower;
  Cache cache(tower);
  cache.prefetch(std::vector{kTxt});
  tower.land(Failure::timeout);
  for (int i = 0; i < 2; ++i) {
    auto answer = cache.query(kTxt);
    CHECK(answer->status == Status::failed);
    CHECK(answer->failure == Failure::timeout);
    CHECK(answer->canonical == kTxt.name);
  }
  CHECK(tower.asked() == 1);
}

TEST_CASE("what has expired is asked again") {
  Tower tower;
  Cache cache(tower, {1U << 20, 1000, 0s, 10s, 0s});
  auto asked_twice = [&](const Question& question, auto ending) {
    auto before = tower.asked();
    cache.prefetch({&question, 1});
    tower.land(ending);
    cache.prefetch({&question, 1});
    tower.land(ending);
    return tower.asked() == before + 2;
  };
  CHECK(asked_twice(numbered(1), 0U));
  CHECK(asked_twice(numbered(2), Failure::timeout));
  CHECK(!asked_twice(numbered(3), 300U));
}

TEST_CASE("memory is bounded, and what is used stays") {
  Tower tower;
  Cache cache(tower, {1U << 20, 1U << 20, 5s, 300s, 30s});
  auto ask = [&](const Question& question) {
    cache.prefetch({&question, 1});
    tower.land(300, 1000);
  };
  ask(kTxt);
  for (int i = 0; i < 5000; ++i) {
    ask(numbered(i));
    ask(kTxt);
  }
  auto before = tower.asked();
  CHECK(before == 5001);
  // About 1 MiB / 1.6 KiB of them fit.
  for (int i = 4999; i >= 4900; --i) ask(numbered(i));
  CHECK(tower.asked() < before + 50);
  before = tower.asked();
  for (int i = 0; i < 100; ++i) ask(numbered(i));
  CHECK(tower.asked() == before + 100);
}

TEST_CASE("flights that could not be submitted land") {
  class Broken : public Source {
   public:
    void submit(std::span<const FlightPtr>) override { throw std::bad_alloc(); }

    std::size_t backlog() const override { return 0; }
  };

  Broken broken;
  Cache cache(broken);
  CHECK_THROWS_AS(cache.query(kTxt), std::bad_alloc);
  CHECK(cache.query(kTxt)->failure == Failure::unreachable);
}

TEST_CASE("a resolver that answers at once can stand behind a cache") {
  class Fixed : public Resolver {
   public:
    AnswerPtr query(const Question& question) override {
      ++asked;
      return answer_of(question);
    }

    int asked = 0;
  };

  Fixed fixed;
  ResolverSource source(fixed);
  Cache cache(source);
  for (int i = 0; i < 3; ++i) CHECK(cache.query(kTxt)->status == Status::found);
  CHECK(fixed.asked == 1);
}

TEST_CASE("many threads share a cache") {
  class Fixed : public Resolver {
   public:
    AnswerPtr query(const Question& question) override { return answer_of(question, 0); }
  };

  Fixed fixed;
  ResolverSource source(fixed);
  Cache cache(source, {64U << 10, 100, 0s, 5s, 5s});
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5000; ++i) {
        auto question = numbered(i % 700);
        if (cache.query(question)->canonical != question.name) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
}
