#include "list/matcher.hpp"

#include <cstdio>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "list/line.hpp"
#include "list/log_reader.hpp"
#include "list/origin.hpp"

namespace mailtrust::list {
namespace {

/// A file that is gone with the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& octets) {
    int descriptor = ::mkstemp(path_.data());
    ::close(descriptor);
    std::ofstream(path_, std::ios::binary) << octets;
  }

  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  ~TemporaryFile() { std::remove(path_.c_str()); }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_ = "/tmp/mailtrust-test-XXXXXX";
};

AddressSet set_of(const std::vector<std::string>& entries) {
  Blocks blocks;
  for (const auto& entry : entries) blocks.add(Entry::parse(entry)->block);
  return blocks.take();
}

// The slow model: a line at a time, each address found looked up in each entry.
std::string slow_match(std::string_view text, const std::vector<std::string>& entries,
                       bool invert) {
  std::string out;
  while (!text.empty()) {
    auto line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
    bool any = false;
    Places places;
    Found found;
    std::size_t resume = 0;
    REQUIRE(line.size() < kWindow);
    for (auto place : find_places(line, 0, places, Engine::portable)) {
      if (place < resume) continue;
      bool is_address = read_around(line, place, found);
      resume = found.end;
      for (const auto& entry : entries) {
        auto block = Entry::parse(entry)->block;
        any = any || (is_address && block.contains({found.family, found.value, found.value}));
      }
    }
    if (any != invert) out += line;
    text.remove_prefix(line.size());
  }
  return out;
}

std::string random_line(std::mt19937& random) {
  auto number = [&](unsigned most) { return std::to_string(random() % most); };
  std::string line = "Nov 22 01:17:" + number(60) + " mx smtpd[" + number(9999) + "]: ";
  for (auto left = random() % 4; left > 0; --left) {
    if (random() % 3 == 0) line += "v" + number(9) + "." + number(9) + "." + number(9) + ".1 ";
    if (random() % 2 == 0) line += "[192.0." + number(4) + "." + number(300) + "] ";
    if (random() % 2 == 0) line += "IPv6:2001:db8::" + number(9) + ":" + number(99) + " ";
  }
  return line + (random() % 5 == 0 ? std::string(random() % 900, 'x') : "") + '\n';
}

}  // namespace

TEST_CASE("matching random logs is what the slow model does") {
  std::mt19937 random(21);
  for (int round = 0; round < 60; ++round) {
    std::vector<std::string> entries;
    for (auto left = 1 + random() % 8; left > 0; --left) {
      auto number = std::to_string(random() % 256);
      entries.push_back(left % 2 == 0 ? "192.0." + std::to_string(random() % 4) + "." + number +
                                            "/" + std::to_string(20 + random() % 13)
                                      : "2001:db8::" + std::to_string(random() % 9) + ":0/" +
                                            std::to_string(100 + random() % 28));
    }
    AddressIndex index(set_of(entries));
    std::string text;
    for (auto left = random() % 200; left > 0; --left) text += random_line(random);
    if (round % 2 == 0 && !text.empty()) text.pop_back();
    Selected selected;
    Matcher(index, Selection::matching, true).run(text, selected);
    REQUIRE(selected.octets == slow_match(text, entries, false));
    auto matching = selected.lines;
    Matcher(index, Selection::others, true).run(text, selected);
    REQUIRE(selected.octets == slow_match(text, entries, true));
    auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) +
                 (text.empty() || text.back() == '\n' ? 0 : 1);
    REQUIRE(matching + selected.lines == lines);
  }
}

TEST_CASE("addresses alone, one a line") {
  AddressIndex index(set_of({"192.0.2.0/24", "2001:db8::/32"}));
  Selected selected;
  Matcher(index, Selection::addresses, true)
      .run("a 192.0.2.1 [192.0.2.2]:25 192.0.3.1\nIPv6:2001:DB8::1\n", selected);
  CHECK(selected.octets == "192.0.2.1\n192.0.2.2\n2001:DB8::1\n");
  CHECK(selected.lines == 3);
}

