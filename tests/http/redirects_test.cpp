// Where http::Client may be sent, and where it may connect to at all.
#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "http/client.hpp"
#include "http/curl_exchange.hpp"
#include "http/serving.hpp"

namespace mailtrust {
namespace {

using namespace std::chrono_literals;
using namespace test;

/// /0 leads to /1 and so on, up to /`last`, which answers.
StreamServer::Script chain(unsigned last) {
  return [last](Conversation& client) {
    while (true) {
      auto asked = client.read_until("\r\n\r\n");
      if (asked.empty()) return;
      auto number = static_cast<unsigned>(std::stoul(asked.substr(5)));
      client.write(number == last ? page("hello") : redirect_to("/" + std::to_string(number + 1)));
    }
  };
}

TEST_CASE("five redirects are followed", "[http]") {
  constexpr auto kMost = limits::kHttpRedirects;
  auto count = GENERATE_COPY(kMost - 1, kMost, kMost + 1);
  StreamServer server(chain(count));
  auto response = get_typed(url_of(server, "/0"));
  CHECK(message_of(response) == (count > kMost ? "more than 5 redirects" : "no error"));
  if (!response) {
    CHECK(response.error().where == url_of(server, "/" + std::to_string(kMost)));
    return;
  }
  CHECK(response->redirects.size() == count);
  CHECK(response->redirects[0] == url_of(server, "/0"));
  CHECK(response->url == url_of(server, "/" + std::to_string(count)));
  CHECK(server.accepted() == 1);
}

TEST_CASE("every kind of redirect is followed, and nothing else", "[http]") {
  struct Row {
    std::string status;
    bool followed;
  };

  auto row = GENERATE(values<Row>({{"301 Moved", true},
                                   {"302 Found", true},
                                   {"303 See Other", true},
                                   {"307 Temporary", true},
                                   {"308 Permanent", true},
                                   {"300 Choices", false},
                                   {"304 Not Modified", false},
                                   {"200 OK", false},
                                   {"404 Not Found", false}}));
  INFO(row.status);
  StreamServer server([&](Conversation& client) {
    client.read_until("\r\n\r\n");
    client.write(redirect_to("/there", row.status));
    client.read_until("\r\n\r\n");
    client.write(page("hello"));
  });
  auto response = get_typed(url_of(server));
  REQUIRE(response);
  CHECK((response->body == "hello") == row.followed);
}

TEST_CASE("a circle is left", "[http]") {
  StreamServer server(always(redirect_to("/")));
  CHECK(message_of(get_typed(url_of(server))) == "redirected in a circle");
}

TEST_CASE("who must not follow does not", "[http]") {
  StreamServer server(always(redirect_to("/there")));
  auto response = get({.url = url_of(server), .typed = true, .redirects = 0});
  CHECK(message_of(response) == "redirected to \"/there\", which is not followed here");
}

TEST_CASE("redirects lead to https and public addresses alone", "[http]") {
  struct Row {
    std::string location;
    std::string error;
  };

  auto not_https = [](const std::string& location) {
    return "redirected to \"" + location + "\", which is not allowed: only https is";
  };
  auto row = GENERATE_COPY(values<Row>({
      {"http://198.51.100.1/", not_https("http://198.51.100.1/")},
      {"http://127.0.0.1:1/", not_https("http://127.0.0.1:1/")},
      {"//127.0.0.1:1/", not_https("//127.0.0.1:1/")},
      {"http://other.example/", not_https("http://other.example/")},
      {"file:///etc/passwd", "redirected to \"file:///etc/passwd\": neither https nor http"},
      {"ftp://198.51.100.1/", "redirected to \"ftp://198.51.100.1/\": neither https nor http"},
      {"gopher://198.51.100.1/",
       "redirected to \"gopher://198.51.100.1/\": neither https nor http"},
      {"javascript:alert(1)", "redirected to \"javascript:alert(1)\": not a URL"},
      {"https://me:secret@198.51.100.1/",
       "redirected to \"https://me:secret@198.51.100.1/\": a URL with a user name or password"},
      {"https://127.0.0.1/", "127.0.0.1 is not a public address: loopback (RFC 1122)"},
      {"https://localhost/", "127.0.0.1 is not a public address: loopback (RFC 1122)"},
      {"https://2130706433/", "127.0.0.1 is not a public address: loopback (RFC 1122)"},
      {"https://0x7f.1/", "127.0.0.1 is not a public address: loopback (RFC 1122)"},
      {"https://0/", "0.0.0.0 is not a public address: this network (RFC 791)"},
      {"https://[::1]/", "::1 is not a public address: loopback (RFC 4291)"},
      {"https://[::ffff:127.0.0.1]/",
       "::ffff:127.0.0.1 is not a public address: IPv4-mapped (RFC 4291)"},
      {"https://[::127.0.0.1]/", "::7f00:1 is not a public address"},
      {"https://[64:ff9b::7f00:1]/", "64:ff9b::7f00:1 is not a public address"},
      {"https://[2002:a00:1::1]/", "2002:a00:1::1 is not a public address"},
      {"https://[fe80::1]/", "fe80::1 is not a public address: link-local (RFC 4291)"},
      {"https://[fd00::1]/", "fd00::1 is not a public address: unique local (RFC 4193)"},
      {"https://10.0.0.1/", "10.0.0.1 is not a public address: private use (RFC 1918)"},
      {"https://169.254.0.1/", "169.254.0.1 is not a public address: link-local (RFC 3927)"},
      {"https://private.example/", "10.0.0.1 is not a public address: private use (RFC 1918)"},
      {"https://registry.example/", "127.0.0.1 is not a public address: loopback (RFC 1122)"},
      {"https://mapped.example/",
       "::ffff:127.0.0.1 is not a public address: IPv4-mapped (RFC 4291)"},
      {"https://nat64.example/", "64:ff9b::7f00:1 is not a public address"},
      {"https://absent.example/", "no such name in DNS"},
      {"https://", "redirected to \"https://\": not a URL"},
      {"https://a b/", "redirected to \"https://a b/\": not a URL"},
      {"https://198.51.100.1:0/",
       "redirected to \"https://198.51.100.1:0/\": not a URL with a host"},
      {"https://198.51.100.1:99999/", "redirected to \"https://198.51.100.1:99999/\": not a URL"},
      {"https://ex%00ample/", "redirected to \"https://ex%00ample/\": not a URL"},
  }));
  INFO(row.location);
  StreamServer server(always(redirect_to(row.location)));
  auto response = get_typed(url_of(server));
  REQUIRE(!response);
  CHECK(response.error().message == row.error);
  CHECK(response.error().kind == Error::Kind::temporary);
  CHECK(!response.error().where.empty());
}

TEST_CASE("the same scheme, host and port as typed may be private", "[http]") {
  StreamServer server([](Conversation& client) {
    auto asked = client.read_until("\r\n\r\n");
    auto host = asked.substr(asked.find("Host: ") + 6);
    client.write(redirect_to("http://" + host.substr(0, host.find("\r\n")) + "/there"));
    if (client.read_until("\r\n\r\n").starts_with("GET /there ")) client.write(page("hello"));
  });
  CHECK(message_of(get_typed(url_of(server))) == "no error");
  CHECK(message_of(get_typed(url_of(server, "/", "REGISTRY.example"))) == "no error");
}

TEST_CASE("what was not typed is https and public", "[http]") {
  StreamServer server(always(page("hello")));
  auto port = std::to_string(server.port());
  CHECK(message_of(get({.url = url_of(server)})) == "http is not allowed here, only https");
  CHECK(message_of(get({.url = "https://127.0.0.1:" + port + "/"})) ==
        "127.0.0.1 is not a public address: loopback (RFC 1122)");
  CHECK(message_of(get({.url = "https://registry.example:" + port + "/"})) ==
        "127.0.0.1 is not a public address: loopback (RFC 1122)");
  CHECK(message_of(get({.url = "ftp://127.0.0.1/", .typed = true})) ==
        "\"ftp://127.0.0.1/\": neither https nor http");
  CHECK(message_of(get({.url = "", .typed = true})) == "\"\": not a URL");
  CHECK(message_of(get({.url = "registry.example", .typed = true})) ==
        "\"registry.example\": not a URL");
  // Without its final dot the name is an address to libcurl.
  CHECK(message_of(get({.url = "https://127.1./"})) ==
        "\"https://127.1./\": not a URL with a host");
  CHECK(server.accepted() == 0);
}

// The address is looked at again where the connection is made, whatever was checked before.
TEST_CASE("the connected address is judged", "[http]") {
  StreamServer server(always(page("hello")));
  auto url = http::read_url(url_of(server, "/", "registry.example"));
  REQUIRE(url);
  std::vector loopback{*net::Address::read("127.0.0.1")};
  auto exchanger = http::Exchanger::make();
  REQUIRE(exchanger);
  auto perform = [&](bool anywhere) {
    return (*exchanger)->perform({*url, loopback, anywhere, {}, {}, http::Clock::now() + 5s});
  };
  CHECK(message_of(perform(false)) == "127.0.0.1 is not a public address");
  CHECK(server.accepted() == 0);
  CHECK(message_of(perform(true)) == "no error");
  CHECK(message_of(perform(false)) == "127.0.0.1 is not a public address");  // though kept open
  CHECK(message_of(perform(true)) == "no error");
}

}  // namespace
}  // namespace mailtrust
