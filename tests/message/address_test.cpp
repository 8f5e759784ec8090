#include "message/address.hpp"

#include <ctime>

#include <catch2/catch.hpp>

using mailtrust::message::AddressFault;
using mailtrust::message::AddressList;
using mailtrust::message::decode_words;
using mailtrust::message::parse_addresses;
using namespace std::string_literals;

namespace {

std::string word(AddressFault::Kind kind) {
  switch (kind) {
    case AddressFault::Kind::syntax: return "syntax";
    case AddressFault::Kind::control: return "control";
    case AddressFault::Kind::route: return "route";
    case AddressFault::Kind::empty_domain: return "empty_domain";
    case AddressFault::Kind::too_deep: return "too_deep";
    case AddressFault::Kind::not_utf8: return "not_utf8";
    case AddressFault::Kind::hidden: return "hidden";
  }
  return "?";
}

/// `NAME <LOCAL|DOMAIN>` with ", " between.
std::string addresses(const AddressList& list) {
  std::string text;
  for (const auto& one : list.addresses) {
    if (!text.empty()) text += ", ";
    if (!one.display_name.empty()) text += one.display_name + ' ';
    text += '<' + one.local + '|' + one.domain + '>';
  }
  return text;
}

/// `KIND COLUMN` with ", " between.
std::string faults(const AddressList& list) {
  std::string text;
  for (const auto& one : list.faults) {
    if (!text.empty()) text += ", ";
    text += word(one.kind) + ' ' + std::to_string(one.column);
  }
  return text;
}

struct Row {
  const char* about;
  std::string value;
  std::string addresses;
  std::string faults;
};

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("addresses as RFC 5322 section 3.4 has them") {
  auto row = GENERATE(values<Row>({
      {"nothing", "", "", ""},
      {"blanks alone", " \r\n ", "", ""},
      {"plain", " joe@example.org", "<joe|example.org>", ""},
      {"in brackets", "<joe@example.org>", "<joe|example.org>", ""},
      {"with a name", "Joe Q. Public <joe@example.org>", "Joe Q. Public <joe|example.org>", ""},
      {"with a quoted name", "\"Joe, Q. \\\"P\\\"\" <joe@example.org>",
       "Joe, Q. \"P\" <joe|example.org>", ""},
      {"folded", "Joe\r\n Q\r\n\t<joe@example.org>\r\n ", "Joe Q <joe|example.org>", ""},
      {"folded in quotes", "\"Joe\r\n Q\" <joe@example.org>", "Joe Q <joe|example.org>", ""},
      {"several", "a@b.example, C <d@e.example>", "<a|b.example>, C <d|e.example>", ""},
      {"a quoted local part", "\"a b\"@example.org", "<a b|example.org>", ""},
      {"an @ in the quoted local part", "\"a@x.example\"@example.org", "<a@x.example|example.org>",
       ""},
      {"a comma in the quoted local part", "\"a,b\"@example.org, c@d.example",
       "<a,b|example.org>, <c|d.example>", ""},
      {"a quoted pair", R"("a\"\\b"@example.org)", R"(<a"\b|example.org>)", ""},
      {"an empty quoted local part", "\"\"@example.org", "<|example.org>", ""},
      {"quoted and plain words (4.4)", "\"a b\".c@example.org", "<a b.c|example.org>", ""},
      {"a domain literal", "joe@[192.0.2.1]", "<joe|[192.0.2.1]>", ""},
      {"a domain literal with blanks", "joe@[ IPv6:2001:db8::1 ]", "<joe|[IPv6:2001:db8::1]>", ""},
      {"comments (A.5)", "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>",
       "Pete <pete|silly.test>", ""},
      {"comments in comments", "(a (b (c)) d) joe@example.org (Joe)", "<joe|example.org>", ""},
      {"blanks around dots (4.4)", "joe . q @ example . org", "<joe.q|example.org>", ""},
      {"empty elements (4.4)", ",, a@b.example ,,c@d.example,", "<a|b.example>, <c|d.example>", ""},
      {"UTF-8 (RFC 6532)", "J\xc3\xb6 <j\xc3\xb6@b\xc3\xbc.example>",
       "J\xc3\xb6 <j\xc3\xb6|b\xc3\xbc.example>", ""},
      {"encoded words stay", "=?utf-8?q?J=C3=B6?= <joe@example.org>",
       "=?utf-8?q?J=C3=B6?= <joe|example.org>", ""},
      {"a quoted name like an address", "\"a@b.example\" <c@d.example>",
       "a@b.example <c|d.example>", ""},
      {"a quoted name like a mailbox", "\"A <a@b.example>\" <c@d.example>",
       "A <a@b.example> <c|d.example>", ""},
      {"an unquoted name like its address", "a@b.example <a@B.example>",
       "a@b.example <a|B.example>", ""},
      {"a special character in an atom", "a+b=c/d{e}@example.org", "<a+b=c/d{e}|example.org>", ""},
      {"a comment with an @", "joe@example.org (joe@work)", "<joe|example.org>", ""},
  }));
  INFO(row.about << ": " << row.value);
  auto list = parse_addresses(row.value);
  CHECK(addresses(list) == row.addresses);
  CHECK(faults(list) == row.faults);
}

TEST_CASE("groups (RFC 5322 section 3.4, RFC 6854)") {
  auto row = GENERATE(values<Row>({
      {"empty", "Undisclosed recipients:;", "", ""},
      {"with members", "A Group:Ed <e@f.example>,joe@g.example;",
       "Ed <e|f.example>, <joe|g.example>", ""},
      {"between mailboxes", "a@b.example, G: c@d.example; , e@f.example",
       "<a|b.example>, <c|d.example>, <e|f.example>", ""},
      {"with empty elements (4.4)", "G:,,a@b.example,;", "<a|b.example>", ""},
      {"without an end", "G: a@b.example", "<a|b.example>", "syntax 15"},
      {"without a name", ": a@b.example;", "<a|b.example>", "syntax 1"},
      {"in a group", "G: H: a@b.example; , c@d.example", "<a|b.example>, <c|d.example>",
       "syntax 5"},
      {"ended twice", "G: a@b.example;;", "<a|b.example>", "syntax 16"},
      {"something behind", "G: a@b.example; c@d.example, e@f.example",
       "<a|b.example>, <e|f.example>", "syntax 17"},
  }));
  INFO(row.about << ": " << row.value);
  auto list = parse_addresses(row.value);
  CHECK(addresses(list) == row.addresses);
  CHECK(faults(list) == row.faults);
}

TEST_CASE("the names of groups") {
  CHECK(parse_addresses("A \"big\" one:;, B:;").groups ==
        std::vector<std::string>{"A big one", "B"});
}

TEST_CASE("what readers disagree about is a fault") {
  auto row = GENERATE(values<Row>({
      {"no @", "joe", "", "empty_domain 1"},
      {"no @, in brackets", "Joe <joe>", "", "empty_domain 9"},
      {"no domain", "joe@", "", "empty_domain 5"},
      {"no domain, in brackets", "<joe@>", "", "empty_domain 6"},
      {"no local part", "@example.org", "<|example.org>", "syntax 1"},
      {"empty brackets", "<>", "", "syntax 2"},
      {"two @", "a@b.example@c.example", "<a|b.example>", "syntax 12"},
      {"two @ in brackets", "<a@b.example@c.example>", "<a|b.example>", "syntax 13"},
      {"a route", "<@a.example,@b.example:joe@c.example>", "<joe|c.example>", "route 2"},
      {"a route of one host", "<@a.example:joe@c.example>", "<joe|c.example>", "route 2"},
      {"a route without an end", "<@a.example>", "", "route 2, syntax 12"},
      {"NUL", "joe@a.example\0.b.example"s, "<joe|a.example>", "control 14, syntax 14"},
      {"NUL in quotes", "\"a\0\"@b.example"s, "<a\0|b.example>"s, "control 3"},
      {"lone CR", "joe@a.example\r,x@b.example", "<joe|a.example>, <x|b.example>",
       "control 14, syntax 14"},
      {"lone LF", "\"a\nb\" <joe@a.example>", "a\nb <joe|a.example>", "control 3"},
      {"CRLF that folds nothing", "joe@a.example\r\nx", "<joe|a.example>",
       "control 14, syntax 14, control 15"},
      {"two dots", "a..b@c.example", "<a..b|c.example>", "syntax 1"},
      {"a dot at the end", "a.@c.example", "<a.|c.example>", "syntax 1"},
      {"blanks in the local part", "a b@c.example", "<ab|c.example>", "syntax 1"},
      {"a dot at the end of the domain", "a@c.example.", "<a|c.example.>", "syntax 3"},
      {"two dots in the domain", "a@c..example", "<a|c..example>", "syntax 3"},
      {"a label too long for DNS", "a@" + std::string(64, 'x') + ".example",
       "<a|" + std::string(64, 'x') + ".example>", "empty_domain 3"},
      {"a name too long for DNS", "a@" + times(127, "x.") + "example",
       "<a|" + times(127, "x.") + "example>", "empty_domain 3"},
      {"two domains", "a@b.example c.example", "<a|b.example>", "syntax 13"},
      {"an unquoted name like another address", "a@b.example <c@d.example>",
       "a@b.example <c|d.example>", "syntax 1"},
      {"an unquoted name with words and an address", "A a@b.example b <c@d.example>",
       "A a@b.example b <c|d.example>", "syntax 1"},
      {"the second of two", "<a@b.example> <c@d.example>", "<a|b.example>", "syntax 15"},
      {"something behind >", "<a@b.example> x, c@d.example", "<a|b.example>, <c|d.example>",
       "syntax 15"},
      {"no >", "Joe <a@b.example, c@d.example", "Joe <a|b.example>, <c|d.example>", "syntax 17"},
      {"no <", "a@b.example>, c@d.example", "<a|b.example>, <c|d.example>", "syntax 12"},
      {"brackets twice", "<<a@b.example>>", "", "syntax 2"},
      {"a quote without an end", "\"Joe <a@b.example>", "", "syntax 1, empty_domain 1"},
      {"a quote without an end, behind", "a@b.example, \"c", "<a|b.example>",
       "syntax 14, empty_domain 14"},
      {"a comment without an end", "a@b.example (x", "<a|b.example>", "syntax 13"},
      {"a comment that ends twice", "a@b.example (x))", "<a|b.example>", "syntax 16"},
      {"a comment without a beginning", "a@b.example x)", "<a|b.example>", "syntax 13"},
      {"a literal without an end", "a@[192.0.2.1", "<a|[192.0.2.1>", "syntax 3"},
      {"a backslash before the comma", "<a@b.example>\\, <c@d.example>",
       "<a|b.example>, <c|d.example>", "syntax 14"},
      {"; between addresses", "a@b.example; c@d.example", "<a|b.example>", "syntax 12"},
      {"a comment that holds an address", "(<a@b.example>) c@d.example", "<c|d.example>",
       "hidden 1"},
      {"a comment that holds a second address", "a@b.example (,c@d.example)", "<a|b.example>",
       "hidden 13"},
      {"a comment in a comment's end", "a@b.example (x\\)y <z@z.example>)", "<a|b.example>",
       "hidden 13"},
      {"a comment that divides the domain", "a@b(.x).example", "<a|b.example>", "hidden 8"},
      {"an encoded word that holds an address", "=?utf-8?b?PGFAYi5leGFtcGxlPg==?= <c@d.example>",
       "=?utf-8?b?PGFAYi5leGFtcGxlPg==?= <c|d.example>", "hidden 34"},
      {"an encoded word that holds a first address", "=?utf-8?q?a=40b.example=2C?= <c@d.example>",
       "=?utf-8?q?a=40b.example=2C?= <c|d.example>", "hidden 30"},
      {"an encoded word for an address", "=?utf-8?q?a=40b.example?=", "", "empty_domain 1"},
      {"an encoded word that holds NUL", "=?utf-8?q?a=00b?= <c@d.example>",
       "=?utf-8?q?a=00b?= <c|d.example>", "control 19"},
      {"octets that are no UTF-8", "J\xf6 <c@d.example>", "J\xf6 <c|d.example>", "not_utf8 2"},
  }));
  INFO(row.about << ": " << row.value);
  auto list = parse_addresses(row.value);
  CHECK(addresses(list) == row.addresses);
  CHECK(faults(list) == row.faults);
}

TEST_CASE("comments may be 64 deep") {
  auto nested = [](std::size_t depth) {
    return times(depth, "(") + "x" + times(depth, ")") + " a@b.example";
  };
  CHECK(faults(parse_addresses(nested(64))) == "");
  CHECK(faults(parse_addresses(nested(65))) == "too_deep 1");
  CHECK(addresses(parse_addresses(nested(100'000))) == "<a|b.example>");
}

TEST_CASE("messages say what was found") {
  CHECK(parse_addresses("a@b.example x").faults.at(0).message ==
        "expected \",\" or the end, found \"x\"");
  CHECK(parse_addresses("\x01"
                        "a@b.example")
            .faults.at(0)
            .message == "expected text, found the control \"\\x01\"");
}

TEST_CASE("columns count octets of the value") {
  auto list = parse_addresses(" J\xc3\xb6 <a@b.example>,\r\n c@d.example");
  CHECK(list.addresses.at(0).column == 7);
  CHECK(list.addresses.at(1).column == 23);
}

TEST_CASE("twice as much of anything takes twice as long") {
  auto piece = GENERATE(
      values<std::string>({"(",      ")",   "((",   "<",  ">",    "\"",   "\\",
                           "[",      "]",   "<[",   "@",  ",",    ":",    ";",
                           ".",      "a ",  "a@b,", "a@", "<a@b", "=?",   "=?utf-8?q?=40?= ",
                           "\r\n ",  "()",  "(\\",  "G:", "a.",   "\xff", "\xc3\xb6",
                           "=?a?q?", "@a,", "<@a:", "\0"s}));
  auto seconds = [&](std::size_t octets) {
    auto text = times(octets / piece.size(), piece);
    auto started = std::clock();
    parse_addresses(text);
    parse_addresses("a@" + text + " <b@c.example>");
    parse_addresses(text + " <b@c.example>");
    return static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
  };
  INFO(piece);
  constexpr std::size_t kOctets = 32U << 10U;
  // Were it quadratic, it would be sixteen times as long.
  CHECK(seconds(4 * kOctets) < 8 * seconds(kOctets) + 0.02);
}

TEST_CASE("encoded words for people (RFC 2047)") {
  struct Words {
    std::string written;
    std::string shown;
  };

  auto row = GENERATE(values<Words>({
      {"plain", "plain"},
      {"=?utf-8?q?J=C3=B6_Q?= P", "J\xc3\xb6 Q P"},
      {"=?UTF-8*de?B?w7Y=?=", "\xc3\xb6"},
      {"a =?utf-8?q?b?= \r\n =?utf-8?q?c?= d", "a bc d"},
      {"=?utf-8?q?=C3?= =?utf-8?q?=B6?=", "\xc3\xb6"},
      {"=?iso-8859-1?q?=F6?=", "\xc3\xb6"},
      {"=?iso-8859-15?q?=A4?=", "\xe2\x82\xac"},
      {"=?windows-1252?q?=80=F6?=", "\xe2\x82\xac\xc3\xb6"},
      {"=?koi8-r?q?=D6?=", "\xd0\xb6"},
      {"=?iso-2022-jp?b?GyRCTCQbKEI=?=", "\xe6\x9c\xaa"},
      {"=?x-nobody?q?=F6?=", "=?x-nobody?q?=F6?="},
      {"=?utf-8?q?=G0?=", "=?utf-8?q?=G0?="},
      {"=?utf-8?x?a?=", "=?utf-8?x?a?="},
      {"=?utf-8?q?a b?=", "=?utf-8?q?a b?="},
      {"=?utf-8?q?a", "=?utf-8?q?a"},
      {"=?", "=?"},
  }));
  CHECK(decode_words(row.written) == row.shown);
}
