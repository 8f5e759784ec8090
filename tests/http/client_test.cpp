// http::Client against a web server of the test's own, plain http: answers, faults, limits,
// redirects.
#include "http/client.hpp"

#include <atomic>
#include <mutex>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "dns/zone_resolver.hpp"
#include "support/stream_server.hpp"

namespace mailtrust {
namespace {

using namespace std::chrono_literals;
using http::Clock;
using test::Conversation;
using test::StreamServer;

std::unique_ptr<dns::ZoneResolver> zone() {
  auto made = dns::ZoneResolver::from_text(
      "registry.example. 60 IN A 127.0.0.1\n"
      "both.example. 60 IN AAAA ::1\n"
      "both.example. 60 IN A 127.0.0.1\n"
      "private.example. 60 IN A 10.0.0.1\n"
      "mapped.example. 60 IN AAAA ::ffff:127.0.0.1\n"
      "nat64.example. 60 IN AAAA 64:ff9b::7f00:1\n"
      "nothing.example. 60 IN TXT \"no address\"\n"
      "; !timeout slow.example. ANY\n",
      "test");
  if (!made) throw std::runtime_error(made.error()[0].message);
  return std::move(*made);
}

/// Serves one page after another, whatever is asked for.
StreamServer::Script always(std::string response) {
  return [response](Conversation& client) {
    while (!client.read_until("\r\n\r\n").empty() && client.write(response)) {
    }
  };
}

/// Serves it once and hangs up.
StreamServer::Script once(std::string response) {
  return [response](Conversation& client) {
    client.read_until("\r\n\r\n");
    client.write(response);
  };
}

std::string url_of(const StreamServer& server, std::string_view path = "/") {
  return "http://127.0.0.1:" + std::to_string(server.port()) + std::string(path);
}

Expected<http::Response> get(const std::string& url, std::chrono::milliseconds time = 5s) {
  http::Client client;
  return client.get({.url = url, .typed = true}, *zone(), Clock::now() + time);
}

TEST_CASE("an answer comes whole", "[http]") {
  StreamServer server(
      always("HTTP/1.1 200 OK\r\nContent-Type: application/rdap+json\r\n"
             "ETag: \"one\"\r\nContent-Length: 5\r\n\r\nhello"));
  auto response = get(url_of(server, "/ip/192.0.2.1"));
  REQUIRE(response);
  CHECK(response->status == 200);
  CHECK(response->body == "hello");
  CHECK(response->content_type == "application/rdap+json");
  CHECK(response->etag == "\"one\"");
  CHECK(!response->retry_after);
  CHECK(response->url == url_of(server, "/ip/192.0.2.1"));
  CHECK(response->redirects.empty());
}

}  // namespace
}  // namespace mailtrust
