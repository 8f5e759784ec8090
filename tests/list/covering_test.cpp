#include "list/covering.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "list/change.hpp"

using namespace mailtrust;
using list::Verdict;

namespace {

constexpr std::int64_t kNow = 1700000000;

struct Given {
  std::string entry;
  list::State state = list::State::active;
  std::optional<std::int64_t> expires = {};
};

void make(list::Store& store, const std::string& name, bool exclusive,
          const std::vector<Given>& entries) {
  auto change = list::Change::begin(store, name, {"tester", kNow, "add", {}});
  REQUIRE(change);
  REQUIRE(change->create(Verdict::allow, exclusive));
  auto origin = change->origin("");
  REQUIRE(origin);
  for (const auto& given : entries) {
    list::Row row;
    row.origin = *origin;
    row.state = given.state;
    row.expires = given.expires;
    REQUIRE(change->add(list::key_of(list::Entry::parse(given.entry).value()), row));
  }
  REQUIRE(change->commit());
}

std::vector<std::string> voices(list::Store& store, const std::string& ip,
                                const std::string& mailbox = "") {
  auto covering = list::Covering::open(store, "l", kNow);
  REQUIRE(covering);
  auto found = covering->find({net::Address::read(ip).value(), mailbox});
  REQUIRE(found);
  std::vector<std::string> texts;
  for (const auto& voice : *found)
    texts.push_back(voice.entry ? to_string(*voice.entry) : "not listed");
  std::ranges::sort(texts);
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("what a kept list says of a visitor") {
  auto store = list::Store::in_memory();
  REQUIRE(store);
  make(*store, "l", false,
       {{"192.0.2.1"},
        {"192.0.2.0/24"},
        {"0.0.0.0/0"},
        {"192.0.0.5-192.0.2.1"},
        {"192.0.2.1-192.0.2.9"},
        {"192.0.2.0/23", list::State::paused},
        {"192.0.2.0/25", list::State::active, kNow},
        {"192.0.2.0/26", list::State::active, kNow + 1},
        {"::/0"},
        {"2001:db8::1"},
        {"a@example.org"},
        {"@example.org"}});
  CHECK(voices(*store, "192.0.2.1") == Texts{"0.0.0.0/0", "192.0.0.5-192.0.2.1", "192.0.2.0/24",
                                             "192.0.2.0/26", "192.0.2.1", "192.0.2.1-192.0.2.9"});
  CHECK(voices(*store, "::ffff:192.0.2.9") ==
        Texts{"0.0.0.0/0", "192.0.2.0/24", "192.0.2.0/26", "192.0.2.1-192.0.2.9"});
  CHECK(voices(*store, "2001:db8::1", "a@example.org") ==
        Texts{"2001:db8::1", "::/0", "@example.org", "a@example.org"});
  CHECK(voices(*store, "2001:db8::2", "b@example.org") == Texts{"::/0", "@example.org"});
  CHECK(voices(*store, "2001:db8::2", "b@mail.example.org") == Texts{"::/0"});
}

TEST_CASE("a kept list says what a slow model says") {
  std::mt19937 random(11);
  for (int run = 0; run < 10; ++run) {
    auto store = list::Store::in_memory();
    REQUIRE(store);
    std::vector<Given> given;
    std::vector<list::Entry> entries;
    for (int i = 0; i < 40; ++i) {
      net::Uint128 first = random() % 200;
      net::Uint128 last = first + (random() % 2 == 0 ? (1U << (random() % 6)) - 1 : random() % 40);
      auto family = random() % 2 == 0 ? net::Family::v4 : net::Family::v6;
      auto entry = list::Entry::parse(to_string(list::Block{family, first, last})).value();
      if (std::ranges::find(entries, entry) != entries.end()) continue;
      entries.push_back(entry);
      given.push_back({to_string(entry)});
    }
    make(*store, "l", false, given);
    for (unsigned at = 0; at < 250; at += 7) {
      for (auto family : {net::Family::v4, net::Family::v6}) {
        auto address = net::address_of(family, at);
        Texts expected;
        for (const auto& entry : entries)
          if (entry.block.contains(list::block_of(address))) expected.push_back(to_string(entry));
        std::ranges::sort(expected);
        CHECK(voices(*store, net::to_string(address)) == expected);
      }
    }
  }
}

TEST_CASE("exclusive lists") {
  auto store = list::Store::in_memory();
  REQUIRE(store);
  SECTION("empty it admits everyone") {
    make(*store, "l", true, {{"192.0.2.1", list::State::paused}});
    CHECK(voices(*store, "192.0.2.1").empty());
    CHECK(list::Covering::open(*store, "l", kNow)->admits_everyone());
  }
  SECTION("else only those it holds") {
    make(*store, "l", true, {{"192.0.2.1"}});
    CHECK(voices(*store, "192.0.2.1") == Texts{"192.0.2.1"});
    CHECK(voices(*store, "192.0.2.2") == Texts{"not listed"});
    CHECK_FALSE(list::Covering::open(*store, "l", kNow)->admits_everyone());
  }
}

TEST_CASE("a list that is not there") {
  auto store = list::Store::in_memory();
  REQUIRE(store);
  auto covering = list::Covering::open(*store, "nowhere", kNow);
  REQUIRE_FALSE(covering);
  CHECK(covering.error().kind == Error::Kind::input);
}
