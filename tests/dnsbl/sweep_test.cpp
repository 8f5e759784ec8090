#include "dnsbl/sweep.hpp"

#include <catch2/catch.hpp>

#include "dns/inquiry.hpp"
#include "zone_for_test.hpp"

using namespace mailtrust;
using dnsbl::State;

namespace {

dnsbl::Sweep sweep_of(const std::string& lines) {
  auto zones = dnsbl::parse_zones(lines, "lists", {});
  REQUIRE(zones);
  return dnsbl::Sweep(std::move(*zones));
}

dnsbl::Listing ask(const std::string& line, const std::string& address) {
  auto zone = test::load_zone("dnsbl");
  static std::vector<std::unique_ptr<dnsbl::Sweep>> kept;  // listings point into them
  auto zones = dnsbl::parse_zones(line, "lists", {});
  kept.push_back(std::make_unique<dnsbl::Sweep>(std::move(*zones)));
  return kept.back()->look_up(*zone, *net::Address::read(address)).at(0);
}

struct Row {
  std::string zone;
  std::string address;
  std::string state;
  std::string reason;
};

}  // namespace

TEST_CASE("five answers of a list, and nobody takes one for another") {
  auto row = GENERATE(values<Row>({
      {"good.example", "192.0.2.25", "listed", ""},
      {"good.example", "192.0.2.1", "clean", ""},
      {"good.example", "192.0.2.26", "no answer", "timeout"},
      {"good.example", "192.0.2.27", "refused", "its servers refuse to answer"},
      {"good.example", "192.0.2.28", "refused", "asked too often (127.255.255.255)"},
      {"good.example", "192.0.2.29", "lies",
       "answers 203.0.113.1, outside 127.0.0.0/8: a resolver that rewrites, or no list"},
      {"good.example", "192.0.2.30", "refused", "answers 127.0.0.1, which is no listing"},
      {"good.example 127.0.0.9:refused=come back later", "192.0.2.31", "refused",
       "come back later (127.0.0.9)"},
      {"good.example 127.0.0.1=known", "192.0.2.30", "listed", ""},
      {"everybody.example", "192.0.2.25", "lies", "lists 127.0.0.1, so it lists everybody"},
      {"refusing.example", "192.0.2.25", "refused",
       "turns away public resolvers (127.255.255.254)"},
      {"closed.example", "192.0.2.25", "refused", "its servers refuse to answer"},
      {"silent.example", "192.0.2.25", "no answer", "timeout"},
      {"nothing.example", "192.0.2.25", "no answer", "dead, or no list: it has no test entry"},
      {"rewritten.example", "192.0.2.25", "lies",
       "answers 203.0.113.80, outside 127.0.0.0/8: a resolver that rewrites, or no list"},
      {"intercepted.example", "192.0.2.25", "lies",
       "answers 192.168.1.1, a private address, outside 127.0.0.0/8: a resolver that rewrites, "
       "or no list"},
      {"good.example", "2001:db8::1", "listed", ""},
      {"good.example", "2001:db8::2", "clean", ""},
      {"v4only.example", "2001:db8::1", "not asked", "lists IPv4 only: it has no IPv6 test entry"},
      {"bl.spamcop.net", "2001:db8::1", "not asked", "lists IPv4 only"},
      {"dnsbl.sorbs.net", "192.0.2.25", "no answer", "closed by Proofpoint on 2024-06-05"},
  }));
  INFO(row.zone + " about " + row.address);
  auto listing = ask(row.zone, row.address);
  CHECK(to_string(listing.standing.state) == row.state);
  CHECK(listing.standing.reason == row.reason);
}

TEST_CASE("a listing has its codes in order, their meanings, and the list's text") {
  auto listing = ask("good.example 127.0.0.2=spam 127.0.0.4-7=an exploit", "192.0.2.25");
  REQUIRE(listing.standing.codes.size() == 2);
  CHECK(to_string(listing.standing.codes[0]) == "127.0.0.2");
  CHECK(listing.meaning == "spam; an exploit");
  CHECK(listing.text == "sent spam");
  CHECK(listing.kind == dnsbl::Kind::block);
}

TEST_CASE("the kind of a listing is that of its codes, the worst first") {
  using dnsbl::Kind;
  CHECK(ask("good.example allow", "192.0.2.25").kind == Kind::allow);
  CHECK(ask("good.example 127.0.0.2:allow=a 127.0.0.4:reputation=b", "192.0.2.25").kind !=
        Kind::block);
  CHECK(ask("good.example allow 127.0.0.4:block=b", "192.0.2.25").kind == Kind::block);
}

TEST_CASE("test entries are asked once a run, and a list that fails them no more") {
  auto zone = test::load_zone("dnsbl");
  auto sweep = sweep_of("good.example\neverybody.example\n");
  auto asked = [&](const char* address) {
    dns::Inquiry inquiry(*zone, 100, dns::Inquiry::Clock::now() + std::chrono::seconds(60));
    static_cast<void>(sweep.look_up(inquiry, *net::Address::read(address)));
    return inquiry.evidence().size();
  };
  CHECK(asked("192.0.2.1") == 5);  // two test entries of each, and one question
  CHECK(asked("192.0.2.2") == 1);
  CHECK(asked("192.0.2.25") == 2);  // and TXT
}

TEST_CASE("a list that turns us away on the way is left alone, a zone file is not") {
  auto zone = test::load_zone("dnsbl");
  auto zones = dnsbl::parse_zones("good.example\n", "lists", {});
  REQUIRE(zones);
  dnsbl::Sweep over_network(*zones);
  dnsbl::Sweep from_file(*zones, dnsbl::Refused::asked_again);
  auto look_up = [&](dnsbl::Sweep& sweep, const char* address) {
    dns::Inquiry inquiry(*zone, 100, dns::Inquiry::Clock::now() + std::chrono::seconds(60));
    auto listing = sweep.look_up(inquiry, *net::Address::read(address)).at(0);
    auto asked = std::to_string(inquiry.evidence().size());
    return asked + ' ' + std::string(to_string(listing.standing.state));
  };
  CHECK(look_up(over_network, "192.0.2.1") == "3 clean");
  CHECK(look_up(over_network, "192.0.2.28") == "1 refused");  // "asked too often"
  CHECK(look_up(over_network, "192.0.2.25") == "0 refused");
  CHECK(look_up(from_file, "192.0.2.28") == "3 refused");
  CHECK(look_up(from_file, "192.0.2.25") == "2 listed");
}

TEST_CASE("no name can be asked below a zone that is too long") {
  std::string label(63, 'a');
  auto zone = label + '.' + label + '.' + label + ".example";
  CHECK(ask(zone, "2001:db8::1").standing.state == State::no_answer);
}
