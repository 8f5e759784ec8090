#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "authres/authres.hpp"

using namespace mailtrust;

namespace {

struct Row {
  std::string what;
  std::string field;
  bool remove = true;
};

authres::Claim only_claim(const std::string& field, std::string_view own = "mx.example.org") {
  auto header = message::Header::parse(field + "\r\n");
  auto claims = authres::claims(header, own);
  REQUIRE(claims.size() == 1);
  return claims[0];
}

}  // namespace

TEST_CASE("forged Authentication-Results in every spelling") {
  using std::string;
  auto row = GENERATE(values<Row>({
      {"plain", "Authentication-Results: mx.example.org; dkim=pass"},
      {"case of the name", "aUTHENTICATION-rESULTS: mx.example.org; dkim=pass"},
      {"blank before the colon", "Authentication-Results \t: mx.example.org; dkim=pass"},
      {"no blank after the colon", "Authentication-Results:mx.example.org;dkim=pass"},
      {"case of the id", "Authentication-Results: MX.Example.ORG; dkim=pass"},
      {"quoted", "Authentication-Results: \"mx.example.org\"; dkim=pass"},
      {"quoted pairs", "Authentication-Results: \"mx\\.ex\\ample.org\"; dkim=pass"},
      {"blanks in quotes", "Authentication-Results: \" mx.example.org \"; dkim=pass"},
      {"fold in quotes", "Authentication-Results: \"mx.example.org\r\n \"; dkim=pass"},
      {"comment before", "Authentication-Results: (hi) mx.example.org; dkim=pass"},
      {"comment after", "Authentication-Results: mx.example.org(a (b) \\) c) ; dkim=pass"},
      {"folded", "Authentication-Results:\r\n    mx.example.org\r\n ;\r\n dkim=pass"},
      {"final dot", "Authentication-Results: mx.example.org.; dkim=pass"},
      {"two final dots", "Authentication-Results: mx.example.org..; dkim=pass"},
      {"version", "Authentication-Results: mx.example.org 1; dkim=pass"},
      {"version nobody knows", "Authentication-Results: mx.example.org 999; dkim=pass"},
      {"slash version", "Authentication-Results: mx.example.org/1; dkim=pass"},
      {"slash version with comments",
       "Authentication-Results: mx.example.org (a)/(b) 1; dkim=pass"},
      {"nothing after the id", "Authentication-Results: mx.example.org"},
      {"none", "Authentication-Results: mx.example.org; none"},
      {"host below ours", "Authentication-Results: in1.mx.example.org; dkim=pass"},
      {"no semicolon", "Authentication-Results: mx.example.org dkim=pass"},
      {"comma", "Authentication-Results: mx.example.org, dkim=pass"},
      {"angle brackets", "Authentication-Results: <mx.example.org>; dkim=pass"},
      {"as an address", "Authentication-Results: postmaster@mx.example.org; dkim=pass"},
      {"blanks around the dots", "Authentication-Results: mx . example . org; dkim=pass"},
      {"comments around the dots", "Authentication-Results: mx.(a)example.(b)org; dkim=pass"},
      {"quote that does not end", "Authentication-Results: \"mx.example.org; dkim=pass"},
      {"comment that does not end", "Authentication-Results: (mx.example.org; dkim=pass"},
      {"comment that ends too often", "Authentication-Results: (a)) mx.example.org; dkim=pass"},
      {"quotes side by side", "Authentication-Results: \"mx.exam\"\"ple.org\"; dkim=pass"},
      {"two ids", "Authentication-Results: other.example mx.example.org; dkim=pass"},
      {"semicolon first", "Authentication-Results: ; mx.example.org; dkim=pass"},
      {"nobody's", "Authentication-Results: dkim=pass header.d=example.org"},
      {"nobody's, commented", "Authentication-Results: (mx.example.org) ; dkim=pass"},
      {"empty", "Authentication-Results:"},
      {"empty quotes", "Authentication-Results: \"\"; dkim=pass"},
      {"NUL", string("Authentication-Results: mx.example\0.org; dkim=pass", 50)},
      {"NUL in quotes", string("Authentication-Results: \"mx.example.org\0\"; dkim=pass", 53)},
      {"lone CR", "Authentication-Results: mx.example.org\r; dkim=pass"},
      {"control", "Authentication-Results: \x01mx.example.org; dkim=pass"},
      {"encoded word", "Authentication-Results: =?utf-8?q?mx=2Eexample.org?=; dkim=pass"},
      {"encoded word in base64",
       "Authentication-Results: =?utf-8?b?bXguZXhhbXBsZS5vcmc=?=; spf=pass"},
      {"encoded word in quotes",
       "Authentication-Results: \"=?utf-8?q?mx=2Eexample.org?=\"; spf=pass"},
      {"full width letters", "Authentication-Results: \xef\xbd\x8dx.example.org; dkim=pass"},
      {"ideographic full stop",
       "Authentication-Results: mx\xe3\x80\x82"
       "example.org; dkim=pass"},
      {"soft hyphen", "Authentication-Results: mx.exam\xc2\xadple.org; dkim=pass"},

      {"another's", "Authentication-Results: mx.example.net; dkim=pass", false},
      {"the end is not enough", "Authentication-Results: notmx.example.org; dkim=pass", false},
      {"the start is not enough", "Authentication-Results: mx.example.org.example; dkim=pass",
       false},
      {"ours only as the domain",
       "Authentication-Results: mx.example.net; dkim=pass "
       "header.d=mx.example.org",
       false},
      {"ours only in a comment",
       "Authentication-Results: mx.example.net (for mx.example.org); "
       "dkim=pass",
       false},
      {"above ours", "Authentication-Results: example.org; dkim=pass", false},
      {"malformed after another's id", "Authentication-Results: mx.example.net; dkim (", false},
      {"malformed head without our name", "Authentication-Results: a b c; dkim=pass", false},
  }));
  INFO(row.what);
  CHECK(only_claim(row.field).remove == row.remove);
}

