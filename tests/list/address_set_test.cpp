#include "list/address_set.hpp"

#include <bitset>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "list/address_index.hpp"
#include "list/address_text.hpp"
#include "list/comments.hpp"
#include "list/narrowest.hpp"
#include "list/radix_sort.hpp"
#include "list/set_text.hpp"

namespace mailtrust::list {
namespace {

using net::Family;
using net::Uint128;

// The slow, obvious model: 1024 neighbouring addresses of one family, one bit each.
constexpr std::size_t kModel = 1024;
using Model = std::bitset<kModel>;

struct World {
  Family family;
  Uint128 base;

  [[nodiscard]] Block block(std::size_t first, std::size_t last) const {
    return {family, base + first, base + last};
  }
};

World world(int number) {
  if (number == 0) return {Family::v4, 0};
  if (number == 1) return {Family::v4, Uint128{0xffffffff} - kModel + 1};
  if (number == 2) return {Family::v6, (Uint128{0x20010db8} << 96 | Uint128{1} << 64) - kModel / 2};
  return {Family::v6, ~Uint128{0} - kModel + 1};
}

std::vector<Block> random_blocks(std::mt19937& random, const World& world, Model& model) {
  std::vector<Block> blocks;
  model.reset();
  for (auto left = random() % 200; left > 0; --left) {
    std::size_t first = random() % kModel;
    std::size_t size = std::size_t{1} << (random() % (random() % 20 == 0 ? 11 : 4));
    if (random() % 3 != 0) first -= first % size;  // a prefix
    auto last = std::min(first + size, kModel) - 1;
    blocks.push_back(world.block(first, last));
    for (auto i = first; i <= last; ++i) model.set(i);
  }
  return blocks;
}

AddressSet set_of(const std::vector<Block>& blocks) {
  Blocks all;
  for (const auto& block : blocks) all.add(block);
  return all.take();
}

Model model_of(const AddressSet& set, const World& world) {
  Model model;
  each_range(set, [&](const Block& range) {
    for (auto i = range.first - world.base; i <= range.last - world.base; ++i)
      model.set(static_cast<std::size_t>(i));
  });
  return model;
}

std::vector<Block> prefixes_of(const AddressSet& set) {
  std::vector<Block> out;
  each_prefix(set, [&](const Block& block) { out.push_back(block); });
  return out;
}

std::string text_of(const AddressSet& set, const SetFormat& format) {
  std::string out;
  write_set(set, format, [&](std::string_view piece) { out += piece; });
  return out;
}

}  // namespace

TEST_CASE("sets and set work are those of the slow model") {
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    auto here = world(round % 4);
    Model a_model;
    Model b_model;
    auto a = set_of(random_blocks(random, here, a_model));
    auto b = set_of(random_blocks(random, here, b_model));
    REQUIRE(model_of(a, here) == a_model);
    REQUIRE(model_of(a & b, here) == (a_model & b_model));
    REQUIRE(model_of(a - b, here) == (a_model & ~b_model));
    REQUIRE((a == b) == (a_model == b_model));
    if (here.family == Family::v4) REQUIRE(count(a).v4 == a_model.count());
    AddressIndex index(a);
    Model seen;
    for (std::size_t i = 0; i < kModel; ++i) seen[i] = index.contains(here.family, here.base + i);
    REQUIRE(seen == a_model);
  }
}

TEST_CASE("prefixes are the fewest that hold the set, and are written as such") {
  std::mt19937 random(12);
  for (int round = 0; round < 400; ++round) {
    auto here = world(round % 4);
    Model model;
    auto set = set_of(random_blocks(random, here, model));
    auto prefixes = prefixes_of(set);
    REQUIRE(set_of(prefixes) == set);
    std::string text;
    for (std::size_t i = 0; i < prefixes.size(); ++i) {
      REQUIRE(prefixes[i].prefix_length() >= 0);
      text += to_string(prefixes[i]) + '\n';
      // Two halves of one prefix would be one prefix too many.
      if (i == 0) continue;
      Block both{here.family, prefixes[i - 1].first, prefixes[i].last};
      bool touch = prefixes[i - 1].last + 1 == prefixes[i].first;
      REQUIRE_FALSE((touch && both.prefix_length() >= 0));
    }
    REQUIRE(text_of(set, {}) == text);
  }
}

