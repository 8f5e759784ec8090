#include "list/store.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "list/edit.hpp"
#include "list/import.hpp"
#include "list/import_sort.hpp"
#include "list/row.hpp"
#include "list/store_for_test.hpp"
#include "list/undo.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

using namespace mailtrust;
using namespace mailtrust::list_test;
using list::Effect;

namespace {

// The tables as SQLite knows them.
std::string schema_text(store::Database& database) {
  auto query =
      database.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
  REQUIRE(query.has_value());
  std::string out;
  while (query->step().value()) out += std::string(query->text(0)) + ";\n";
  return out;
}

}  // namespace

TEST_CASE("keys sort as entries do, and give them back") {
  auto all = entries({"0.0.0.0/0",
                      "0.0.0.0",
                      "9.255.255.255",
                      "10.0.0.0/8",
                      "10.0.0.0/24",
                      "10.0.0.0",
                      "10.0.0.0-10.0.0.9",
                      "10.0.0.0-10.0.1.9",
                      "255.255.255.255",
                      "::/0",
                      "::",
                      "2001:db8::/32",
                      "2001:db8::/64",
                      "2001:db8::1",
                      "2001:db8::1-2001:db8::7",
                      "::ffff:192.0.2.1",
                      "a@example.org",
                      "@a.example",
                      "z@example.net",
                      "@zz.example"});
  std::ranges::sort(all);
  std::vector<std::string> keys;
  for (const auto& each : all) keys.push_back(list::key_of(each));
  CHECK(std::ranges::is_sorted(keys));
  for (std::size_t i = 0; i < all.size(); ++i) {
    INFO(to_string(all[i]));
    auto back = list::entry_from(keys[i]);
    REQUIRE(back.has_value());
    CHECK(*back == all[i]);
  }
  for (std::string_view bad : {"", "\x0a", "\x01\x02", "\x02\x01\x02\x03\x04\x21"})
    CHECK_FALSE(list::entry_from(bad).has_value());
}

TEST_CASE("rows come back as they were packed") {
  list::Row plain{.origin = 1};
  list::Row full{.origin = 300,
                 .line = 1,
                 .state = list::State::paused,
                 .created = kNow,
                 .expires = 5,
                 .comment = "why; not"};
  CHECK(list::unpack(list::pack(plain)) == plain);
  CHECK(list::unpack(list::pack(full)) == full);
  CHECK_FALSE(list::unpack("\x01").has_value());
}

TEST_CASE("names of lists") {
  for (const auto* good : {"a", "bad", "a.b-c_d", "9"}) CHECK(list::parse_list_name(good));
  CHECK(list::parse_list_name(std::string(64, 'a')));
  for (const auto* bad : {"", ".a", "-a", "a b", "a/b", "\xc3\xa4"})
    CHECK_FALSE(list::parse_list_name(bad));
  CHECK_FALSE(list::parse_list_name(std::string(65, 'a')));
}

TEST_CASE("a store of every version that was released is opened, read and changed") {
  for (std::size_t version = 1; version <= store::schema().migrations.size(); ++version) {
    INFO("version " << version);
    Place place;
    auto file =
        std::string(MAILTRUST_SOURCE "/tests/store/version_") + std::to_string(version) + ".sql";
    auto sql = read_file(file, 1U << 20);
    REQUIRE(sql.has_value());
    // The dump is all steps up to its version.
    std::vector<std::string_view> steps(version);
    steps.back() = *sql;
    {
      auto made = store::Database::open(place.path("store.db"), store::Access::write,
                                        {store::schema().application_id, steps});
      if (!made) FAIL(made.error().message);
    }
    auto store = open(place);
    CHECK(dump(store, "bad") ==
          "deny 5 1746100800\n"
          "192.0.2.1;open relay;active;1746100800;1746100800;0;list.txt:1\n"
          "198.51.100.0/24;rented;paused;1746100800;1746100800;0;list.txt:2\n"
          "2001:db8::/32;v6;active;1746100800;1746100800;0;list.txt:6\n"
          "192.0.2.5-192.0.2.9;;active;1746100800;1746100800;0;list.txt:5\n"
          "@example.net;d;active;1746100800;1746100800;0;list.txt:4");
    list::Actor bob{"bob", kNow};
    list::Vetting vetting;
    for (int i = 0; i < 3; ++i) REQUIRE(list::undo(store, "bad", bob, vetting));
    CHECK(dump(store, "bad") == "none");
    Place other;
    auto fresh = open(other);
    CHECK(schema_text(store.database()) == schema_text(fresh.database()));
  }
}

