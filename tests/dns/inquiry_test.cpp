#include "dns/inquiry.hpp"

#include <catch2/catch.hpp>

#include "dns/message.hpp"
#include "dns/script.hpp"

using namespace mailtrust::dns;
using namespace mailtrust::dns::test;

namespace {

std::vector<Question> questions(int first, int count) {
  std::vector<Question> all;
  for (int i = first; i < first + count; ++i)
    all.push_back({name("q" + std::to_string(i) + ".example"), Type::txt});
  return all;
}

constexpr auto kNever = Inquiry::Clock::time_point::max();

}  // namespace

TEST_CASE("a budget bounds what is sent, asked for or prefetched", "[dns]") {
  Script behind;
  Inquiry inquiry(behind, 5, kNever);
  auto all = questions(0, 7);
  inquiry.prefetch(std::span(all).first(3));
  CHECK(behind.prefetched == 3);
  inquiry.prefetch(std::span(all).first(4));  // three of them are on their way
  CHECK(behind.prefetched == 4);

  CHECK(inquiry.query(all[0])->status == Status::nxdomain);
  CHECK(inquiry.query(all[4])->status == Status::nxdomain);
  CHECK(inquiry.query(all[5])->failure == Failure::too_many);
  CHECK(inquiry.query(all[0])->status == Status::nxdomain);
  CHECK(inquiry.query(all[3])->status == Status::nxdomain);
  inquiry.prefetch(all);
  CHECK(behind.prefetched == 4);
  CHECK(behind.asked == 3);
  CHECK(inquiry.evidence().size() == 3);
}

TEST_CASE("a budget holds at its border", "[dns]") {
  auto over = GENERATE(-1, 0, 1);
  Script behind;
  Inquiry inquiry(behind, 4, kNever);
  for (const auto& question : questions(0, 4 + over)) inquiry.query(question);
  CHECK(behind.asked == static_cast<std::size_t>(over < 0 ? 3 : 4));
}

TEST_CASE("a share of a budget is counted by the whole", "[dns]") {
  Script behind;
  Inquiry whole(behind, 5, kNever);
  Inquiry share(whole, 3, kNever);
  auto all = questions(0, 9);
  share.prefetch(all);
  CHECK(behind.prefetched == 3);
  whole.prefetch(all);
  CHECK(behind.prefetched == 5);
  CHECK(share.query(all[3])->failure == Failure::too_many);
  CHECK(whole.query(all[3])->status == Status::nxdomain);
}

TEST_CASE("after the deadline nobody is asked", "[dns]") {
  Script behind;
  Inquiry inquiry(behind, 5, Inquiry::Clock::now());
  auto all = questions(0, 2);
  inquiry.prefetch(all);
  CHECK(inquiry.query(all[0])->failure == Failure::timeout);
  CHECK(behind.prefetched + behind.asked == 0);
}
