#include "net/prefix_set.hpp"

#include <bitset>
#include <random>
#include <string>

#include <catch2/catch.hpp>

using mailtrust::net::Address;
using mailtrust::net::Family;
using mailtrust::net::Prefix;
using mailtrust::net::PrefixSet;

namespace {

std::vector<Prefix> read_all(const std::vector<std::string>& texts) {
  std::vector<Prefix> out;
  for (const auto& text : texts) out.push_back(Prefix::read(text).value());
  return out;
}

PrefixSet set_of(const std::vector<std::string>& texts) {
  return PrefixSet::of(read_all(texts));
}

std::vector<std::string> texts_of(const PrefixSet& set) {
  std::vector<std::string> out;
  for (const auto& prefix : set.prefixes()) out.push_back(to_string(prefix));
  return out;
}

// 256 addresses of each family at an end of the space, one bit each.
using Model = std::bitset<512>;

struct Sample {
  PrefixSet set;
  Model model;
};

Address member(std::size_t index, bool high) {
  auto low_octet = static_cast<std::uint8_t>(index);
  Address::Octets octets{};
  if (high) octets.fill(0xff);
  octets[15] = low_octet;
  if (index >= 256) return Address::v6(octets);
  return Address::v4((high ? 0xffffff00U : 0U) | low_octet);
}

Sample random_sample(std::mt19937& random, bool high) {
  Sample sample;
  auto count = random() % 12;
  for (unsigned i = 0; i < count; ++i) {
    auto address = member(random() % 512, high);
    auto host_bits = static_cast<unsigned>(random() % 5);
    Prefix prefix{address, width(address.family()) - host_bits};
    sample.set.insert(prefix);
    for (std::size_t bit = 0; bit < 512; ++bit)
      if (prefix.contains(member(bit, high))) sample.model.set(bit);
  }
  return sample;
}

Model model_of(const PrefixSet& set, bool high) {
  Model model;
  for (std::size_t bit = 0; bit < 512; ++bit)
    if (set.contains(member(bit, high))) model.set(bit);
  return model;
}

}  // namespace

TEST_CASE("the cover is the fewest prefixes, in order") {
  struct Row {
    const char* what;
    std::vector<std::string> in;
    std::vector<std::string> out;
  };

  auto row = GENERATE(values<Row>({
      {"nothing", {}, {}},
      {"host bits", {"192.0.2.77/24"}, {"192.0.2.0/24"}},
      {"halves", {"192.0.2.128/25", "192.0.2.0/25"}, {"192.0.2.0/24"}},
      {"covered", {"192.0.2.0/24", "192.0.2.7/32"}, {"192.0.2.0/24"}},
      {"not aligned", {"192.0.2.1/32", "192.0.2.2/32"}, {"192.0.2.1/32", "192.0.2.2/32"}},
      {"three", {"192.0.2.1/32", "192.0.2.2/31"}, {"192.0.2.1/32", "192.0.2.2/31"}},
      {"families", {"2001:db8::/32", "10.0.0.0/8"}, {"10.0.0.0/8", "2001:db8::/32"}},
      {"everything", {"0.0.0.0/0", "::/0"}, {"0.0.0.0/0", "::/0"}},
      {"two halves of all", {"128.0.0.0/1", "0.0.0.0/1"}, {"0.0.0.0/0"}},
      {"the last address", {"255.255.255.255/32"}, {"255.255.255.255/32"}},
      {"the last of IPv6",
       {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"},
       {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"}},
      {"IPv6 halves", {"2001:db8:8000::/33", "2001:db8::/33"}, {"2001:db8::/32"}},
  }));
  INFO(row.what);
  CHECK(texts_of(set_of(row.in)) == row.out);
}

TEST_CASE("counts are exact in their units") {
  CHECK(set_of({"0.0.0.0/0"}).count_v4() == 1ULL << 32);
  CHECK(set_of({"192.0.2.0/24", "192.0.2.0/30", "203.0.113.9"}).count_v4() == 257);
  CHECK(set_of({"2001:db8::/32"}).count_v6_networks() == 1ULL << 32);
  CHECK(set_of({"2001:db8::1", "2001:db8::3", "2001:db8:0:1::1"}).count_v6_networks() == 2);
  CHECK(set_of({"::/0"}).count_v6_networks() == ~0ULL);
  CHECK(set_of({"::/1"}).count_v6_networks() == 1ULL << 63);
  CHECK(PrefixSet().count_v4() == 0);
}

TEST_CASE("subtracting from everything is the complement") {
  auto hole = set_of({"192.0.2.0/24", "2001:db8::/32", "255.255.255.255", "::"});
  auto rest = PrefixSet::everything() - hole;
  CHECK(!rest.contains(*Address::read("192.0.2.255")));
  CHECK(rest.contains(*Address::read("192.0.3.0")));
  CHECK(!rest.contains(*Address::read("::")));
  CHECK((rest | hole) == PrefixSet::everything());
  CHECK((rest & hole).empty());
  CHECK(rest.only(Family::v4).count_v4() == (1ULL << 32) - 257);
  CHECK(!rest.contains(*Prefix::read("192.0.0.0/16")));
  CHECK(hole.contains(*Prefix::read("192.0.2.64/26")));
  CHECK((PrefixSet::everything() - PrefixSet::everything()).empty());
}

TEST_CASE("ranges with their ends exchanged or of two families are left out") {
  auto low = *Address::read("192.0.2.1");
  auto high = *Address::read("192.0.2.9");
  std::vector<mailtrust::net::Range> ranges = {
      {high, low}, {low, *Address::read("2001:db8::1")}, {low, high}};
  auto set = PrefixSet::of(ranges);
  REQUIRE(set.ranges().size() == 1);
  CHECK(set.ranges()[0] == ranges[2]);
  CHECK(texts_of(set) ==
        std::vector<std::string>{"192.0.2.1/32", "192.0.2.2/31", "192.0.2.4/30", "192.0.2.8/31"});
}

TEST_CASE("the operations agree with bits in a row") {
  std::mt19937 random(7208);
  for (int round = 0; round < 600; ++round) {
    bool high = round % 2 == 1;
    auto a = random_sample(random, high);
    auto b = random_sample(random, high);
    REQUIRE(model_of(a.set, high) == a.model);
    REQUIRE(model_of(a.set | b.set, high) == (a.model | b.model));
    REQUIRE(model_of(a.set & b.set, high) == (a.model & b.model));
    REQUIRE(model_of(a.set - b.set, high) == (a.model & ~b.model));
    REQUIRE((a.set == b.set) == (a.model == b.model));
    auto cover = a.set.prefixes();
    REQUIRE(PrefixSet::of(cover) == a.set);
    REQUIRE(((a.set - b.set) | (a.set & b.set)) == a.set);
  }
}

TEST_CASE("a hundred thousand prefixes are no trouble") {
  std::mt19937 random(1);
  std::vector<Prefix> prefixes;
  for (int i = 0; i < 100000; ++i)
    prefixes.push_back({Address::v4(static_cast<std::uint32_t>(random())),
                        24 + static_cast<unsigned>(random() % 9)});
  auto set = PrefixSet::of(prefixes);
  auto rest = PrefixSet::everything() - set;
  CHECK((set & rest).empty());
  CHECK(set.count_v4() + rest.count_v4() == 1ULL << 32);
  CHECK(PrefixSet::of(set.prefixes()) == set);
}
