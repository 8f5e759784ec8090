#include "tag_list/tag_list.hpp"

#include <catch2/catch.hpp>

#include "base/limits.hpp"

using namespace mailtrust;
using tag_list::Fault;

namespace {

// "name=value@column/value_column|..."
std::string describe(const tag_list::Parsed& parsed) {
  std::string text;
  for (const auto& tag : parsed.tags)
    text += tag.name + '=' + tag.value + '@' + std::to_string(tag.column) + '/' +
            std::to_string(tag.value_column) + '|';
  return text;
}

}  // namespace

TEST_CASE("a tag list is read with the columns of its tags") {
  struct Row {
    std::string text;
    std::string tags;
  };

  auto row = GENERATE(values<Row>({
      {"v=DKIM1; p=abc", "v=DKIM1@1/3|p=abc@10/12|"},
      {"v=DKIM1;p=abc;", "v=DKIM1@1/3|p=abc@9/11|"},
      {" v = DKIM1 ; p =  a b ; ", "v=DKIM1@2/6|p=a b@14/19|"},
      {"p=", "p=@1/3|"},
      {"n=a=b", "n=a=b@1/3|"},
      {"a_1=x", "a_1=x@1/5|"},
      {"a=x\r\n y;\r\n\tb=z", "a=x\r\n y@1/3|b=z@12/14|"},
      {"v=DKIM1; ", "v=DKIM1@1/3|"},
  }));
  INFO(row.text);
  auto parsed = tag_list::parse(row.text);
  CHECK(describe(parsed) == row.tags);
  CHECK(parsed.faults.empty());
}

TEST_CASE("faults are told with their column, and reading goes on") {
  struct Row {
    std::string text;
    Fault::Kind kind;
    std::size_t column;
    std::size_t tags;
  };

  auto row = GENERATE(values<Row>({
      {"", Fault::Kind::empty_list, 1, 0},
      {"  ", Fault::Kind::empty_list, 1, 0},
      {"a=1;;b=2", Fault::Kind::empty_tag, 5, 2},
      {";a=1", Fault::Kind::empty_tag, 1, 1},
      {"a=1; b; c=3", Fault::Kind::no_equals, 6, 2},
      {"a=1; 2b=2", Fault::Kind::bad_name, 6, 1},
      {"a=1; =2", Fault::Kind::bad_name, 6, 1},
      {"a=1; b-c=2", Fault::Kind::bad_name, 6, 1},
      {"a=1\x01", Fault::Kind::bad_octet, 4, 1},
      {"a=1\xc3\xbc", Fault::Kind::bad_octet, 4, 1},
      {"a=1\r\n2", Fault::Kind::bad_octet, 4, 1},
      {"a=1; b=2; a=1", Fault::Kind::repeated, 11, 3},
  }));
  INFO(row.text);
  auto parsed = tag_list::parse(row.text);
  REQUIRE(parsed.faults.size() == 1);
  CHECK(parsed.faults[0].kind == row.kind);
  CHECK(parsed.faults[0].column == row.column);
  CHECK(parsed.tags.size() == row.tags);
}

TEST_CASE("a tag's faults are told in the order of the text") {
  auto parsed = tag_list::parse("a=1; a=2\x01; =3");
  REQUIRE(parsed.faults.size() == 3);
  CHECK(parsed.faults[0].kind == Fault::Kind::repeated);
  CHECK(parsed.faults[1].kind == Fault::Kind::bad_octet);
  CHECK(parsed.faults[2].column == 12);
}

TEST_CASE("names have case, and UTF-8 is a choice") {
  auto parsed = tag_list::parse("A=1; a=2");
  CHECK(parsed.faults.empty());
  CHECK(parsed.find("a")->value == "2");
  CHECK(parsed.find("b") == nullptr);
  CHECK(tag_list::parse("d=b\xc3\xbc", tag_list::Charset::utf8).faults.empty());
  CHECK(tag_list::parse("d=b\xc3", tag_list::Charset::utf8).faults.size() == 1);
}

TEST_CASE("the number of tags is bounded") {
  auto list = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += 't' + std::to_string(i) + "=1;";
    return text;
  };
  CHECK(tag_list::parse(list(limits::kTags - 1)).faults.empty());
  CHECK(tag_list::parse(list(limits::kTags)).faults.empty());
  auto over = tag_list::parse(list(limits::kTags + 1));
  REQUIRE(over.faults.size() == 1);
  CHECK(over.faults[0].kind == Fault::Kind::too_many);
  CHECK(over.tags.size() == limits::kTags);
}
