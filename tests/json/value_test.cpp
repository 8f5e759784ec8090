#include "json/value.hpp"

#include <catch2/catch.hpp>

#include "base/limits.hpp"

using namespace mailtrust;
using json::parse;
using json::to_text;

TEST_CASE("a text is read into values, asked without checks") {
  auto value = parse(R"({"a": [1, -2.5, "x\u00e9", true, null], "b": {"c": "d"}})");
  REQUIRE(value);
  CHECK((*value)["a"][0].integer() == 1);
  CHECK((*value)["a"][1].number() == -2.5);
  CHECK((*value)["a"][1].integer() == -2);
  CHECK((*value)["a"][2].text() == "x\xc3\xa9");
  CHECK((*value)["a"][3].boolean() == true);
  CHECK((*value)["a"][4].is_null());
  CHECK((*value)["b"]["c"].text() == "d");
  CHECK((*value)["b"]["c"]["no"][3]["such"].text().empty());
  CHECK((*value)["a"].items().size() == 5);
  CHECK(!(*value)["a"][2].integer());
}

TEST_CASE("of equal names the last counts (RFC 8259 section 4)") {
  auto value = parse(R"({"a": 1, "b": 2, "a": 3})");
  REQUIRE(value);
  CHECK((*value)["a"].integer() == 3);
  CHECK(value->members().size() == 3);
}

TEST_CASE("numbers beyond 64 bits stay at the end of the range") {
  auto value = parse("[18446744073709551615, 1e300, -1e300, 0]");
  REQUIRE(value);
  CHECK((*value)[0].integer() == INT64_MAX);
  CHECK((*value)[1].integer() == INT64_MAX);
  CHECK((*value)[2].integer() == INT64_MIN);
}

TEST_CASE("whole numbers that no integer holds are written so that they read as themselves") {
  auto value = parse("[1e19, -839910000001000000000, 9007199254740994.0, 9007199254740991.0]");
  REQUIRE(value);
  auto line = to_text(*value);
  auto again = parse(line);
  REQUIRE(again);
  CHECK(to_text(*again) == line);
  CHECK((*again)[1].number() == (*value)[1].number());
}

TEST_CASE("what is not JSON is an Error that says where") {
  struct Row {
    std::string_view text;
    std::string_view where;
  };

  auto row = GENERATE(values<Row>({{"", "1:1"},
                                   {"{\n  \"a\": x}", "2:8"},
                                   {"[1,\n2,\n3", "3:2"},
                                   {"[1] 2", "1:5"},
                                   {"\"\xff\"", "1:2"},
                                   {"[1e999]", "1:6"},
                                   {"<html>", "1:1"},
                                   {"\"open", "1:6"}}));
  CAPTURE(row.text);
  auto value = parse(row.text);
  REQUIRE(!value);
  CHECK(value.error().kind == Error::Kind::input);
  CHECK(value.error().where == row.where);
}

TEST_CASE("depth and strings have limits") {
  auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(parse(nested(limits::kJsonDepth - 1)));
  CHECK(parse(nested(limits::kJsonDepth)));
  auto deep = parse(nested(limits::kJsonDepth + 1));
  REQUIRE(!deep);
  CHECK(deep.error().message == "more than 64 arrays and objects within one another, the limit");
  CHECK(!parse(std::string(1'000'000, '[')));

  auto text = [](std::size_t size) { return '"' + std::string(size, 'x') + '"'; };
  CHECK(parse(text(limits::kJsonString - 1)));
  CHECK(parse(text(limits::kJsonString)));
  auto longer = parse(text(limits::kJsonString + 1));
  REQUIRE(!longer);
  CHECK(longer.error().message == "a string longer than 1 MiB, the limit");
  CHECK(parse("\"[[\\\"[[\""));
}

TEST_CASE("what is written is what is read") {
  json::Value value = json::Members{{"a", json::Array{1.5, std::int64_t{7}, true, {}}},
                                    {"b", json::Members{}},
                                    {"c", "\"\n\xff"}};
  CHECK(to_text(value) == R"({"a":[1.5,7,true,null],"b":{},"c":"\"\n\\xff"})");
  CHECK(to_text(value, json::Layout::indented) ==
        "{\n  \"a\": [\n    1.5,\n    7,\n    true,\n    null\n  ],\n  \"b\": {},\n  \"c\": "
        "\"\\\"\\n\\\\xff\"\n}");
  auto read = parse(R"({"a":[1.5,7,true,null],"b":{},"c":"\u00e9"})");
  REQUIRE(read);
  CHECK(to_text(*read) == "{\"a\":[1.5,7,true,null],\"b\":{},\"c\":\"\xc3\xa9\"}");
  CHECK(parse(to_text(value)));
}