TEST_CASE("an edit of what is not there changes nothing") {
  Place place;
  auto store = open(place);
  list::Actor actor{"alice", kNow};
  REQUIRE(list::add(store, "bad", {.entries = entries({"192.0.2.1"})}, actor));
  auto before = dump(store, "bad");
  auto edited = list::remove(store, "bad", entries({"192.0.2.1", "192.0.2.0/24"}), actor);
  REQUIRE(edited.has_value());
  CHECK(edited->effects == std::vector{Effect::unchanged, Effect::missing});
  CHECK(dump(store, "bad") == before);
  CHECK_FALSE(list::remove(store, "other", entries({"192.0.2.1"}), actor).has_value());
  CHECK(list::history(store, "bad", 1)->size() == 1);
}

TEST_CASE("an exclusive list goes on admitting who changes it") {
  Place place;
  auto store = open(place);
  list::Actor actor{"alice", kNow, net::Address::read("203.0.113.5")};
  list::Making making{.verdict = list::Verdict::allow, .exclusive = true};
  auto locked =
      list::add(store, "api", {.entries = entries({"192.0.2.1"}), .making = making}, actor);
  REQUIRE_FALSE(locked.has_value());
  CHECK(dump(store, "api") == "none");
  auto added = list::add(
      store, "api", {.entries = entries({"192.0.2.1", "203.0.113.0/24"}), .making = making}, actor);
  REQUIRE(added.has_value());
  CHECK(added->first_exclusive);
  CHECK_FALSE(list::remove(store, "api", entries({"203.0.113.0/24"}), actor).has_value());
  CHECK_FALSE(list::amend(store, "api", entries({"203.0.113.0/24"}), {.state = list::State::paused},
                          "pause", actor)
                  .has_value());
  actor.force = true;
  CHECK(list::remove(store, "api", entries({"203.0.113.0/24"}), actor).has_value());
}

TEST_CASE("a clock that went back changes nothing before it was made") {
  Place place;
  auto store = open(place);
  REQUIRE(list::add(store, "bad", {.entries = entries({"192.0.2.1"})}, {"alice", kNow}));
  REQUIRE(list::amend(store, "bad", entries({"192.0.2.1"}), {.comment = "new"}, "edit",
                      {"alice", kNow - 5000}));
  auto stored = store.get("bad", entry("192.0.2.1"));
  REQUIRE(stored->has_value());
  CHECK((*stored)->created == kNow);
  CHECK((*stored)->updated == kNow);
}

TEST_CASE("matches tell what is stale") {
  Place place;
  auto store = open(place);
  REQUIRE(
      list::add(store, "bad", {.entries = entries({"192.0.2.1", "192.0.2.2"})}, {"alice", kNow}));
  std::vector<list::ListMatches> lists = {
      {"bad", {{entry("192.0.2.1"), kNow + 500, 3}, {entry("192.0.2.77"), kNow + 500, 1}}}};
  REQUIRE(store.record_matches(lists).has_value());
  lists[0].matches[0].last = kNow + 100;
  REQUIRE(store.record_matches(lists).has_value());
  lists[0].matches[0].last = kNow + 900;
  lists.push_back({"no such list", {}});
  REQUIRE_FALSE(store.record_matches(lists).has_value());
  auto stale = [&](std::int64_t since) {
    std::string out;
    REQUIRE(store.stale("bad", since, [&](const list::Stored& stored, std::int64_t last) {
      out += to_string(stored.entry) + ' ' + std::to_string(last == 0 ? 0 : last - kNow) + '\n';
      return true;
    }));
    return out;
  };
  CHECK(stale(kNow).empty());
  CHECK(stale(kNow + 400) == "192.0.2.2 0\n");
  CHECK(stale(kNow + 501) == "192.0.2.1 500\n192.0.2.2 0\n");
}

TEST_CASE("sorting in parts is sorting") {
  Place place;
  list::ImportSorter small(place.path(""), 4096);
  list::ImportSorter large(place.path(""));
  std::uint32_t random = 1;
  for (std::uint64_t line = 1; line <= 3000; ++line) {
    random = random * 1664525 + 1013904223;
    auto key = list::key_of(
        entry("10.0." + std::to_string(random >> 28) + '.' + std::to_string(random >> 8 & 255)));
    auto comment = std::string(line % 70 == 0 ? 5000 : line % 7, 'c');
    REQUIRE(small.add({key, 0, line, comment}).has_value());
    REQUIRE(large.add({key, 0, line, comment}).has_value());
  }
  REQUIRE(small.finish().has_value());
  REQUIRE(large.finish().has_value());
  for (int i = 0; i <= 3000; ++i) {
    auto a = small.next();
    auto b = large.next();
    REQUIRE(a.has_value());
    REQUIRE(a->has_value() == b->has_value());
    REQUIRE(a->has_value() == (i < 3000));
    if (!*a) break;
    REQUIRE((*a)->line == (*b)->line);
    REQUIRE((*a)->key == (*b)->key);
    REQUIRE((*a)->comment == (*b)->comment);
  }
  CHECK(place.files() == 0);
}
