#include "spf/record.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;
using Kind = spf::SyntaxError::Kind;

TEST_CASE("a record is told by its version alone") {
  struct Row {
    std::string text;
    bool spf;
  };

  auto row = GENERATE(values<Row>({
      {"v=spf1", true},
      {"v=spf1 -all", true},
      {"V=SpF1 -all", true},
      {"v=spf1 ", true},
      {"v=spf10 -all", false},
      {"v=spf1-all", false},
      {"v=spf1\t-all", false},
      {" v=spf1 -all", false},
      {"v=spf", false},
      {"", false},
  }));
  INFO(row.text);
  CHECK(spf::is_spf(row.text) == row.spf);
}

TEST_CASE("terms that are right") {
  auto term = GENERATE(
      as<std::string>{}, "all", "-ALL", "~all", "?all", "+all", "include:example.org",
      "INCLUDE:_spf.example.org.", "a", "a/24", "a//64", "a/24//64", "a/0//0", "a:example.org",
      "a:example.org/32//128", "a:a.b-c", "a:example.1-1", "mx", "mx:example.org", "mx/30", "ptr",
      "ptr:example.org", "ip4:192.0.2.1", "ip4:192.0.2.0/24", "ip4:0.0.0.0/0", "ip6:::1",
      "ip6:2001:db8::/32", "ip6:::ffff:192.0.2.1/128", "ip6:::/0", "exists:%{i}.example.org",
      "exists:%{ir}.%{v}._spf.%{d2}", "exists:%{l1r+-}.example.org", "a:%{d}/24",
      "a:x/y.example.org/24", "exists:example.org%%", "exists:a:b.example.org", "redirect=%{d}",
      "redirect=_spf.example.org", "exp=explain.%{d}", "Exp=why.example.org.",
      "moo.cow-far_out=man:dog/cat", "x=", "default=pass", "a=b", "x=%{S}%%%_%-",
      "exists:%{d0255}.example.org", "exists:%{D}.example.org");
  INFO(term);
  auto parsed = spf::parse_record("v=spf1 " + term);
  if (!parsed.valid()) INFO(parsed.errors[0].message);
  CHECK(parsed.valid());
}

TEST_CASE("each fault has its kind and its column") {
  struct Row {
    std::string text;
    Kind kind;
    std::size_t column;
  };

  auto row = GENERATE(values<Row>({
      {"v=spf1 all.", Kind::unknown_mechanism, 8},
      {"v=spf1 ~ipv4:192.0.2.1", Kind::unknown_mechanism, 9},
      {"v=spf1 -", Kind::unknown_mechanism, 9},
      {"v=spf1 --all", Kind::unknown_mechanism, 9},
      {"v=spf1 all:example.org", Kind::unexpected_argument, 11},
      {"v=spf1 all/8", Kind::unexpected_argument, 11},
      {"v=spf1 ptr/24", Kind::unexpected_argument, 11},
      {"v=spf1 include:example.org/24", Kind::unexpected_argument, 27},
      {"v=spf1 include", Kind::missing_argument, 15},
      {"v=spf1 include:", Kind::missing_argument, 16},
      {"v=spf1 exists", Kind::missing_argument, 14},
      {"v=spf1 a:", Kind::missing_argument, 10},
      {"v=spf1 mx:/24", Kind::missing_argument, 11},
      {"v=spf1 ptr:", Kind::missing_argument, 12},
      {"v=spf1 ip4", Kind::missing_argument, 11},
      {"v=spf1 ip6:", Kind::missing_argument, 11},
      {"v=spf1 redirect=", Kind::missing_argument, 17},
      {"v=spf1 exp=", Kind::missing_argument, 12},
      {"v=spf1 a:museum", Kind::bad_domain, 10},
      {"v=spf1 a:museum.", Kind::bad_domain, 10},
      {"v=spf1 a:192.0.2.1", Kind::bad_domain, 18},
      {"v=spf1 a:example.org:8080", Kind::bad_domain, 18},
      {"v=spf1 a:example.-com", Kind::bad_domain, 18},
      {"v=spf1 a:example.com-", Kind::bad_domain, 18},
      {"v=spf1 a:example..", Kind::bad_domain, 18},
      {"v=spf1 include:%{d}.", Kind::bad_domain, 16},
      {"v=spf1 a:example.org/x24", Kind::bad_cidr, 21},
      {"v=spf1 a/", Kind::bad_cidr, 10},
      {"v=spf1 a/33", Kind::bad_cidr, 10},
      {"v=spf1 a/024", Kind::bad_cidr, 10},
      {"v=spf1 a/00", Kind::bad_cidr, 10},
      {"v=spf1 a/24/64", Kind::bad_cidr, 12},
      {"v=spf1 a//129", Kind::bad_cidr, 11},
      {"v=spf1 a/24//", Kind::bad_cidr, 14},
      {"v=spf1 a/99999999999999999999", Kind::bad_cidr, 10},
      {"v=spf1 ip4:192.0.2.0/33", Kind::bad_cidr, 22},
      {"v=spf1 ip4:192.0.2.0/24//64", Kind::bad_cidr, 24},
      {"v=spf1 ip4:192.0.2.0/", Kind::bad_cidr, 22},
      {"v=spf1 ip6:2001:db8::/129", Kind::bad_cidr, 23},
      {"v=spf1 ip4:192.0.2", Kind::bad_address, 12},
      {"v=spf1 ip4:192.0.2.1:25", Kind::bad_address, 12},
      {"v=spf1 ip4:192.0.02.1", Kind::bad_address, 12},
      {"v=spf1 ip4:2001:db8::1", Kind::bad_address, 12},
      {"v=spf1 ip6:192.0.2.1", Kind::bad_address, 12},
      {"v=spf1 ip6:2001:db8::1::2", Kind::bad_address, 12},
      {"v=spf1 exists:%", Kind::bad_macro, 15},
      {"v=spf1 exists:%(ir).example.org", Kind::bad_macro, 15},
      {"v=spf1 exists:a.%{d", Kind::bad_macro, 17},
      {"v=spf1 exists:%{}.example.org", Kind::bad_macro, 17},
      {"v=spf1 exists:%{x}.example.org", Kind::bad_macro, 17},
      {"v=spf1 exists:%{t}.example.org", Kind::bad_macro, 17},
      {"v=spf1 exists:%{d0}.example.org", Kind::bad_macro, 18},
      {"v=spf1 exists:%{dr2}.example.org", Kind::bad_macro, 19},
      {"v=spf1 x=%{d", Kind::bad_macro, 10},
      {"v=spf1 x=%{c}", Kind::bad_macro, 12},
      {"v=spf1 redirect=a.example redirect=b.example", Kind::repeated_modifier, 27},
      {"v=spf1 exp=a.example EXP=b.example", Kind::repeated_modifier, 22},
      {"v=spf1 =all", Kind::bad_modifier_name, 8},
      {"v=spf1 1up=x", Kind::bad_modifier_name, 8},
      {"v=spf1 -redirect=example.org", Kind::bad_modifier_name, 8},
      {"v=spf1 a%b=c", Kind::bad_modifier_name, 9},
      {"v=spf1 a\tmx", Kind::stray_separator, 9},
      {"v=spf1 a\xc2\xa0mx", Kind::bad_octet, 9},
      {"v=spf1 \x7f", Kind::bad_octet, 8},
      {std::string("v=spf1 a\0b", 10), Kind::bad_octet, 9},
  }));
  INFO(row.text);
  auto parsed = spf::parse_record(row.text);
  REQUIRE(parsed.errors.size() == 1);
  INFO(parsed.errors[0].message);
  CHECK(parsed.errors[0].kind == row.kind);
  CHECK(parsed.errors[0].column == row.column);
  CHECK_FALSE(parsed.errors[0].message.empty());
}

