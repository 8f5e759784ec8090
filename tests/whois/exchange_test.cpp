// whois::ask against a server of the test's own.
#include "whois/exchange.hpp"

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "dns/zone_resolver.hpp"
#include "support/stream_server.hpp"

namespace mailtrust {
namespace {

using namespace std::chrono_literals;
using test::Conversation;
using test::StreamServer;
using whois::Clock;

std::unique_ptr<dns::ZoneResolver> zone() {
  auto made = dns::ZoneResolver::from_text(
      "whois.example. 60 IN A 127.0.0.1\n"
      "both.example. 60 IN AAAA ::1\n"
      "both.example. 60 IN A 127.0.0.1\n"
      "private.example. 60 IN A 10.0.0.1\n"
      "; !timeout slow.example. ANY\n",
      "test");
  if (!made) throw std::runtime_error(made.error()[0].message);
  return std::move(*made);
}

whois::Server at(const StreamServer& server) {
  return {.host = "127.0.0.1", .port = server.port(), .typed = true};
}

TEST_CASE("a whois answer is everything up to the close", "[whois]") {
  std::string asked;
  StreamServer server([&](Conversation& client) {
    asked = client.read_until("\r\n");
    client.write("inetnum: 192.0.2.0 - 192.0.2.255\r\n");
    client.sleep(20ms);
    client.write("abuse-mailbox: abuse@example.net\r\n");
  });
  auto reply = whois::ask(at(server), "-B 192.0.2.1", *zone(), Clock::now() + 5s);
  REQUIRE(reply);
  CHECK(asked == "-B 192.0.2.1\r\n");
  CHECK(reply->text == "inetnum: 192.0.2.0 - 192.0.2.255\r\nabuse-mailbox: abuse@example.net\r\n");
  CHECK(!reply->cut);
}

}  // namespace
}  // namespace mailtrust
