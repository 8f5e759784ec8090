#include "message/header.hpp"

#include <utility>

#include <catch2/catch.hpp>

using mailtrust::message::Header;
using mailtrust::message::unfold;
using namespace std::string_literals;

namespace {

struct Row {
  const char* about;
  std::string octets;
  std::string fields;  ///< `LINE NAME=VALUE` with `;` between; a name that is none is "-"
};

std::string shown(const Header& header) {
  std::string text;
  for (const auto& field : header.fields()) {
    if (!text.empty()) text += ';';
    auto name = field.is_field() ? std::string(field.name) : "-";
    text += std::to_string(field.line) + ' ' + name + '=' + std::string(field.value);
  }
  return text;
}

}  // namespace

TEST_CASE("the fields of a header, in order (RFC 5322 section 2.2)") {
  auto row = GENERATE(values<Row>({
      {"nothing", "", ""},
      {"CRLF", "A: 1\r\nB: 2\r\n", "1 A= 1;2 B= 2"},
      {"bare LF", "A: 1\nB: 2\n", "1 A= 1;2 B= 2"},
      {"both", "A: 1\nB: 2\r\nC:3\n", "1 A= 1;2 B= 2;3 C=3"},
      {"the last line without an end", "A: 1\nB: 2", "1 A= 1;2 B= 2"},
      {"empty value", "A:\r\nB: \r\n", "1 A=;2 B= "},
      {"folded", "A: 1\n 2\n\t3\nB: 4\n", "1 A= 1\r\n 2\r\n\t3;4 B= 4"},
      {"folded, a line of blanks alone (4.2, obs-FWS)", "A: 1\n \n 3\n", "1 A= 1\r\n \r\n 3"},
      {"blanks before the colon (4.5.1)", "From \t: a@b.example\n", "1 From= a@b.example"},
      {"an mbox separator first", "From a@b.example Mon Jan  1 00:00:00 2026\nA: 1\n", "2 A= 1"},
      {"an mbox separator later is a line", "A: 1\nFrom a@b.example Mon\n", "1 A= 1;2 -="},
      {"an mbox separator, quoted", ">From a@b.example Mon 00:00\nA: 1\n", "1 -=;2 A= 1"},
      {"no colon", "A: 1\nsome words\n more\nB: 2\n", "1 A= 1;2 -=;4 B= 2"},
      {"a blank in the name", "Not From: a@b.example\n", "1 -="},
      {"the name is folded", "From\r\n : a@b.example\r\n", "1 -="},
      {"no name", ": x\n", "1 -="},
      {"NUL in the name", "Fr\0om: x\n"s, "1 -="},
      {"octets above 127 in the name", "Fr\xc3\xb6m: x\n", "1 -="},
      {"a continuation of nothing", " x: 1\nA: 1\n", "1 -=;2 A= 1"},
      {"a lone CR ends no line", "A: 1\rFrom: x@y.example\r\nB: 2\r\n",
       "1 A= 1\rFrom: x@y.example;2 B= 2"},
      {"CR CR LF", "A: 1\r\r\nB: 2\r\n", "1 A= 1\r;2 B= 2"},
      {"CR at the very end", "A: 1\r", "1 A= 1\r"},
      {"NUL in a value", "A: 1\0 2\n"s, "1 A= 1\0 2"s},
      {"colons in the value", "A: b: c\n", "1 A= b: c"},
  }));
  INFO(row.about);
  CHECK(shown(Header::parse(row.octets)) == row.fields);
}

TEST_CASE("the octets of fields end their lines in CRLF") {
  auto header = Header::parse("A: 1\n 2\nB: 3");
  auto moved = std::move(header);
  CHECK(moved.fields()[0].raw == "A: 1\r\n 2\r\n");
  CHECK(moved.fields()[1].raw == "B: 3\r\n");
  CHECK(moved.lines() == 3);
}

TEST_CASE("fields by name, the topmost first") {
  auto header = Header::parse("From: 1\nno field\nfrom: 2\nTo: 3\nFROM : 4\n");
  REQUIRE(header.find("FROM") != nullptr);
  CHECK(header.find("FROM")->value == " 1");
  CHECK(header.find("Cc") == nullptr);
  CHECK(header.find("") == nullptr);
  CHECK(header.count("From") == 3);
  CHECK(header.all("From")[2]->value == " 4");
}

TEST_CASE("what a header had that none may have (RFC 5322 section 2.3)") {
  auto odd =
      Header::parse("A: \r1\r\r\nB: \0\n x\nno field\n so\nC: \xff\xc3\xb6\xc3\n"s).oddities();
  CHECK(odd.bare_lf == 5);
  CHECK(odd.lone_cr == 2);
  CHECK(odd.nul == 1);
  CHECK(odd.not_utf8 == 2);
  CHECK(odd.no_field == 2);
  auto good = Header::parse("A: 1\r\n 2\r\nB: \xc3\xb6\r\n").oddities();
  CHECK(good.bare_lf + good.lone_cr + good.nul + good.not_utf8 + good.no_field == 0);
}

TEST_CASE("a value on one line (RFC 5322 section 2.2.3)") {
  CHECK(unfold(" a\r\n b\r\n\tc \r\n ") == "a b\tc");
  CHECK(unfold("a\rb") == "a\rb");
  CHECK(unfold(" \r\n ").empty());
  CHECK(unfold("a\r\nb") == "a\r\nb");
}
