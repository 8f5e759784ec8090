#include "base/csv.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace mailtrust;

namespace {

struct Row {
  std::string text;
  std::string cell;
};

}  // namespace

TEST_CASE("cells of CSV are text, never formulas") {
  auto row = GENERATE(values<Row>({
      {"", "\"\""},
      {"example.net", "\"example.net\""},
      {"a,b", "\"a,b\""},
      {"say \"no\"", "\"say \"\"no\"\"\""},
      {"=cmd", "\"'=cmd\""},
      {"+1", "\"'+1\""},
      {"-1", "\"'-1\""},
      {"@x", "\"'@x\""},
      {"  =cmd", "\"'  =cmd\""},
      {"\t=cmd", "\"\\x09=cmd\""},
      {"'a", "\"''a\""},
      {"a;=b", "\"a;'=b\""},
      {"\uff1dx", "\"'\uff1dx\""},
      {"a\r\nb", "\"a\\x0d\\x0ab\""},
  }));
  std::string out;
  append_csv_cell(out, row.text);
  CHECK(out == row.cell);
}