TEST_CASE("sets of all addresses") {
  auto set = set_of({{Family::v4, 0, 0xffffffff}, {Family::v6, 0, ~Uint128{0}}});
  CHECK(text_of(set, {}) == "0.0.0.0/0\n::/0\n");
  CHECK(text_of(set, {true, "<", ">", ","}) == "<0.0.0.0/0>,<::/0>");
  CHECK(count(set).v4 == std::uint64_t{1} << 32);
  CHECK(count(set).v6_networks == ~std::uint64_t{0});
  CHECK(prefixes_of(AddressSet{} - set).empty());
  AddressIndex index(set);
  CHECK(index.contains(Family::v4, 0xffffffff));
  CHECK(index.contains(Family::v6, ~Uint128{0}));
  AddressIndex none(AddressSet{});
  CHECK_FALSE(none.contains(Family::v4, 0));
  CHECK_FALSE(none.contains(Family::v6, 0));
}

TEST_CASE("an index finds what is far and near") {
  std::mt19937_64 random(13);
  std::vector<Block> blocks;
  std::vector<Block> slow;
  for (int i = 0; i < 3000; ++i) {
    auto family = i % 2 == 0 ? Family::v4 : Family::v6;
    auto top = Uint128{random() % 3} << (family == Family::v4 ? 30 : 126);
    auto value = family == Family::v4 ? static_cast<std::uint32_t>(top + random() % 100000)
                                      : top + (Uint128{random() % 50} << 64) + random() % 300;
    auto last = value + random() % 40;
    blocks.push_back({family, value, last});
  }
  AddressIndex index(set_of(blocks));
  for (int i = 0; i < 3000; ++i) {
    const auto& near = blocks[random() % blocks.size()];
    auto value = near.first + random() % 60;
    bool held = false;
    for (const auto& block : blocks)
      held = held || (block.family == near.family && block.first <= value && value <= block.last);
    REQUIRE(index.contains(near.family, value) == held);
  }
}

TEST_CASE("radix sort sorts") {
  std::mt19937_64 random(14);
  for (std::size_t size : {0U, 1U, 95U, 96U, 5000U, 60000U}) {
    std::vector<net::Interval<Uint128>> intervals;
    for (std::size_t i = 0; i < size; ++i) {
      Uint128 first = Uint128{random() % 3} << 100 | Uint128{random()} >> (random() % 64);
      intervals.push_back({first, first + 1});
    }
    auto expected = intervals;
    auto by_first = [](const auto& a, const auto& b) { return a.first < b.first; };
    std::sort(expected.begin(), expected.end(), by_first);
    radix_sort(std::span(intervals));
    REQUIRE((intervals == expected));
  }
}

TEST_CASE("the narrowest entry is found, of equal ones the first") {
  std::mt19937 random(15);
  for (int round = 0; round < 100; ++round) {
    auto here = world(round % 4);
    Model model;
    auto blocks = random_blocks(random, here, model);
    NarrowestIndex index;
    for (const auto& block : blocks) index.add(block, "");
    index.build();
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < kModel; ++i) {
      auto address = here.base + i;
      std::optional<std::size_t> best;
      for (std::size_t n = 0; n < blocks.size(); ++n)
        if (blocks[n].first <= address && address <= blocks[n].last &&
            (!best || blocks[n].last - blocks[n].first < blocks[*best].last - blocks[*best].first))
          best = n;
      auto found = index.find(here.family, address);
      if (found.has_value() != best.has_value() || (found && *found != *best)) ++wrong;
    }
    REQUIRE(wrong == 0);
  }
}

TEST_CASE("comments stay with what their entries became") {
  Commented commented;
  auto add = [&](const char* entry, const char* comment) {
    commented.add(Entry::parse(entry)->block, comment);
  };
  add("192.0.2.128/25", "upper");
  add("192.0.2.0/25", "lower");
  add("192.0.2.7", "lower");
  add("192.0.2.8", "");
  add("198.51.100.1-198.51.100.2", "two");
  std::string out;
  commented.each(false, [&](const Block& block, const std::string& comment) {
    out += to_string(block) + ';' + comment + '\n';
  });
  CHECK(out == "192.0.2.0/24;lower | upper\n198.51.100.1;two\n198.51.100.2;two\n");
  for (int i = 0; i < 3000; ++i) add("2001:db8::1", ("\xc3\xa4" + std::to_string(i)).c_str());
  commented.each(true, [&](const Block& block, const std::string& comment) {
    if (block.family == Family::v4) return;
    CHECK(comment.size() <= kJoinedComments);
    CHECK(comment.ends_with("..."));
  });
}

TEST_CASE("addresses are told for people") {
  CHECK(to_string(Census{}) == "no addresses");
  CHECK(to_string(Census{1, 1}) == "1 IPv4 address and 1 IPv6 network of /64");
  CHECK(to_string(Census{65536, 0}) == "65,536 IPv4 addresses");
}

}  // namespace mailtrust::list
