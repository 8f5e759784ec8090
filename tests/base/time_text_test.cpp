#include "base/time_text.hpp"

#include <catch2/catch.hpp>

namespace mailtrust {
namespace {

using namespace std::chrono_literals;

TEST_CASE("times as people read them", "[base]") {
  struct Row {
    std::chrono::steady_clock::duration time;
    std::string text;
  };

  auto row = GENERATE(values<Row>({
      {0ms, "0 ms"},
      {250ms, "250 ms"},
      {999ms, "999 ms"},
      {999'900us, "1 s"},
      {4'999'900us, "5 s"},
      {1500ms, "1.5 s"},
      {1'440ms, "1.4 s"},
      {90s, "90 s"},
  }));
  CHECK(time_text(row.time) == row.text);
}

}  // namespace
}  // namespace mailtrust
