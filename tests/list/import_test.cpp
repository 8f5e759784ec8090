#include "list/import.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "store/place_for_test.hpp"

using namespace mailtrust;
using list::Store;

namespace {

constexpr std::int64_t kNow = 1700000000;

struct Given {
  const char* name;
  std::string before;  ///< a file imported first; empty: none
  std::string text;
  bool replace = false;
  std::string counts;  ///< "added updated unchanged repeated removed"
  std::string after;   ///< the list, "ENTRY;COMMENT " each
};

list::ImportOptions options_for(std::vector<std::string> files) {
  list::ImportOptions options;
  options.files = std::move(files);
  options.list = "bad";
  options.now = kNow;
  return options;
}

std::string counts_of(const list::ImportedFile& file) {
  std::string out;
  for (auto count : {file.added, file.updated, file.unchanged, file.repeated, file.removed})
    out += (out.empty() ? "" : " ") + std::to_string(count);
  return out;
}

std::string content(const Place& place) {
  auto store = Store::open(place.path("store.db"), Store::Access::read);
  REQUIRE(store.has_value());
  std::string out;
  REQUIRE(store->each("bad", [&](const list::Stored& stored) {
    out += to_string(stored.entry) + ';' + stored.comment + ' ';
    return true;
  }));
  return out;
}

}  // namespace

TEST_CASE("what an import changes, and that it says so") {
  auto given = GENERATE(values<Given>({
      {"a new list", "", "192.0.2.2;b\n192.0.2.1;a\n", false, "2 0 0 0 0",
       "192.0.2.1;a 192.0.2.2;b "},
      {"the last of several", "", "192.0.2.1;a\n192.0.2.1/32;b\n::ffff:192.0.2.1;c\n", false,
       "1 0 0 2 0", "192.0.2.1;c "},
      {"the same again", "192.0.2.1;a\n@example.org\n", "@Example.ORG\n192.0.2.1;a\n", false,
       "0 0 2 0 0", "192.0.2.1;a @example.org; "},
      {"another comment", "192.0.2.1;a\n192.0.2.2;b\n", "192.0.2.1;x\n", false, "0 1 0 0 0",
       "192.0.2.1;x 192.0.2.2;b "},
      {"no comment keeps one", "192.0.2.1;a\n", "192.0.2.1\n", false, "0 0 1 0 0", "192.0.2.1;a "},
      {"between and around", "192.0.2.2\n192.0.2.4\n", "192.0.2.1\n192.0.2.3\n192.0.2.5\n", false,
       "3 0 0 0 0", "192.0.2.1; 192.0.2.2; 192.0.2.3; 192.0.2.4; 192.0.2.5; "},
      {"replace", "192.0.2.1;a\n192.0.2.2;b\n192.0.2.3;c\n", "192.0.2.2\n192.0.2.9\n", true,
       "1 1 0 0 2", "192.0.2.2; 192.0.2.9; "},
      {"replace by nothing", "192.0.2.1;a\n", "# nothing\n", true, "0 0 0 0 1", ""},
      {"nothing", "192.0.2.1;a\n", "\n", false, "0 0 0 0 0", "192.0.2.1;a "},
  }));
  INFO(given.name);
  Place place;
  if (!given.before.empty())
    REQUIRE(list::import(place.path("store.db"),
                         options_for({place.write("before.txt", given.before)}), {}));
  auto options = options_for({place.write("a.txt", given.text)});
  options.replace = given.replace;
  auto rehearsed = options;
  rehearsed.dry_run = true;
  auto rehearsal = list::import(place.path("store.db"), rehearsed, {});
  REQUIRE(rehearsal.has_value());
  CHECK(counts_of(rehearsal->files[0]) == given.counts);
  auto outcome = list::import(place.path("store.db"), options, {});
  REQUIRE(outcome.has_value());
  CHECK(counts_of(outcome->files[0]) == given.counts);
  CHECK(content(place) == given.after);
  auto again = list::import(place.path("store.db"), options, {});
  CHECK(again->files[0].added + again->files[0].updated + again->files[0].removed == 0);
}

