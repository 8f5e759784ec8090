#include "spf/macro.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;
using spf::MacroPlace;

namespace {

// The example of RFC 7208 section 7.4: its values are facts of the standard.
spf::MacroContext context(const std::string& ip) {
  return {"strong-bad@email.example.com",
          dns::Name::read("email.example.com").value(),
          net::Address::read(ip).value(),
          "mail.example.com",
          "mx.receiver.example",
          1700000000,
          "mx.example.org"};
}

std::string expanded(const std::string& text, const std::string& ip = "192.0.2.3") {
  auto parsed = spf::parse_macro_string(text, MacroPlace::explanation);
  REQUIRE(parsed.valid());
  return spf::expand(parsed.macro, context(ip));
}

}  // namespace

TEST_CASE("macros expand as in RFC 7208 section 7.4") {
  struct Row {
    const char* macro;
    const char* text;
  };

  auto row = GENERATE(values<Row>({
      {"%{s}", "strong-bad@email.example.com"},
      {"%{o}", "email.example.com"},
      {"%{d}", "email.example.com"},
      {"%{d4}", "email.example.com"},
      {"%{d3}", "email.example.com"},
      {"%{d2}", "example.com"},
      {"%{d1}", "com"},
      {"%{dr}", "com.example.email"},
      {"%{d2r}", "example.email"},
      {"%{l}", "strong-bad"},
      {"%{l-}", "strong.bad"},
      {"%{lr}", "strong-bad"},
      {"%{lr-}", "bad.strong"},
      {"%{l1r-}", "strong"},
      {"%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"},
      {"%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"},
      {"%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"},
      {"%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"},
      {"%{h} %{c} %{r} %{t} %{p}",
       "mail.example.com 192.0.2.3 mx.receiver.example 1700000000 mx.example.org"},
      {"%%%_%-", "% %20"},
      {"%{S}", "strong-bad%40email.example.com"},
      {"%{d99999999999}", "email.example.com"},
      {"%{s-@}x", ""},
  }));
  INFO(row.macro);
  if (std::string(row.text).empty()) {
    CHECK_FALSE(spf::parse_macro_string(row.macro, MacroPlace::explanation).valid());
    return;
  }
  CHECK(expanded(row.macro) == row.text);
}

TEST_CASE("an IPv6 address expands to nibbles") {
  CHECK(expanded("%{ir}.%{v}._spf.%{d2}", "2001:db8::cb01") ==
        "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com");
  CHECK(expanded("%{c}", "2001:db8::cb01") == "2001:db8::cb01");
}

TEST_CASE("a name loses labels on the left until it fits") {
  struct Row {
    std::string text;
    std::string name;  // empty: no name
  };

  std::string sixty(60, 'a');
  std::string four = sixty + '.' + sixty + '.' + sixty + '.' + sixty;
  auto row = GENERATE_COPY(values<Row>({
      {"example.org", "example.org"},
      {"example.org.", "example.org"},
      {four + ".abcdefghi", four + ".abcdefghi"},
      {four + ".abcdefghi.", four + ".abcdefghi"},
      {four + ".abcdefghij", four.substr(61) + ".abcdefghij"},
      {"x." + four + ".abcdefghi", four + ".abcdefghi"},
      {std::string(63, 'a') + ".org", std::string(63, 'a') + ".org"},
      {std::string(64, 'a') + ".org", ""},
      {std::string(254, 'a'), ""},
      {"a..org", ""},
      {".org", ""},
      {"org..", ""},
      {".", ""},
      {"", ""},
  }));
  INFO(row.text);
  spf::MacroString macro{row.text, {row.text}};
  auto name = spf::expand_name(macro, context("192.0.2.1"));
  CHECK((name ? to_string(*name) : "") == row.name);
}

// Whole, this would be 1.2 GB.
TEST_CASE("thousands of macros with a long sender expand to what fits") {
  auto sender = std::string(59'999, 'a') + "@example.org";
  auto values = context("192.0.2.1");
  values.sender = sender;
  spf::MacroExpand whole_sender;
  whole_sender.letter = 's';
  spf::MacroString macro{"", {20'000, whole_sender}};
  CHECK(spf::expand(macro, values, 1024) == std::string(1024, 'a'));
  CHECK(to_string(spf::expand_name(macro, values).value()) == "org");
  macro.parts.emplace_back(".a.example.org");
  CHECK(to_string(spf::expand_name(macro, values).value()) == "org.a.example.org");
}

TEST_CASE("faults in macros are told by their offset") {
  struct Row {
    const char* text;
    std::size_t offset;
    const char* message;
  };

  auto row = GENERATE(values<Row>({
      {"a%", 1, "\"%\" must be followed by \"{\", \"%\", \"_\" or \"-\""},
      {"a%(d)", 1, "\"%\" must be followed by \"{\", \"%\", \"_\" or \"-\""},
      {"a%{d", 1, "\"%{\" without its \"}\""},
      {"%{}", 2, "a macro without its letter"},
      {"%{x}", 2, "\"x\" is not a macro letter; expected one of \"slodiphv\""},
      {"%{T}", 2, "the macro letter \"T\" is for explanation texts only"},
      {"%{d00}", 3, "the number of parts in a macro must not be zero"},
      {"%{d2x}", 4, "\"x\" in a macro; expected digits, \"r\" and delimiters of \".-+,/_=\""},
      {"a b", 1, "\" \" is not allowed; expected visible ASCII"},
      {"a\xc3\xbc", 1, "\"\\xc3\" is not allowed; expected visible ASCII"},
  }));
  INFO(row.text);
  auto parsed = spf::parse_macro_string(row.text, MacroPlace::term);
  REQUIRE(parsed.error);
  CHECK(parsed.error->offset == row.offset);
  CHECK(parsed.error->message == row.message);
}
