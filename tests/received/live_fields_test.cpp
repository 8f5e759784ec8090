// What Postfix 3.7 and Exim 4.96 wrote when the tests in tests/system spoke to them, folded as they
// fold. Where Exim accepts any HELO (helo_accept_junk_hosts), or asks for an ident, a client says
// what it likes inside the server's parentheses.
#include <string>

#include <catch2/catch.hpp>

#include "received/field.hpp"

using namespace mailtrust;

namespace {

struct Row {
  std::string client;  ///< the first line, behind "from "
  std::string ip, helo, name;
};

struct Read {
  std::string ip, helo, name, by, protocol, id;
  bool authenticated = false;
};

Read read(const std::string& value) {
  auto field = received::parse_field(value);
  return {field.peer.ip ? net::to_string(*field.peer.ip) : "",
          field.peer.helo,
          field.peer.name,
          field.by,
          field.protocol,
          field.id,
          field.authenticated};
}

void check_equal(const Read& got, const Read& wanted) {
  CHECK(got.ip == wanted.ip);
  CHECK(got.helo == wanted.helo);
  CHECK(got.name == wanted.name);
  CHECK(got.by == wanted.by);
  CHECK(got.protocol == wanted.protocol);
  CHECK(got.id == wanted.id);
  CHECK(got.authenticated == wanted.authenticated);
}

}  // namespace

TEST_CASE("the client of Exim, whatever it says of itself") {
  auto row = GENERATE(values<Row>({
      {"client.example.net ([203.0.113.7])", "203.0.113.7", "client.example.net",
       "client.example.net"},
      {"client.example.net ([203.0.113.7] helo=foo.example.org)", "203.0.113.7", "foo.example.org",
       "client.example.net"},
      {"[203.0.113.8]", "203.0.113.8", "[203.0.113.8]", ""},
      {"[203.0.113.8] (helo=[198.51.100.9])", "203.0.113.8", "[198.51.100.9]", ""},
      {"[203.0.113.9] (helo=t.example ident=jo [198.51.100.1] (x)", "203.0.113.9", "t.example", ""},
      {"[203.0.113.8] (helo=x (y [198.51.100.9]) by (z)", "203.0.113.8", "x", ""},
      {"client.example.net ([203.0.113.7] helo=x (y [198.51.100.9]) by (z)", "203.0.113.7", "x",
       "client.example.net"},
      {"client.example.net ([203.0.113.7] helo=a(b[198.51.100.9])", "203.0.113.7",
       "a(b[198.51.100.9]", "client.example.net"},
      {"[203.0.113.8] (helo=a) by evil.example (b [198.51.100.9])", "203.0.113.8", "a)", ""},
      {"[203.0.113.8] (helo=x (Authenticated sender: y))", "203.0.113.8", "x", ""},
      {"[203.0.113.8] (helo=x) (Authenticated sender: y)", "203.0.113.8", "x)", ""},
      {"[203.0.113.8] (helo=[198.51.100.9]) (x)", "203.0.113.8", "[198.51.100.9])", ""},
      {"[203.0.113.8] (helo=(((()", "203.0.113.8", "((((", ""},
      {"[203.0.113.8] (helo=x with HTTP id 1; y)", "203.0.113.8", "x", ""},
      {"six.example.net ([2001:db8::7] helo=[IPv6:2001:db8::99])", "2001:db8::7",
       "[IPv6:2001:db8::99]", "six.example.net"},
  }));
  auto value = "from " + row.client +
               "\n\tby relay.example.net with esmtp (Exim 4.96)\n\t(envelope-from <a@example.org>)"
               "\n\tid 1xV2WI-00005B-1u\n\tfor b@example.com;\n\tSun, 22 Nov 2026 08:01:54 +0000";
  INFO(value);
  check_equal(read(value), {row.ip, row.helo, row.name, "relay.example.net", "esmtp",
                            "1xV2WI-00005B-1u", false});
}

TEST_CASE("how the line was enciphered is not the protocol") {
  auto read_one = read(
      "from [203.0.113.8] (helo=[10.1.2.3])\n\tby relay.example.net with esmtpsa  (TLS1.3) tls "
      "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n\t(Exim 4.96)\n\t(envelope-from <a@example.org>)\n\t"
      "id 1xV2WI-00004u-0U\n\tfor b@example.com;\n\tSun, 22 Nov 2026 08:01:54 +0000");
  check_equal(read_one, {"203.0.113.8", "[10.1.2.3]", "", "relay.example.net", "esmtpsa",
                         "1xV2WI-00004u-0U", true});
}

TEST_CASE("the user of a message picked up by Exim is no client") {
  auto field = received::parse_field(
      "from root by relay.example.net with local (Exim 4.96)\n\t(envelope-from <a@example.org>)"
      "\n\tid 1xV2WJ-000064-1j\n\tfor b@example.com;\n\tSun, 22 Nov 2026 08:01:55 +0000");
  CHECK(field.peer.helo.empty());
  CHECK(field.peer.ident == "root");
  CHECK(field.is_local());
}

TEST_CASE("Postfix takes parentheses out of what a client says") {
  auto row = GENERATE(values<Row>({
      {"x??y?[198.51.100.9]??by??z (unknown [203.0.113.8])", "203.0.113.8",
       "x??y?[198.51.100.9]??by??z", ""},
      {"by (unknown [203.0.113.8])", "203.0.113.8", "by", ""},
      {"unknown (unknown [203.0.113.8])", "203.0.113.8", "unknown", ""},
      {"[IPv6:2001:db8::99] (localhost [IPv6:::1])", "::1", "[IPv6:2001:db8::99]", "localhost"},
      {"client.example.net (client.example.net [203.0.113.7])", "203.0.113.7", "client.example.net",
       "client.example.net"},
  }));
  auto value = "from " + row.client +
               "\n\tby mx.example.com (Postfix) with SMTP id 2399CAA82C8\n\tfor <b@example.com>; "
               "Sun, 22 Nov 2026 07:58:36 +0000 (UTC)";
  INFO(value);
  check_equal(read(value),
              {row.ip, row.helo, row.name, "mx.example.com", "SMTP", "2399CAA82C8", false});
}
