#include "iprev/iprev.hpp"

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "dns/inquiry.hpp"
#include "zone_for_test.hpp"

using namespace mailtrust;

namespace {

struct Row {
  std::string what;
  std::string address;
  std::string result;
  std::string best;  // "-" for none
};

std::string best_of(const iprev::Outcome& outcome) {
  const auto* best = outcome.best();
  return best != nullptr ? to_string(best->name) : "-";
}

iprev::Outcome check(const std::string& address) {
  auto zone = test::load_zone("iprev");
  return iprev::check(*zone, *net::Address::read(address));
}

}  // namespace

TEST_CASE("does the name of an address point back") {
  auto row = GENERATE(values<Row>({
      {"it does", "192.0.2.1", "pass", "mail.example.org"},
      {"it points elsewhere", "192.0.2.2", "fail", "elsewhere.example.org"},
      {"it does not answer", "192.0.2.3", "temperror", "silent.example.org"},
      {"one of several is enough", "192.0.2.4", "pass", "four.example.org"},
      {"the reverse zone fails", "192.0.2.5", "temperror", "-"},
      {"it does not exist", "192.0.2.6", "fail", "nowhere.example.org"},
      {"through aliases", "192.0.2.7", "pass", "seven.example.org"},
      {"the one that is silent might", "192.0.2.8", "temperror", "elsewhere.example.org"},
      {"there is no name", "192.0.2.200", "permerror", "-"},
      {"IPv6 by AAAA only", "2001:db8::1", "pass", "six.example.org"},
  }));
  INFO(row.what);
  auto outcome = check(row.address);
  CHECK(to_string(outcome.result) == row.result);
  CHECK(best_of(outcome) == row.best);
}

TEST_CASE("at most ten names are followed, and the rest counted") {
  auto zone = test::load_zone("iprev");
  dns::Inquiry inquiry(*zone, 100, dns::Inquiry::Clock::now() + std::chrono::seconds(60));
  auto outcome = iprev::check(inquiry, *net::Address::read("192.0.2.9"));
  CHECK(outcome.claims.size() == limits::kReverseNames);
  CHECK(outcome.left_out == 1);
  CHECK(inquiry.evidence().size() == 1 + limits::kReverseNames);
}

TEST_CASE("aliases of the reverse name and of the name are told") {
  auto outcome = check("192.0.2.7");
  REQUIRE(outcome.aliases.size() == 1);
  CHECK(to_string(outcome.aliases[0]) == "7.customer.example.net");
  REQUIRE(outcome.claims.at(0).aliases.size() == 1);
  CHECK(to_string(outcome.claims[0].aliases[0]) == "host7.provider.example");
}
