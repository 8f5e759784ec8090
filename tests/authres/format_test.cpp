#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "authres/authres.hpp"
#include "base/ascii.hpp"

using namespace mailtrust;
using authres::Statement;

namespace {

// What a reader of the header finds when the field is put on top of a message.
std::vector<message::Field> fields_of(const message::Header& header) {
  auto fields = header.fields();
  return {fields.begin(), fields.end()};
}

std::string value_of(const std::string& field) {
  auto header = message::Header::parse(field);
  auto fields = fields_of(header);
  REQUIRE(fields.size() == 1);
  CHECK(field.ends_with("\r\n"));
  for (auto line : ascii::split(std::string_view(field).substr(0, field.size() - 2), '\n'))
    CHECK(line.size() < 998);
  return std::string(fields[0].value);
}

}  // namespace

TEST_CASE("Authentication-Results as written") {
  CHECK(authres::format("mx.example.org", {}) ==
        "Authentication-Results: mx.example.org; none\r\n");
  CHECK(authres::format("mx.example.org",
                        {{"spf", "pass", "", {{"smtp.mailfrom", "alice@example.org"}}},
                         {"dkim",
                          "fail",
                          "the body was changed",
                          {{"header.d", "example.org"},
                           {"header.i", "@example.org"},
                           {"header.s", "s1"},
                           {"header.b", "ab/c+d"}}}}) ==
        "Authentication-Results: mx.example.org;\r\n"
        "    spf=pass smtp.mailfrom=alice@example.org;\r\n"
        "    dkim=fail reason=\"the body was changed\" header.d=example.org\r\n"
        "    header.i=@example.org header.s=s1 header.b=\"ab/c+d\"\r\n");
}

TEST_CASE("lines end at column 78, a tab counted as eight") {
  auto field =
      authres::format("mx.example.org",
                      std::vector<Statement>(20, {"dkim",
                                                  "pass",
                                                  "",
                                                  {{"header.d", std::string(40, 'a') + ".example"},
                                                   {"header.s", "selector"},
                                                   {"header.b", "abcd"}}}));
  for (auto line : ascii::split(field, '\n')) {
    auto tabs = static_cast<std::size_t>(std::ranges::count(line, '\t'));
    CHECK(line.size() + 7 * tabs <= 78 + 1);
  }
  CHECK(authres::parse(value_of(field)).statements.size() == 20);
}

TEST_CASE("nothing in a value can add a field, a result or a property") {
  using std::string;
  auto hostile = GENERATE(values<string>({
      "example.org; dkim=pass",
      "example.org\r\nAuthentication-Results: mx.example.org; dkim=pass",
      "example.org\r\n\r\nbody",
      "example.org\nX: y",
      "example.org\rX: y",
      "\"; dkim=pass header.d=\"example.org",
      "\\",
      "\\\"; dkim=pass",
      "(example.org",
      "example.org)",
      "example.org header.d=bank.example",
      "a@b; dkim=pass",
      "a;b@example.org",
      "a@b@c;d",
      "",
      " ",
      "\t",
      string("a\0b", 3),
      "\x7f",
      "\xc2\x85; dkim=pass",      // NEL
      "\xe2\x80\xa8; dkim=pass",  // line separator
      "\xe2\x80\xae; dkim=pass",  // right-to-left override
      "\xff\xfe",                 // no UTF-8
      "=?utf-8?q?=0D=0AX=3A?=",
      "%s%n",
      string(100'000, 'a'),
      string(100'000, '"'),
      string(100'000, ' '),
      string(5'000, '\xc3'),
  }));
  INFO(hostile.substr(0, 100));
  std::vector<Statement> statements{
      {"dkim", "fail", hostile, {{"header.d", hostile}, {"header.i", '@' + hostile}}},
      {"spf", "none", "", {{"smtp.mailfrom", hostile + "@example.org"}}}};
  auto results = authres::parse(value_of(authres::format("mx.example.org", statements)));
  CHECK(results.authserv_id == "mx.example.org");
  CHECK(results.problem.find("value") == results.problem.npos);
  REQUIRE(results.statements.size() == 2);
  CHECK(results.statements[0].method == "dkim");
  CHECK(results.statements[0].result == "fail");
  REQUIRE(results.statements[0].properties.size() == 2);
  CHECK(results.statements[0].properties[0].first == "header.d");
  CHECK(results.statements[0].properties[1].first == "header.i");
  CHECK(results.statements[1].result == "none");
  CHECK(results.statements[1].properties.size() == 1);
}

TEST_CASE("parse(format(x)) is x for values without controls") {
  auto value = GENERATE(values<std::string>({
      "example.org",
      "a b",
      "\"quoted\"",
      "back\\slash",
      "semi;colon",
      "(c)",
      "@example.org",
      "user@example.org",
      "us er@example.org",
      "ab/c+d=",
      "gr\xc3\xbc\xc3\x9f@m\xc3\xbcnchen.example",
      "a=b@example.org",
      "[192.0.2.1]",
      "2001:db8::1",
  }));
  std::vector<Statement> statements{{"dkim", "pass", value, {{"header.x", value}}}};
  auto results = authres::parse(value_of(authres::format(value, statements)));
  CHECK(results.problem.empty());
  CHECK(results.authserv_id == value);
  REQUIRE(results.statements.size() == 1);
  CHECK(results.statements[0].reason == value);
  CHECK(results.statements[0].properties[0].second == value);
}

TEST_CASE("hostile words where keywords belong") {
  auto field = authres::format("mx.example.org", {{"dk;im", "pa ss\r\n", "", {{"a=b.c", "d"}}}});
  CHECK(field == "Authentication-Results: mx.example.org;\r\n    dk-im=pa-ss-- a-b.c=d\r\n");
}

TEST_CASE("Received-SPF as written (RFC 7208 section 9.1)") {
  authres::ReceivedSpf field{"pass",
                             "mx.example.org: domain of a@example.org designates 192.0.2.1",
                             "mx.example.org",
                             "192.0.2.1",
                             "a@example.org",
                             "mail.example.org",
                             "mailfrom",
                             "ip4:192.0.2.0/24",
                             ""};
  CHECK(authres::format(field) ==
        "Received-SPF: pass\r\n"
        "    (mx.example.org: domain of a@example.org designates 192.0.2.1)\r\n"
        "    receiver=mx.example.org; identity=mailfrom; client-ip=192.0.2.1;\r\n"
        "    envelope-from=\"a@example.org\"; helo=mail.example.org;\r\n"
        "    mechanism=\"ip4:192.0.2.0/24\"\r\n");
}

TEST_CASE("Received-SPF with hostile values stays one field with its own pairs") {
  using std::string;
  auto hostile = GENERATE(values<string>({
      ") receiver=evil.example; (",
      "\\) x=y",
      "a\r\nX: y",
      "((((",
      "))))",
      "\\",
      "\"; receiver=evil.example",
      string("\0", 1),
      string(10'000, ')'),
      "\xe2\x80\xa8",
  }));
  authres::ReceivedSpf field{"fail",  hostile, "mx.example.org", "2001:db8::1", hostile,
                             hostile, "helo",  hostile,          hostile};
  auto header = message::Header::parse(authres::format(field) + "Subject: x\r\n");
  CHECK(header.fields().size() == 2);
  auto claims = authres::claims(header, "mx.example.org");
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].authserv_id == "mx.example.org");
  CHECK(authres::format(field).find("client-ip=\"2001:db8::1\"") != string::npos);
}
