#include "spf/partition.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "spf/check_host.hpp"
#include "spf/zones.hpp"

using namespace mailtrust;
using spf::Ruling;

namespace {

spf::Partition partition_of(dns::Resolver& resolver, const std::string& domain,
                            spf::Decisions& decisions) {
  auto survey = spf::survey(resolver, test::name(domain));
  auto partitions = spf::partition(survey, decisions);
  REQUIRE(partitions.has_value());
  return partitions->front();
}

}  // namespace

TEST_CASE("each address gets the result that check_host would give") {
  struct Row {
    const char* domain;
    const char* address;
    Ruling ruling;
  };

  auto row = GENERATE(values<Row>({
      {"plain", "192.0.2.1", Ruling::pass},
      {"plain", "192.0.2.12", Ruling::pass},
      {"plain", "2001:db8::12", Ruling::pass},
      {"plain", "203.0.113.200", Ruling::pass},
      {"plain", "203.0.114.1", Ruling::depends},
      {"plain", "::ffff:192.0.2.1", Ruling::pass},
      {"after", "192.0.2.1", Ruling::pass},
      {"after", "192.0.3.1", Ruling::fail},
      {"moved", "192.0.2.65", Ruling::pass},
      {"moved", "192.0.2.1", Ruling::fail},
      {"moved", "192.0.3.1", Ruling::pass},
      {"moved", "198.51.100.1", Ruling::pass},
      {"moved", "198.51.1.1", Ruling::neutral},
      {"moved", "203.0.113.7", Ruling::pass},
      {"moved", "203.0.113.8", Ruling::neutral},
      {"slow", "192.0.2.1", Ruling::pass},
      {"slow", "192.0.2.200", Ruling::temperror},
      {"slow", "198.51.100.1", Ruling::temperror},
      {"slow", "2001:db8:dead::1", Ruling::pass},
      {"slow", "2001:db8:dead::2", Ruling::temperror},
      {"missing-include", "192.0.2.1", Ruling::permerror},
      {"include-two", "192.0.2.1", Ruling::permerror},
      {"many", "192.0.2.11", Ruling::permerror},
      {"broken", "192.0.2.11", Ruling::permerror},
      {"self", "192.0.2.11", Ruling::permerror},
      {"gone1", "192.0.2.11", Ruling::none},
  }));
  INFO(row.domain << ' ' << row.address);
  auto resolver = test::load_zone("spf_survey");
  spf::Decisions decisions;
  auto partition = partition_of(*resolver, std::string(row.domain) + ".example.org", decisions);
  CHECK(to_string(partition.at(*net::Address::read(row.address))) == to_string(row.ruling));
}

TEST_CASE("every sender address is in exactly one region") {
  auto domain = GENERATE(values<std::string>({"plain", "moved", "asks", "slow", "voids"}));
  INFO(domain);
  auto resolver = test::load_zone("spf_survey");
  spf::Decisions decisions;
  auto partition = partition_of(*resolver, domain + ".example.org", decisions);
  net::PrefixSet all;
  for (const auto& [id, set] : partition.regions()) {
    CHECK((all & set).empty());
    all = all | set;
  }
  CHECK(all == spf::sender_addresses());
}

TEST_CASE("equal partitions mean equal treatment, conditions included") {
  auto resolver = test::load_zone("spf_survey");
  spf::Decisions decisions;
  auto asks = partition_of(*resolver, "asks.example.org", decisions);
  CHECK(asks == partition_of(*resolver, "asks-same.example.org", decisions));
  CHECK(asks != partition_of(*resolver, "asks-other.example.org", decisions));
  CHECK(asks.at(*net::Address::read("198.51.100.1")) == Ruling::depends);
}

TEST_CASE("a record of many questions to the message is refused, not compared") {
  auto resolver = test::zone("t.example.org. TXT \"v=spf1 -all\"\n");
  spf::Decisions decisions;
  spf::Decisions::Id rest = spf::Decisions::result(Ruling::fail);
  for (std::size_t i = 0; i <= spf::Decisions::kMost; ++i)
    rest = decisions.choose(std::to_string(i), spf::Decisions::result(Ruling::pass), rest);
  CHECK(decisions.full());
  auto survey = spf::survey(*resolver, test::name("t.example.org"));
  CHECK(!spf::partition(survey, decisions).has_value());
}

TEST_CASE("partition and check_host agree on random records") {
  std::mt19937 random(4408);
  auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  auto address = [&] {
    return net::Address::v4(0xc0000200U | static_cast<std::uint32_t>(pick(32)));
  };
  auto record = [&](const std::string& child) {
    std::string text = "v=spf1";
    for (std::size_t i = 0, n = pick(5); i < n; ++i) {
      text += std::string(" ") + "+-~?"[pick(4)];
      if (!child.empty() && pick(3) == 0) {
        text += "include:" + child;
      } else {
        text += "ip4:" + to_string(net::Prefix{address(), 28 + static_cast<unsigned>(pick(5))});
      }
    }
    if (pick(3) == 0) return text + " redirect=" + (child.empty() ? "none.example.org" : child);
    return pick(2) == 0 ? text + " -all" : text;
  };
  for (int round = 0; round < 150; ++round) {
    auto resolver = test::zone("c.example.org. TXT \"" + record("") + "\"\nb.example.org. TXT \"" +
                               record("c.example.org") + "\"\na.example.org. TXT \"" +
                               record("b.example.org") + "\"\n");
    spf::Decisions decisions;
    auto partition = partition_of(*resolver, "a.example.org", decisions);
    for (std::uint32_t i = 0; i < 33; ++i) {
      spf::Request request;
      request.ip = net::Address::v4(0xc0000200U + i);
      request.domain = "a.example.org";
      request.sender = "x@a.example.org";
      auto outcome = spf::check_host(*resolver, request);
      INFO(to_string(request.ip) << ' ' << resolver->txt(test::name("a.example.org")).records[0]);
      // The limit of ten terms depends on the path and is no part of the partition.
      if (outcome.lookups > 10) continue;
      REQUIRE(to_string(partition.at(request.ip)) == to_string(outcome.result));
    }
  }
}
