#include "list/undo.hpp"

#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "list/store_for_test.hpp"

using namespace mailtrust;
using namespace mailtrust::list_test;

namespace {

struct Undoing {
  Place place;
  list::Store store = open(place);
  list::Actor actor{"alice", kNow};
  list::Vetting vetting;
};

}  // namespace

TEST_CASE_METHOD(Undoing, "every change can be undone and done again, exactly") {
  std::int64_t now = kNow;
  auto alice = [&] { return list::Actor{"alice", now += 10, std::nullopt, true}; };
  std::vector<std::string> states = {dump(store, "bad")};
  auto remember = [&](const Expected<list::Edited>& edited) {
    if (!edited) FAIL(edited.error().message);
    states.push_back(dump(store, "bad"));
  };
  remember(list::create(store, "bad", {}, alice()));
  remember(list::add(store, "bad",
                     {.entries = entries({"192.0.2.1", "@example.org"}), .comment = "x"}, alice()));
  auto file = place.write("a.txt", "192.0.2.1;y\n192.0.2.2;z\n10.0.0.0/8\n");
  auto options = options_for({file});
  options.now = now += 10;
  import(place, options);
  states.push_back(dump(store, "bad"));
  remember(list::amend(store, "bad", entries({"192.0.2.2"}),
                       {.comment = "new", .expires = std::optional(kNow + 5000)}, "edit", alice()));
  remember(list::amend(store, "bad", entries({"192.0.2.2", "10.0.0.0/8"}),
                       {.state = list::State::paused}, "pause", alice()));
  remember(list::remove(store, "bad", entries({"10.0.0.0/8"}), alice()));
  auto second = place.write("b.txt", "192.0.2.2;kept\n192.0.2.9\n");
  options = options_for({second});
  options.replace = true;
  options.now = now += 10;
  import(place, options);
  states.push_back(dump(store, "bad"));
  remember(list::drop(store, "bad", alice()));
  remember(list::create(store, "bad", {.verdict = list::Verdict::allow}, alice()));

  list::Actor bob{"bob", now + 100};
  for (int round = 0; round < 2; ++round) {
    for (auto i = states.size() - 1; i-- > 0;) {
      INFO("back to " << i);
      REQUIRE(list::undo(store, "bad", bob, vetting).has_value());
      CHECK(dump(store, "bad") == states[i]);
    }
    CHECK_FALSE(list::undo(store, "bad", bob, vetting).has_value());
    for (std::size_t i = 1; i < states.size(); ++i) {
      INFO("forward to " << i);
      REQUIRE(list::redo(store, "bad", bob, vetting).has_value());
      CHECK(dump(store, "bad") == states[i]);
    }
    CHECK_FALSE(list::redo(store, "bad", bob, vetting).has_value());
  }
}

TEST_CASE_METHOD(Undoing, "something new ends what could be done again") {
  REQUIRE(list::add(store, "bad", {.entries = entries({"192.0.2.1"})}, actor));
  REQUIRE(list::add(store, "bad", {.entries = entries({"192.0.2.2"})}, actor));
  REQUIRE(list::undo(store, "bad", actor, vetting));
  REQUIRE(list::add(store, "bad", {.entries = entries({"192.0.2.3"})}, actor));
  CHECK_FALSE(list::redo(store, "bad", actor, vetting).has_value());
  REQUIRE(list::undo(store, "bad", actor, vetting));
  auto events = list::history(store, "bad", 10);
  REQUIRE(events.has_value());
  std::string standings;
  for (const auto& event : *events) standings += std::string(event.standing) + ' ';
  CHECK(standings == "remark undone remark abandoned done ");
  REQUIRE(events->back().changes.size() == 1);
  CHECK(to_string(events->back().changes[0].entry) == "192.0.2.1");
  CHECK_FALSE(events->back().changes[0].before.has_value());
}

TEST_CASE_METHOD(Undoing, "an import of many is undone whole, and costs the history little") {
  std::string text;
  for (int i = 0; i < 5000; ++i)
    text += "192.0." + std::to_string(i / 250) + '.' + std::to_string(i % 250) + ";c\n";
  auto file = place.write("a.txt", text);
  auto outcome = import(place, options_for({file}));
  CHECK(outcome.files[0].added == 5000);
  auto before = dump(store, "bad");
  auto events = list::history(store, "bad", 9999);
  REQUIRE(events->size() == 1);
  CHECK((*events)[0].changes.size() == 1000);
  list::Actor bob{"bob", kNow + 1};
  REQUIRE(list::undo(store, "bad", bob, vetting));
  CHECK(dump(store, "bad") == "none");
  REQUIRE(list::redo(store, "bad", bob, vetting));
  CHECK(dump(store, "bad") == before);
}

TEST_CASE_METHOD(Undoing, "undo and redo admit who does them, or are forced") {
  list::Actor other{"bob", kNow};
  actor.address = net::Address::read("203.0.113.5");
  list::Making making{.verdict = list::Verdict::allow, .exclusive = true};
  REQUIRE(list::add(store, "api", {.entries = entries({"192.0.2.1"}), .making = making}, other));
  REQUIRE(list::add(store, "api", {.entries = entries({"203.0.113.0/24"})}, actor));
  auto before = dump(store, "api");
  auto locked = list::undo(store, "api", actor, vetting);
  REQUIRE_FALSE(locked.has_value());
  CHECK(locked.error().message ==
        "would lock out 203.0.113.5, the address you are connected from: add it too, or use "
        "--force");
  CHECK(dump(store, "api") == before);
  actor.force = true;
  REQUIRE(list::undo(store, "api", actor, vetting));
  actor.force = false;
  REQUIRE(list::redo(store, "api", actor, vetting));
  CHECK(dump(store, "api") == before);
}

TEST_CASE_METHOD(Undoing, "what undo brings back is looked at") {
  REQUIRE(list::add(store, "bad", {.entries = entries({"192.0.2.1", "10.0.0.0/8"})}, actor));
  REQUIRE(list::remove(store, "bad", entries({"10.0.0.0/8"}), actor));
  auto before = dump(store, "bad");

  struct Objects : list::Vetter {
    void look(const Entry& entry, list::Verdict, std::string_view where,
              std::vector<finding::Finding>& out) override {
      if (entry.kind == list::Kind::prefix)
        out.push_back(finding::make("list.provider", std::string(where), "denied", "do not"));
    }
  };

  vetting.vetters.push_back(std::make_unique<Objects>());
  auto refused = list::undo(store, "bad", actor, vetting);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == Error::Kind::usage);
  REQUIRE(vetting.found.findings.size() == 1);
  CHECK(vetting.found.findings[0].where == "10.0.0.0/8");
  CHECK(dump(store, "bad") == before);
  actor.force = true;
  CHECK(list::undo(store, "bad", actor, vetting).has_value());
}