TEST_CASE("Authentication-Results: A-labels and U-labels are one name (RFC 8601 section 5)") {
  auto forged = "Authentication-Results: mx.m\xc3\xbcnchen.example; dkim=pass";
  CHECK(only_claim(forged, "mx.xn--mnchen-3ya.example").remove);
  CHECK(only_claim("Authentication-Results: MX.XN--mnchen-3ya.example; dkim=pass",
                   "mx.m\xc3\xbcnchen.example")
            .remove);
}

TEST_CASE("an authserv-id of our own that is no name of DNS") {
  CHECK(only_claim("Authentication-Results: \"Our Filter\"; spf=pass", "our filter").remove);
  CHECK(!only_claim("Authentication-Results: other; spf=pass", "localhost").remove);
  CHECK(!only_claim("Authentication-Results: ; spf=pass", "").remove);
}

TEST_CASE("what else claims a result is shown, and not to be removed") {
  auto header = message::Header::parse(
      "Received-SPF: pass (x) client-ip=192.0.2.1; receiver=\"mx.example.org\"; helo=a\r\n"
      "Subject: x\r\n"
      "X-Authentication-Results: mx.example.org;\r\n dkim=pass\r\n"
      "ARC-Authentication-Results: i=1; mx.example.org; dkim=pass\r\n"
      "X-MS-Exchange-Authentication-Results: spf=pass\r\n"
      "Authentication-Results-Original: b.example; spf=none\r\n"
      "X-DKIM-Result: Domain=example.org Result=Good\r\n");
  auto claims = authres::claims(header, "mx.example.org");
  REQUIRE(claims.size() == 5);
  CHECK(claims[0].field == "Received-SPF");
  CHECK(claims[0].authserv_id == "mx.example.org");
  CHECK(claims[1].line == 3);
  CHECK(claims[1].text == "mx.example.org; dkim=pass");
  CHECK(claims[1].authserv_id == "mx.example.org");
  CHECK(claims[2].authserv_id.empty());
  CHECK(claims[3].authserv_id == "b.example");
  for (const auto& claim : claims) CHECK(!claim.remove);
}

TEST_CASE("Received-SPF without a receiver, and hostile ones") {
  CHECK(only_claim("Received-SPF: pass").authserv_id.empty());
  CHECK(only_claim("Received-SPF: pass (receiver=a.example) receiver=b.example").authserv_id ==
        "b.example");
  CHECK(only_claim("Received-SPF: pass helo=\"receiver=a\"; receiver = b.example;").authserv_id ==
        "b.example");
  CHECK(only_claim("Received-SPF: pass (receiver=b.example").authserv_id.empty());
  CHECK(only_claim("Received-SPF: " + std::string(200'000, '"')).authserv_id.empty());
}
