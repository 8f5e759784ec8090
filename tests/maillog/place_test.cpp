#include "maillog/place.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>
#include <zlib.h>

#include "events.hpp"
#include "maillog/rotation.hpp"

using namespace mailtrust;
using namespace mailtrust::maillog;

namespace {

/// A folder for one test case.
class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() / ("maillog" + std::to_string(getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directory(path_);
  }

  ~Folder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

void write_packed(const std::string& path, const std::string& text) {
  auto* file = gzopen(path.c_str(), "wb");
  REQUIRE(file != nullptr);
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
}

std::string day(int number, const std::string& text = "x") {
  auto padded = (number < 10 ? " " : "") + std::to_string(number);
  return "Nov " + padded + " 09:00:00 mx postfix/qmgr[1]: " + text + "\n";
}

struct Run {
  std::string octets;
  Place place;
  std::uint64_t skipped = 0;
};

Run run(const std::string& path, const std::vector<Place>& known = {}, std::size_t piece = 7) {
  auto log = Log::open(path, known);
  REQUIRE(log);
  Run result;
  std::string room(piece, '\0');
  for (;;) {
    auto count = log->read(room);
    if (!count || *count == 0) break;
    result.octets.append(room, 0, *count);
  }
  result.place = log->place();
  result.skipped = log->skipped();
  return result;
}

}  // namespace

TEST_CASE("a log that grows is read once") {
  Folder folder;
  auto path = folder / "mail.log";
  write(path, day(1) + day(2) + "Nov  3 09:00:");
  auto first = run(path);
  CHECK(first.octets == day(1) + day(2) + "Nov  3 09:00:");
  CHECK(first.place.offset == day(1).size() + day(2).size());
  write(path, day(1) + day(2) + day(3));
  auto second = run(path, {first.place});
  CHECK(second.octets == day(3));
  CHECK(second.skipped == first.place.offset);
  auto third = run(path, {first.place, second.place});
  CHECK(third.octets.empty());
  CHECK(third.place.offset == second.place.offset);
  CHECK(third.place.before == second.place.before);
}

TEST_CASE("a log that is renamed and packed stays the same") {
  Folder folder;
  std::string old = day(1, std::string(2000, 'y')) + day(2);
  write(folder / "mail.log", old);
  auto first = run(folder / "mail.log", {}, 65536);
  write_packed(folder / "mail.log.1.gz", old + day(3));
  write(folder / "mail.log", day(4));
  CHECK(run(folder / "mail.log.1.gz", {first.place}).octets == day(3));
  CHECK(run(folder / "mail.log", {first.place}).octets == day(4));
}

TEST_CASE("a log that was emptied, cut or written anew is read from its start") {
  Folder folder;
  auto path = folder / "mail.log";
  write(path, day(1) + day(2) + day(3));
  auto first = run(path);
  SECTION("emptied, as logrotate's copytruncate does") {
    write(path, day(4));
    CHECK(run(path, {first.place}).octets == day(4));
    write(path, "");
    CHECK(run(path, {first.place}).octets.empty());
    CHECK(run(path, {first.place}).place.log.empty());
  }
  SECTION("cut") {
    write(path, day(1) + day(2));
    CHECK(run(path, {first.place}).octets == day(1) + day(2));
  }
  SECTION("the same first line, other ones behind it") {
    write(path, day(1) + day(7) + day(8) + day(9));
    auto other = run(path, {first.place});
    CHECK(other.octets == day(1) + day(7) + day(8) + day(9));
    // Both are remembered, and each is known again.
    write(path, day(1) + day(2) + day(3) + day(4));
    CHECK(run(path, {other.place, first.place}).octets == day(4));
    write(path, day(1) + day(7) + day(8) + day(9) + day(10));
    CHECK(run(path, {other.place, first.place}).octets == day(10));
  }
}

TEST_CASE("a first line without an end is no name for a log") {
  Folder folder;
  auto path = folder / "mail.log";
  write(path, "Nov  1 09:00");
  auto first = run(path);
  CHECK(first.place.log.empty());
  write(path, day(1));
  CHECK(run(path, {first.place}).octets == day(1));
}

TEST_CASE("the names of columns come again, and the records do not") {
  Folder folder;
  auto path = folder / "acct.csv";
  std::string header = "type,timeLogged,orig,rcpt\n";
  write(path, header + "d,1,a,b\n");
  auto first = run(path, {}, 65536);
  write(path, header + "d,1,a,b\nd,2,a,b\n");
  auto second = run(path, {first.place});
  CHECK(second.octets == header + "d,2,a,b\n");
  CHECK(second.place.offset == header.size() + 16);
}

TEST_CASE("rotated logs in the order they were written") {
  Folder folder;
  write(folder / "mail.log", day(20));
  write(folder / "mail.log.1", "cut line\n" + day(13));
  write_packed(folder / "mail.log.2.gz", day(6));
  write_packed(folder / "mail.log.3.gz", "Dec 30 09:00:00 mx x: y\n");
  write(folder / "other", "nothing\n");
  write(folder / "acct.csv", "type,timeLogged,rcpt\nd,1700000000,x\n");
  write(folder / "kumo", "{\"type\":\"Delivery\",\"timestamp\":1600000000}\n");
  std::vector<std::string> paths;
  for (const auto* name :
       {"other", "mail.log", "kumo", "mail.log.3.gz", "mail.log.1", "acct.csv", "mail.log.2.gz"})
    paths.push_back(folder / name);
  auto files = in_order(paths, {kNow, 0});
  REQUIRE(files);
  std::string order;
  for (const auto& file : *files)
    order += std::filesystem::path(file.path).filename().string() + " ";
  CHECK(order == "kumo acct.csv mail.log.3.gz mail.log.2.gz mail.log.1 mail.log other ");
  CHECK_FALSE(files->back().first);
  paths.push_back(folder / "missing");
  CHECK_FALSE(in_order(paths, {kNow, 0}));
}
