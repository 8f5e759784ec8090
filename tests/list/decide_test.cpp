#include "list/decide.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "list/entry_index.hpp"

using namespace mailtrust;
using list::Verdict;
using list::Voice;

namespace {

Voice voice(const std::string& text, Verdict verdict, std::string list = "l") {
  return {std::move(list), verdict, list::Entry::parse(text).value(), ""};
}

Voice exclusion() {
  return {"api", Verdict::deny, {}, ""};
}

std::string name_of(const Voice& voice) {
  auto verdict = std::string(to_string(voice.verdict));
  return verdict + ' ' + (voice.entry ? to_string(*voice.entry) : "all else");
}

struct Row {
  std::string what;
  std::vector<Voice> voices;
  std::vector<std::string> order;
  std::size_t bypasses;
};

}  // namespace

TEST_CASE("the order in which entries decide") {
  constexpr auto kAllow = Verdict::allow;
  constexpr auto kDeny = Verdict::deny;
  auto row = GENERATE_COPY(values<Row>({
      {"allow before deny, however wide",
       {voice("192.0.2.1", kDeny), voice("192.0.2.0/24", kAllow)},
       {"allow 192.0.2.0/24", "deny 192.0.2.1"},
       1},
      {"allow by a domain before deny by an address",
       {voice("192.0.2.1", kDeny), voice("@example.org", kAllow)},
       {"allow @example.org", "deny 192.0.2.1"},
       1},
      {"address before mailbox before domain",
       {voice("@example.org", kDeny), voice("a@example.org", kDeny), voice("0.0.0.0/0", kDeny)},
       {"deny 0.0.0.0/0", "deny a@example.org", "deny @example.org"},
       0},
      {"the longest prefix first, ranges by their size",
       {voice("192.0.2.0/24", kDeny), voice("192.0.2.1", kDeny), voice("192.0.2.0/31", kDeny),
        voice("192.0.2.1-192.0.2.5", kDeny)},
       {"deny 192.0.2.1", "deny 192.0.2.0/31", "deny 192.0.2.1-192.0.2.5", "deny 192.0.2.0/24"},
       0},
      {"not being on an exclusive list comes last",
       {exclusion(), voice("@example.org", kDeny)},
       {"deny @example.org", "deny all else"},
       0},
      {"any allow entry goes before an exclusive list",
       {exclusion(), voice("@example.org", kAllow)},
       {"allow @example.org", "deny all else"},
       1},
      {"nobody speaks", {}, {}, 0},
  }));
  INFO(row.what);
  std::vector<std::string> order;
  auto decision = list::decide(row.voices);
  if (decision.by) order.push_back(name_of(*decision.by));
  for (const auto& shadow : decision.shadows) order.push_back(name_of(shadow));
  CHECK(order == row.order);
  CHECK(decision.bypasses().size() == row.bypasses);
}

TEST_CASE("of equal entries the first list by name decides") {
  auto decision = list::decide(
      {voice("192.0.2.1", Verdict::deny, "z"), voice("192.0.2.1", Verdict::deny, "a")});
  CHECK(decision.by->list == "a");
}

TEST_CASE("senders") {
  CHECK(list::parse_sender("<User@Example.ORG>") == "user@example.org");
  CHECK(list::parse_sender("<>") == "");
  CHECK(list::parse_sender("") == "");
  for (const char* text : {"example.org", "@example.org", "192.0.2.1", "a@", "<a@b.example"}) {
    INFO(text);
    REQUIRE_FALSE(list::parse_sender(text));
    CHECK(list::parse_sender(text).error().kind == Error::Kind::usage);
  }
}

TEST_CASE("the index finds what a slow model finds") {
  std::mt19937 random(5);
  for (int run = 0; run < 40; ++run) {
    list::EntryIndex index;
    std::vector<list::Entry> entries;
    for (int i = 0; i < run * 2; ++i) {
      auto v4 = random() % 2 == 0;
      auto family = v4 ? net::Family::v4 : net::Family::v6;
      net::Uint128 base = v4 ? 0 : net::Uint128{0x20010db8} << 96;
      net::Uint128 first = base + random() % 200;
      net::Uint128 size = random() % 2 == 0 ? net::Uint128{1} << (random() % 8) : random() % 40 + 1;
      if (random() % 2 == 0) first -= first % size;
      auto text = to_string(list::Block{family, first, first + size - 1});
      auto entry = list::Entry::parse(text).value();
      if (std::ranges::find(entries, entry) != entries.end()) continue;
      entries.push_back(entry);
      index.add(entry, text);
    }
    index.finish();
    for (unsigned at = 0; at < 240; at += 3) {
      for (auto family : {net::Family::v4, net::Family::v6}) {
        net::Uint128 value = (family == net::Family::v4 ? 0 : net::Uint128{0x20010db8} << 96) + at;
        list::Block address{family, value, value};
        std::vector<list::Entry> found, expected;
        for (const auto* remark : index.find(address, "")) found.push_back(remark->entry);
        std::ranges::copy_if(entries, std::back_inserter(expected),
                             [&](auto& entry) { return entry.block.contains(address); });
        std::ranges::sort(found);
        std::ranges::sort(expected);
        CHECK(found == expected);
      }
    }
  }
}

TEST_CASE("the index finds a mailbox and its domain, not the domain above") {
  list::EntryIndex index;
  for (const char* text :
       {"a@mail.example.org", "@mail.example.org", "@example.org", "b@x.example"})
    index.add(list::Entry::parse(text).value(), "");
  index.finish();
  auto nobody = list::block_of(net::Address::v4(0));
  CHECK(index.find(nobody, "a@mail.example.org").size() == 2);
  CHECK(index.find(nobody, "z@mail.example.org").size() == 1);
  CHECK(index.find(nobody, "a@x.example").empty());
  CHECK(index.find(nobody, "").empty());
}
