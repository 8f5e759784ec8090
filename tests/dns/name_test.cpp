#include "dns/name.hpp"

#include <catch2/catch.hpp>

using mailtrust::dns::Name;

TEST_CASE("names are read as typed, with DNS's limits") {
  struct Row {
    std::string text;
    bool good;
  };

  auto row = GENERATE(values<Row>({
      {"example.org", true},
      {"example.org.", true},
      {"", true},
      {".", true},
      {"a..b", false},
      {".a", false},
      {"a..", false},
      {std::string(63, 'a') + ".org", true},
      {std::string(64, 'a') + ".org", false},
      {std::string(63, 'a') + '.' + std::string(63, 'b') + '.' + std::string(63, 'c') + '.' +
           std::string(61, 'd'),
       true},
      {std::string(63, 'a') + '.' + std::string(63, 'b') + '.' + std::string(63, 'c') + '.' +
           std::string(62, 'd'),
       false},
  }));
  INFO(row.text);
  CHECK(Name::read(row.text).has_value() == row.good);
}

TEST_CASE("equality, order and hash ignore case; spelling is kept") {
  auto a = *Name::read("Mail.Example.ORG");
  auto b = *Name::read("mail.example.org");
  CHECK(a == b);
  CHECK(std::hash<Name>{}(a) == std::hash<Name>{}(b));
  CHECK(to_string(a) == "Mail.Example.ORG");
  CHECK(to_string(a.lowered()) == "mail.example.org");
  CHECK(a.is_within(*Name::read("EXAMPLE.org")));
  CHECK(a.is_within(Name()));
  CHECK(!a.is_within(*Name::read("ample.org")));
  CHECK(a.label_count() == 3);
  CHECK(to_string(a.parent()) == "Example.ORG");
}

TEST_CASE("odd octets survive both spellings") {
  auto odd = *Name::read("a\\b c.\xc3\xbc");
  CHECK(to_string(odd) == "a\\\\b\\032c.\\195\\188");
  CHECK(*Name::read_presentation(to_absolute_string(odd)) == odd);
  CHECK(Name::read_presentation("a\\.b.org")->label_count() == 2);
  CHECK(*Name::read_presentation("www", *Name::read("example.org")) ==
        *Name::read("www.example.org"));
  CHECK(!Name::read_presentation("a\\256"));
  CHECK(!Name::read_presentation("a\\"));
}

TEST_CASE("what people type may be internationalised") {
  CHECK(to_string(*Name::parse("b\xc3\xbc"
                               "cher.example")) == "xn--bcher-kva.example");
  CHECK(Name::parse("a..b").error().message ==
        "not a domain name: has an empty label; expected a domain such as example.org");
  CHECK(Name::parse("").error().where == "\"\"");
}

TEST_CASE("what people type by mistake is no domain") {
  const char* text = GENERATE("user@example.org", "https://example.org/", "exa mple.org", " ",
                              "example.org\tx", "a\x1b.example", "\xff.example", "192.0.2.1",
                              "2001:db8::1", "example.org:53", "example.org..");
  CAPTURE(text);
  CHECK(!Name::parse(text));
}

TEST_CASE("names that only look odd are domains") {
  const char* text = GENERATE("_dmarc.example.org", "*.example.org", "-a-.example", "a\\b.example",
                              "1.2.0.192.in-addr.arpa", "example.org.");
  CAPTURE(text);
  CHECK(Name::parse(text));
}