TEST_CASE("a few lines into a long list look for their rows") {
  Place place;
  std::string text;
  for (int i = 0; i < 10000; ++i)
    text += "10.0." + std::to_string(i / 100) + '.' + std::to_string(i % 100) + ";c\n";
  REQUIRE(list::import(place.path("store.db"), options_for({place.write("a.txt", text)}), {}));
  auto few = options_for({place.write("b.txt", "10.0.50.50;c\n10.0.50.51;x\n192.0.2.1\n")});
  auto outcome = list::import(place.path("store.db"), few, {});
  REQUIRE(outcome.has_value());
  CHECK(counts_of(outcome->files[0]) == "1 1 1 0 0");
  CHECK(outcome->list.entries == 10001);
}

TEST_CASE("one bad line in one of the files stops all of them") {
  Place place;
  auto good = place.write("a.txt", "192.0.2.1\n");
  auto bad = place.write("b.txt", "192.0.2.2\nnonsense\n");
  auto options = options_for({good, bad});
  auto outcome = list::import(place.path("store.db"), options, {});
  REQUIRE(outcome.has_value());
  CHECK(outcome->refused);
  REQUIRE(outcome->files[1].faults.size() == 1);
  CHECK(outcome->files[1].faults[0].line == 2);
  CHECK_FALSE(Store::open(place.path("store.db"), Store::Access::read).has_value());
  options.skip_invalid = true;
  outcome = list::import(place.path("store.db"), options, {});
  REQUIRE(outcome.has_value());
  CHECK(outcome->rejected == 1);
  CHECK(content(place) == "192.0.2.1; 192.0.2.2; ");
}

TEST_CASE("bad lines are told up to a limit and counted beyond it") {
  Place place;
  std::string text;
  for (std::size_t i = 0; i < limits::kMessagesPerInput + 1; ++i) text += "bad\n";
  auto outcome =
      list::import(place.path("store.db"), options_for({place.write("a.txt", text)}), {});
  REQUIRE(outcome.has_value());
  CHECK(outcome->files[0].faults.size() == limits::kMessagesPerInput);
  CHECK(outcome->rejected == limits::kMessagesPerInput + 1);
}

TEST_CASE("a line may be as long as the limit") {
  Place place;
  std::string longest = "192.0.2.1;" + std::string(limits::kListLine - 10, 'c');
  auto import = [&](const std::string& text) {
    auto outcome =
        list::import(place.path("store.db"), options_for({place.write("a.txt", text)}), {});
    REQUIRE(outcome.has_value());
    return *outcome;
  };
  CHECK(import(longest + "c\n").files[0].faults[0].fault.code == list::Code::too_long);
  CHECK(import(longest + "\n").files[0].added == 1);
}

TEST_CASE("the list says what it is, and an import may not say otherwise") {
  Place place;
  auto options = options_for({place.write("a.txt", "192.0.2.1\n")});
  options.verdict = list::Verdict::allow;
  auto made = list::import(place.path("store.db"), options, {});
  REQUIRE(made.has_value());
  CHECK(made->made);
  CHECK(made->list.verdict == list::Verdict::allow);
  options.verdict = list::Verdict::deny;
  auto refused = list::import(place.path("store.db"), options, {});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == Error::Kind::usage);
  CHECK(refused.error().where == "--deny");
  options.verdict.reset();
  CHECK_FALSE(list::import(place.path("store.db"), options, {})->made);
}

TEST_CASE("an entry that has run out counts again when it is imported again") {
  Place place;
  auto options = options_for({place.write("a.txt", "192.0.2.1\n")});
  options.expires = kNow + 10;
  REQUIRE(list::import(place.path("store.db"), options, {}));
  options.expires.reset();
  CHECK(counts_of(list::import(place.path("store.db"), options, {})->files[0]) == "0 0 1 0 0");
  options.now = kNow + 10;
  CHECK(counts_of(list::import(place.path("store.db"), options, {})->files[0]) == "0 1 0 0 0");
  CHECK(counts_of(list::import(place.path("store.db"), options, {})->files[0]) == "0 0 1 0 0");
}