TEST_CASE("parsing goes on after a fault") {
  auto parsed = spf::parse_record("v=spf1  ip4:300.0.2.1 a foo mx:bar redirect=example.org  ");
  REQUIRE(parsed.errors.size() == 3);
  CHECK(parsed.errors[0].term == "ip4:300.0.2.1");
  CHECK(parsed.errors[0].term_column == 9);
  CHECK(parsed.errors[1].term == "foo");
  CHECK(parsed.errors[2].term == "mx:bar");
  REQUIRE(parsed.record.directives.size() == 1);
  CHECK(parsed.record.directives[0].text == "a");
  CHECK(parsed.record.directives[0].column == 23);
  REQUIRE(parsed.record.redirect);
  CHECK(parsed.record.redirect->domain.text == "example.org");
}

TEST_CASE("a mechanism printed and parsed again is the same") {
  auto term = GENERATE(as<std::string>{}, "all", "include:_spf.example.org", "a", "a/24", "a//64",
                       "a:%{d2}/24//64", "mx", "mx:example.org", "ptr", "ptr:example.org",
                       "ip4:192.0.2.1", "ip4:192.0.2.7/24", "ip6:2001:db8::1", "ip6:2001:db8::/32",
                       "exists:%{ir}.%{v}._spf.example.org");
  auto parsed = spf::parse_record("v=spf1 " + term);
  REQUIRE(parsed.record.directives.size() == 1);
  CHECK(spf::to_string(parsed.record.directives[0].mechanism) == term);
}

TEST_CASE("spelling that means the same is printed one way") {
  struct Row {
    std::string text;
    std::string canonical;
  };

  auto row = GENERATE(values<Row>({
      {"-ALL", "all"},
      {"A:example.org/32//128", "a:example.org"},
      {"ip4:192.0.2.1/32", "ip4:192.0.2.1"},
      {"IP6:2001:DB8:0:0:0:0:0:0/32", "ip6:2001:db8::/32"},
  }));
  auto parsed = spf::parse_record("v=spf1 " + row.text);
  REQUIRE(parsed.record.directives.size() == 1);
  CHECK(spf::to_string(parsed.record.directives[0].mechanism) == row.canonical);
}
