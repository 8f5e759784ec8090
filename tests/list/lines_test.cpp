#include "list/lines.hpp"

#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "base/limits.hpp"

using mailtrust::limits::kListLine;
using mailtrust::list::Lines;

namespace {

struct Seen {
  std::string text;
  std::size_t number;
  bool too_long;

  friend bool operator==(const Seen&, const Seen&) = default;
};

std::vector<Seen> lines_of(const std::string& octets) {
  char path[] = "/tmp/mailtrust-test-XXXXXX";
  int descriptor = ::mkstemp(path);
  REQUIRE(descriptor >= 0);
  ::close(descriptor);
  std::ofstream(path, std::ios::binary) << octets;
  auto lines = Lines::open(path);
  REQUIRE(lines);
  std::vector<Seen> seen;
  while (auto line = lines->next())
    seen.push_back({std::string(*line), lines->number(), lines->too_long()});
  CHECK_FALSE(lines->failure());
  ::unlink(path);
  return seen;
}

}  // namespace

TEST_CASE("lines are handed out whole and counted") {
  CHECK(lines_of("").empty());
  CHECK(lines_of("a\nb\n") == std::vector<Seen>{{"a", 1, false}, {"b", 2, false}});
  CHECK(lines_of("a\n\nb") == std::vector<Seen>{{"a", 1, false}, {"", 2, false}, {"b", 3, false}});
  CHECK(lines_of("a\r\nb") == std::vector<Seen>{{"a\r", 1, false}, {"b", 2, false}});
  CHECK(lines_of("\xef\xbb\xbf"
                 "a\n\xef\xbb\xbf"
                 "b\n") == std::vector<Seen>{{"a", 1, false},
                                             {"\xef\xbb\xbf"
                                              "b",
                                              2, false}});
}

TEST_CASE("a line over the limit is passed over, its neighbours are not") {
  for (auto size : {kListLine - 1, kListLine, kListLine + 1, std::size_t{5} << 20U}) {
    INFO(size);
    auto seen = lines_of("a\n" + std::string(size, 'x') + "\nb\n");
    REQUIRE(seen.size() == 3);
    CHECK(seen[1].too_long == (size > kListLine));
    CHECK(seen[1].text == std::string(size > kListLine ? 80 : size, 'x'));
    CHECK(seen[2] == Seen{"b", 3, false});
  }
}

TEST_CASE("lines cross the borders of the buffer") {
  std::string octets;
  for (int i = 0; i < 40'000; ++i)
    octets += "198.51.100." + std::to_string(i) + ";a comment here\n";
  auto seen = lines_of(octets);
  REQUIRE(seen.size() == 40'000);
  for (std::size_t i = 0; i < seen.size(); ++i)
    if (seen[i].text != "198.51.100." + std::to_string(i) + ";a comment here") FAIL(i);
}