TEST_CASE("pieces of logs make the log, and long lines come in pieces") {
  std::mt19937 random(22);
  std::string log;
  while (log.size() < 5 * kLogPiece)
    log +=
        std::string(random() % (random() % 50 == 0 ? 3 * kLogPiece : 200), 'y') + " 192.0.2.1 z\n";
  log += "end";
  TemporaryFile first(log);
  TemporaryFile second("one line\n");
  LogReader reader({first.path(), "/nonexistent/log", second.path()}, true);
  LogPiece piece;
  std::string seen;
  std::size_t lines = 1;
  std::size_t errors = 0;
  while (reader.next(piece)) {
    if (piece.error) {
      ++errors;
      CHECK(piece.file == 1);
      continue;
    }
    REQUIRE(piece.size <= kLogPiece);
    if (piece.file == 2) {
      CHECK(piece.first_line == 1);
      CHECK(piece.text() == "one line\n");
      continue;
    }
    REQUIRE(piece.first_line == lines);
    REQUIRE(piece.within_line == (!seen.empty() && seen.back() != '\n'));
    seen += piece.text();
    lines += static_cast<std::size_t>(std::count(piece.text().begin(), piece.text().end(), '\n'));
  }
  CHECK(errors == 1);
  CHECK((seen == log));
}

TEST_CASE("the quick way to read a file takes the same lines as the careful one") {
  std::mt19937 random(23);
  std::string file = "\xef\xbb\xbf";
  constexpr std::string_view kLetters = "0123456789../:;-#<> a";
  for (int i = 0; i < 20000; ++i) {
    std::string line;
    switch (random() % 4) {
      case 0:
        for (auto left = random() % 12; left > 0; --left)
          line += kLetters[random() % kLetters.size()];
        break;
      case 1:
        line = "1" + std::to_string(random() % 99) + ".0.02." + std::to_string(random() % 300);
        break;
      default: line = "192.0.2." + std::to_string(random() % 300);
    }
    if (random() % 2 == 0) line += "/" + std::to_string(random() % 40);
    if (random() % 9 == 0) line += "/0" + std::to_string(random() % 9);
    if (random() % 5 == 0) line += ";comment";
    if (random() % 5 == 0) line += "\r";
    file += line + '\n';
  }
  TemporaryFile list(file);
  std::vector<std::string> slow_faults;
  std::vector<std::string> quick_faults;
  Blocks slow;
  Blocks quick;
  Origin origin = origin_of(list.path(), {});
  auto careful = read_members(
      origin,
      {.complain = [&](const Error& error) { slow_faults.push_back(error.where + error.message); }},
      [&](const Member& member) { slow.add(member.entry.block); });
  auto hasty = read_blocks(
      origin,
      {.complain =
           [&](const Error& error) { quick_faults.push_back(error.where + error.message); }},
      quick);
  REQUIRE(careful);
  REQUIRE(hasty);
  CHECK(careful->entries == hasty->entries);
  CHECK(careful->faults == hasty->faults);
  CHECK(careful->faults > 1000);
  CHECK(slow_faults == quick_faults);
  CHECK((slow.take() == quick.take()));
}

TEST_CASE("what a word names") {
  const std::string no_store = "/nonexistent/store.db";
  CHECK(origin_of("-", no_store).kind == Origin::Kind::file);
  CHECK(origin_of("./friends", no_store).kind == Origin::Kind::file);
  CHECK(origin_of("friends", no_store).kind == Origin::Kind::kept);
  auto missing = read_members({Origin::Kind::kept, "friends"}, {.store = "/nonexistent/store.db"},
                              [](const Member&) {});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == Error::Kind::input);
  CHECK(missing.error().message ==
        "no such file, and no list of that name in /nonexistent/store.db");
}

}  // namespace mailtrust::list
