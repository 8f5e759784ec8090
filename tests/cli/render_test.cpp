#include "cli/render.hpp"

#include <catch2/catch.hpp>

#include "base/ascii.hpp"
#include "cli/width.hpp"

using namespace mailtrust;
using namespace mailtrust::cli;

namespace {

using Kind = Style::Kind;

Value node(const char* term, int lookups, Value::Array children = {}) {
  return Value::Object{{"term", term}, {"lookups", lookups}, {"children", std::move(children)}};
}

Report sample() {
  Value::Array tree = {
      node("example.org", 3,
           {node("include:_spf.example.net", 2, {node("ip4:192.0.2.0/24", 0)}), node("~all", 0)})};
  Report report;
  report.field("domain", "example.org", {.kind = Kind::title})
      .field("lookups", 3)
      .field("names", Value::list(std::vector<std::string>{"a", "b"}))
      .field("nothing", nullptr)
      .field("mechanisms", tree,
             {.kind = Kind::tree, .columns = {"term", "lookups"}, .children = "children"})
      .field("record", "v=spf1 -all\\", {.kind = Kind::paste})
      .finding({"spf.missing", finding::Severity::error, "No\x1b record", "Publish:\nexample TXT",
                "RFC 7208", "example.org"})
      .judge(Verdict::bad);
  return report;
}

std::string text_of(const Report& report, Screen screen = {}) {
  std::string out;
  append_text(out, report, screen);
  return out;
}

std::string json_of(const Report& report) {
  std::string out;
  append_json_line(out, report);
  return out;
}

}  // namespace

TEST_CASE("keys are escaped unless they are literals") {
  std::string key = "a\"b";
  Value object = Value::Object{{"plain", 1}, {key, "c\\d"}, {std::string(), nullptr}};
  key = "overwritten";
  auto copy = object;
  object = nullptr;
  std::string out = "before ";
  append_json(out, copy);
  CHECK(out == R"(before {"plain":1,"a\"b":"c\\d","":null})");
  CHECK(copy.find("a\"b") != nullptr);
}

TEST_CASE("a long value gets the room it needs") {
  std::string text(100'000, 'x');
  std::string out;
  append_json(out, Value::Array{text, "\n" + text});
  CHECK(out == "[\"" + text + "\",\"\\n" + text + "\"]");
}

TEST_CASE("text of a report") {
  CHECK(text_of(sample()) ==
        "example.org\n"
        "lookups: 3\n"
        "names:   a, b\n"
        "\n"
        "mechanisms:\n"
        "                             lookups\n"
        "example.org                        3\n"
        "|- include:_spf.example.net        2\n"
        "|  `- ip4:192.0.2.0/24\n"
        "`- ~all\n"
        "\n"
        "record:\n"
        "    v=spf1 -all\\\n"
        "\n"
        "x No\\x1b record\n"
        "  example.org - spf.missing - RFC 7208\n"
        "  Publish:\n"
        "    example TXT\n");
}

TEST_CASE("JSON of a report") {
  CHECK(json_of(sample()) ==
        R"({"schema":1,"domain":"example.org","lookups":3,"names":["a","b"],"nothing":null,)"
        R"("mechanisms":[{"term":"example.org","lookups":3,"children":[)"
        R"({"term":"include:_spf.example.net","lookups":2,"children":[)"
        R"({"term":"ip4:192.0.2.0/24","lookups":0,"children":[]}]},)"
        R"({"term":"~all","lookups":0,"children":[]}]}],"record":"v=spf1 -all\\",)"
        R"("findings":[{"id":"spf.missing","severity":"error","message":"No\u001b record",)"
        R"("hint":"Publish:\nexample TXT","reference":"RFC 7208","where":"example.org"}]})"
        "\n");
  CHECK(json_of(Report().json("a", 1.5)) == "{\"schema\":1,\"a\":1.5}\n");
  CHECK(json_of(Report().judge(Verdict::good)) == "{\"schema\":1,\"findings\":[]}\n");
  CHECK(json_of(Report().error({Error::Kind::temporary, "x", "no answer"})) ==
        "{\"schema\":1,\"error\":{\"kind\":\"temporary\",\"message\":\"no answer\"}}\n");
}

TEST_CASE("colour is nothing but colour") {
  auto coloured = text_of(sample(), {.color = true});
  CHECK(coloured.find("\x1b[31mx\x1b[0m No") != std::string::npos);
  for (auto at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b'))
    coloured.erase(at, coloured.find('m', at) - at + 1);
  CHECK(coloured == text_of(sample()));
}

TEST_CASE("no line is wider than the screen") {
  auto width = GENERATE(std::size_t{40}, std::size_t{80}, std::size_t{200});
  std::string longest(300, 'w');
  Value::Array deep;
  for (int depth = 0; depth < 30; ++depth) deep = {node(longest.c_str(), depth, std::move(deep))};
  Report report = sample();
  report.field("long", longest + " and \xe6\xbc\xa2\xe5\xad\x97 more")
      .field("deep", deep,
             {.kind = Kind::tree, .columns = {"term", "lookups"}, .children = "children"})
      .field("rows", deep, {.kind = Kind::table, .columns = {"term:heading", "lookups"}})
      .field("mx", Value::Object{{"verdict", "bad"}, {"summary", longest}}, {.kind = Kind::area})
      .finding({"spf.missing", finding::Severity::info, longest, longest, longest, longest});
  auto text = text_of(report, {.width = width, .unicode = true});
  for (auto line : ascii::split(text, '\n')) {
    INFO(line);
    CHECK(column_count(line) <= width);
  }
}

TEST_CASE("text is broken at spaces, by columns") {
  std::string out;
  append_wrapped(out, "one two  three", 0, 2, 8);
  CHECK(out == "one two\n  three");
  CHECK(column_count("e\xcc\x81") == 1);
  CHECK(column_count("\xe6\xbc\xa2") == 2);
  CHECK(fitting("\xe6\xbc\xa2\xe5\xad\x97", 3) == "\xe6\xbc\xa2");
}

TEST_CASE("items among prose are wrapped under what follows their label") {
  Report report;
  report.field(
      "page",
      "ann@example.net: gone\n  said: one two three\n  do:   wait\n  no label at all\n    as "
      "it is, however long",
      {.kind = Kind::prose});
  CHECK(
      text_of(report, {.width = 16}) ==
      "ann@example.net:\ngone\n  said: one two\n        three\n  do:   wait\n  no label at\n  all\n"
      "    as it is, however long\n");
}
