#include "base/inflater.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "support/gzip.hpp"

namespace mailtrust {
namespace {

using Outcome = Inflater::Outcome;

/// The text, and how it ended: "hello, complete".
std::string inflate(const std::string& packed, std::size_t piece) {
  Inflater inflater;
  std::string text;
  auto take = [&](std::string_view more) {
    text += more;
    return true;
  };
  for (std::size_t at = 0; at < packed.size(); at += piece)
    if (inflater.add(std::string_view(packed).substr(at, piece), take) != Outcome::good)
      return text + ", damaged";
  return text + (inflater.is_complete() ? ", complete" : ", cut");
}

TEST_CASE("gzip inflates in pieces of any size", "[base]") {
  struct Row {
    std::string what;
    std::string packed;
    std::string outcome;
  };

  auto hello = test::gzip("hello");
  auto row = GENERATE_COPY(values<Row>({
      {"one member", hello, "hello, complete"},
      {"two members", hello + hello, "hellohello, complete"},
      {"nothing", "", ", complete"},
      {"an empty text", test::gzip(""), ", complete"},
      {"without its checksum", hello.substr(0, hello.size() - 1), "hello, cut"},
      {"half a head", hello.substr(0, 5), ", cut"},
      {"no gzip", "hello", ", damaged"},
      {"a wrong checksum", hello.substr(0, hello.size() - 1) + "x", "hello, damaged"},
      {"something behind it", hello + "xxxx", "hello, damaged"},
  }));
  auto piece = GENERATE(std::size_t{1}, std::size_t{3}, std::size_t{1000});
  INFO(row.what << " in pieces of " << piece);
  auto outcome = inflate(row.packed, piece);
  // Of what is damaged more or less may have come out, as the pieces fall.
  if (row.outcome.ends_with("damaged"))
    CHECK(outcome.ends_with("damaged"));
  else
    CHECK(outcome == row.outcome);
}

TEST_CASE("what does not fit into one piece comes in several", "[base]") {
  std::string text(300'000, 'x');
  CHECK(inflate(test::gzip(text), 100'000) == text + ", complete");
}

TEST_CASE("inflating stops when there is enough", "[base]") {
  Inflater inflater;
  std::size_t octets = 0;
  auto take = [&](std::string_view more) { return (octets += more.size()) < 100'000; };
  CHECK(inflater.add(test::gzip_bomb(), take) == Outcome::stopped);
  CHECK(octets < 200'000);
}

}  // namespace
}  // namespace mailtrust
