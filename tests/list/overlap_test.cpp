#include "list/overlap.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "list/opponents.hpp"

using namespace mailtrust;

namespace {

using list::Block;

// Few addresses, so that blocks meet often.
std::vector<Block> random_blocks(std::mt19937& random, std::size_t count) {
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < count; ++i) {
    auto family = random() % 2 == 0 ? net::Family::v4 : net::Family::v6;
    net::Uint128 base = family == net::Family::v4 ? 0xc0000200U : net::Uint128{0x20010db8} << 96;
    net::Uint128 first = base + random() % 500;
    blocks.push_back({family, first, first + (random() % 3 == 0 ? 0 : random() % 60)});
  }
  return blocks;
}

list::Packed pack(const std::vector<Block>& blocks) {
  list::Packed packed;
  std::uint32_t line = 0;
  for (const auto& block : blocks) packed.add(block, ++line);
  packed.sort();
  return packed;
}

// Line by line, what is there before, else whether anything else is around it.
std::map<std::uint32_t, bool> slow_overlaps(const std::vector<Block>& blocks) {
  std::map<std::uint32_t, bool> found;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    auto end = blocks.begin() + static_cast<std::ptrdiff_t>(i);
    bool again = std::find(blocks.begin(), end, blocks[i]) != end;
    bool covered = std::ranges::any_of(blocks, [&](const Block& other) {
      return other != blocks[i] && other.contains(blocks[i]);
    });
    if (again || covered) found[static_cast<std::uint32_t>(i + 1)] = again;
  }
  return found;
}

}  // namespace

TEST_CASE("overlaps are those a slow model finds") {
  std::mt19937 random(7);
  for (std::size_t run = 0; run < 60; ++run) {
    auto blocks = random_blocks(random, run);
    std::map<std::uint32_t, bool> found;
    list::find_overlaps(pack(blocks), [&](const list::Overlap& overlap) {
      found[overlap.line] = overlap.duplicate;
      const auto& other = blocks[overlap.other - 1];
      const auto& block = blocks[overlap.line - 1];
      if (overlap.duplicate) {
        CHECK(other == block);
        CHECK(std::ranges::find(blocks, block) - blocks.begin() == overlap.other - 1);
      } else {
        CHECK((other.contains(block) && overlap.around == other));
      }
    });
    CHECK(found == slow_overlaps(blocks));
  }
}

TEST_CASE("many blocks are sorted by digits as by comparing") {
  std::mt19937 random(8);
  list::Packed packed;
  std::vector<list::PackedV4> expected;
  for (std::uint32_t line = 1; line <= 20000; ++line) {
    auto first = static_cast<std::uint32_t>(line % 3 == 0 ? random() % 50 : random());
    auto last = first + static_cast<std::uint32_t>(random() % 3);
    if (last < first) last = first;
    packed.add({net::Family::v4, first, last}, line);
  }
  expected = packed.v4;
  std::ranges::sort(expected, [](auto& a, auto& b) { return list::comes_before(a, b); });
  packed.sort();
  auto same = [](auto& a, auto& b) {
    return a.first == b.first && a.last == b.last && a.line == b.line;
  };
  CHECK(std::ranges::equal(packed.v4, expected, same));
}

TEST_CASE("names: again in a domain, and inside a listed one") {
  list::NamePacker pack_name;
  list::Packed packed;
  std::uint32_t line = 0;
  for (const char* name : {"a@example.org", "example.org", "b@example.org", "a@example.org",
                           "a@example.net", "sub.example.org", "c@sub.example.net"})
    packed.names.push_back(pack_name(name, ++line));
  packed.sort();
  std::map<std::uint32_t, std::pair<bool, std::uint32_t>> found;
  list::find_overlaps(packed, [&](const list::Overlap& overlap) {
    found[overlap.line] = {overlap.duplicate, overlap.other};
  });
  CHECK(found == decltype(found){{1, {false, 2}}, {3, {false, 2}}, {4, {true, 1}}});
}

TEST_CASE("contradictions are those a slow model finds") {
  std::mt19937 random(9);
  for (std::size_t run = 0; run < 60; ++run) {
    auto own = random_blocks(random, run);
    auto others = random_blocks(random, run / 4);
    std::vector<std::uint32_t> found, expected;
    list::find_contradictions(pack(own), pack(others), [&](const list::Contradiction& one) {
      found.push_back(one.line);
      CHECK(others[one.other - 1].overlaps(own[one.line - 1]));
    });
    for (std::size_t i = 0; i < own.size(); ++i)
      if (std::ranges::any_of(others, [&](auto& other) { return other.overlaps(own[i]); }))
        expected.push_back(static_cast<std::uint32_t>(i + 1));
    std::ranges::sort(found);
    CHECK(found == expected);
  }
}

TEST_CASE("names contradict when one is the other, or its domain") {
  list::NamePacker pack_name;

  struct Row {
    const char* own;
    const char* other;
    bool contradict;
  };

  auto row = GENERATE(values<Row>({
      {"a@example.org", "a@example.org", true},
      {"a@example.org", "example.org", true},
      {"example.org", "a@example.org", true},
      {"example.org", "example.org", true},
      {"a@example.org", "b@example.org", false},
      {"a@example.org", "a@example.net", false},
      {"sub.example.org", "example.org", false},
  }));
  INFO(row.own << " and " << row.other);
  list::Packed own, others;
  own.names.push_back(pack_name(row.own, 1));
  for (const char* name : {"z@example.com", "example.com", row.other})
    others.names.push_back(pack_name(name, 5));
  others.sort();
  bool found = false;
  list::find_contradictions(own, others, [&](const auto&) { found = true; });
  CHECK(found == row.contradict);
}
