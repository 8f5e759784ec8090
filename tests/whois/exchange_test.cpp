// whois::ask against a server of the test's own.
#include "whois/exchange.hpp"

#include <stdexcept>

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
      "first.example. 60 IN A 127.0.0.2\n"
      "first.example. 60 IN A 127.0.0.1\n"
      "private.example. 60 IN A 10.0.0.1\n"
      "; !timeout slow.example. ANY\n",
      "test");
  if (!made) throw std::runtime_error(made.error()[0].message);
  return std::move(*made);
}

whois::Server at(const StreamServer& server, std::string host = "127.0.0.1") {
  return {.host = std::move(host), .port = server.port(), .typed = true};
}

Expected<whois::Reply> ask(const whois::Server& server, std::string_view query = "192.0.2.1",
                           std::chrono::milliseconds time = 5s) {
  return whois::ask(server, query, *zone(), Clock::now() + time);
}

/// "TEXT", "TEXT | why it was cut", or "error: why there is none".
std::string words(const Expected<whois::Reply>& reply) {
  if (!reply) return "error: " + reply.error().message;
  return reply->cut ? reply->text + " | " + reply->cut->message : reply->text;
}

StreamServer::Script answers(std::string text) {
  return [text](Conversation& client) {
    client.read_until("\r\n");
    client.write(text);
  };
}

TEST_CASE("a whois answer is everything up to the close", "[whois]") {
  std::string asked;
  StreamServer server([&](Conversation& client) {
    asked = client.read_until("\r\n");
    client.write("inetnum: 192.0.2.0 - 192.0.2.255\r\n");
    client.sleep(20ms);
    client.write("abuse-mailbox: abuse@example.net\r\n");
  });
  CHECK(words(ask(at(server), "-B 192.0.2.1")) ==
        "inetnum: 192.0.2.0 - 192.0.2.255\r\nabuse-mailbox: abuse@example.net\r\n");
  CHECK(asked == "-B 192.0.2.1\r\n");
}

TEST_CASE("all addresses of a whois server are tried", "[whois]") {
  auto host = GENERATE(as<std::string>(), "whois.example", "both.example", "first.example",
                       "localhost", "WHOIS.example.");
  INFO(host);
  StreamServer server(answers("hello"));
  CHECK(words(ask(at(server, host))) == "hello");
}

TEST_CASE("what a whois server does wrong is told with what it said", "[whois]") {
  struct Row {
    std::string what;
    StreamServer::Script script;
    std::string outcome;
  };

  auto row = GENERATE(values<Row>({
      {"silence", [](Conversation& client) { client.sleep(20s); }, " | timed out after 300 ms"},
      {"closing without a word", [](Conversation& client) { client.read_until("\r\n"); },
       " | closed the connection without an answer"},
      {"stopping in the middle",
       [](Conversation& client) {
         client.write("hello");
         client.sleep(20s);
       },
       "hello | timed out after 300 ms"},
      {"a reset in the middle",
       [](Conversation& client) {
         client.read_until("\r\n");
         client.write("hello");
         client.sleep(50ms);
         client.reset();
       },
       "hello | connection reset by peer"},
  }));
  INFO(row.what);
  StreamServer server(row.script);
  auto begin = Clock::now();
  auto reply = ask(at(server), "192.0.2.1", 300ms);
  CHECK(Clock::now() - begin < 800ms);
  CHECK(words(reply) == row.outcome);
  REQUIRE(reply);
  CHECK(reply->cut->kind == Error::Kind::temporary);
  CHECK(reply->cut->where == "127.0.0.1:" + std::to_string(server.port()));
}

TEST_CASE("octets that trickle do not move the deadline of whois", "[whois]") {
  StreamServer server([](Conversation& client) {
    while (client.write("x") && client.sleep(10ms)) {
    }
  });
  auto begin = Clock::now();
  auto reply = ask(at(server), "192.0.2.1", 300ms);
  CHECK(Clock::now() - begin < 800ms);
  REQUIRE(reply);
  REQUIRE(reply->cut);
  CHECK(reply->cut->message == "timed out after 300 ms");
  CHECK(reply->text.size() > 3);
}

TEST_CASE("a whois answer may have 1 MiB", "[whois]") {
  auto over = GENERATE(-1, 0, 1);
  std::string text(limits::kWhoisAnswer + static_cast<std::size_t>(over), 'x');
  StreamServer server(answers(text));
  auto reply = ask(at(server));
  REQUIRE(reply);
  CHECK(reply->text.size() == std::min(text.size(), limits::kWhoisAnswer));
  CHECK(reply->cut.has_value() == (over > 0));
  if (reply->cut) CHECK(reply->cut->message == "answer larger than 1 MiB");
}

TEST_CASE("an endless whois answer is left", "[whois]") {
  StreamServer server([](Conversation& client) {
    while (client.write(std::string(65536, 'x'))) {
    }
  });
  auto reply = ask(at(server));
  REQUIRE(reply);
  CHECK(reply->text.size() == limits::kWhoisAnswer);
  CHECK(reply->cut->message == "answer larger than 1 MiB");
}

TEST_CASE("rwhois servers speak first", "[whois]") {
  struct Row {
    std::string what;
    StreamServer::Script script;
    std::string outcome;
  };

  auto row = GENERATE(values<Row>({
      {"kept open after %ok",
       [](Conversation& client) {
         client.write("%rwhois V-1.5 rwhois.example\r\n");
         if (client.read_until("\r\n") != "192.0.2.1\r\n") return;
         client.write("network:IP-Network:192.0.2.0/24\r\n\r\n%ok\r\n");
         client.sleep(20s);
       },
       "%rwhois V-1.5 rwhois.example\r\nnetwork:IP-Network:192.0.2.0/24\r\n\r\n%ok\r\n"},
      {"an error",
       [](Conversation& client) {
         client.write("%rwhois V-1.5 rwhois.example\r\n");
         client.read_until("\r\n");
         client.write("%error 230 No Objects Found\r\n");
         client.sleep(20s);
       },
       "%rwhois V-1.5 rwhois.example\r\n%error 230 No Objects Found\r\n"},
      {"one that waits for us", answers("network: 192.0.2.0/24\r\n%ok\r\n"),
       "network: 192.0.2.0/24\r\n%ok\r\n"},
      {"hanging up at once", [](Conversation&) {}, " | closed the connection without an answer"},
  }));
  INFO(row.what);
  StreamServer server(row.script);
  auto rwhois = at(server);
  rwhois.rwhois = true;
  auto begin = Clock::now();
  CHECK(words(ask(rwhois, "192.0.2.1", 800ms)) == row.outcome);
  CHECK(Clock::now() - begin < 600ms);
}

TEST_CASE("whois servers that cannot be asked", "[whois]") {
  struct Row {
    whois::Server server;
    std::string query;
    std::string outcome;
  };

  auto refused = whois::Server{.host = "127.0.0.1", .port = test::closed_port(), .typed = true};
  auto row = GENERATE_COPY(values<Row>({
      {refused, "x", "error: connection refused"},
      {{.host = "absent.example"}, "x", "error: no such name in DNS"},
      {{.host = "slow.example"}, "x", "error: its address could not be found out: timeout"},
      {{.host = "127.0.0.1"}, "x", "error: 127.0.0.1 is not a public address: loopback (RFC 1122)"},
      {{.host = "whois.example"},
       "x",
       "error: 127.0.0.1 is not a public address: loopback (RFC 1122)"},
      {{.host = "private.example"},
       "x",
       "error: 10.0.0.1 is not a public address: private use (RFC 1918)"},
      {{.host = "::1"}, "x", "error: ::1 is not a public address: loopback (RFC 4291)"},
      {{.host = "a b"}, "x", "error: no such name in DNS"},
      {refused, "x\r\ny", "error: \"x\\x0d\\x0ay\": not a query of one line"},
      {refused, std::string("x\0y", 3), "error: \"x\\x00y\": not a query of one line"},
  }));
  INFO(row.server.host);
  auto reply = ask(row.server, row.query);
  CHECK(words(reply) == row.outcome);
  REQUIRE(!reply);
  CHECK(reply.error().kind == Error::Kind::temporary);
  CHECK(reply.error().where == to_string(row.server));
}

TEST_CASE("whois servers as they are typed", "[whois]") {
  struct Row {
    std::string text;
    std::string read;
    bool rwhois = false;
  };

  auto row = GENERATE(values<Row>({
      {"whois.example.net", "whois.example.net"},
      {"Whois.Example.NET.", "Whois.Example.NET"},
      {"whois.example.net:43", "whois.example.net"},
      {"rwhois.example.net:4321", "rwhois.example.net:4321", true},
      {"192.0.2.43:4343", "192.0.2.43:4343"},
      {"2001:db8::43", "2001:db8::43"},
      {"[2001:db8::43]", "2001:db8::43"},
      {"[2001:DB8::43]:4343", "[2001:db8::43]:4343"},
      {"whois.example.net:65535", "whois.example.net:65535"},
  }));
  INFO(row.text);
  auto server = whois::parse_server(row.text);
  REQUIRE(server);
  CHECK(to_string(*server) == row.read);
  CHECK(server->rwhois == row.rwhois);
  CHECK(!server->typed);
  CHECK(to_string(*whois::parse_server(to_string(*server))) == row.read);
}

TEST_CASE("what is no whois server", "[whois]") {
  auto text = GENERATE(as<std::string>(), "", ":", ":43", "host:", "host:0", "host:65536",
                       "host:-1", "host:43:44", "[host]:43", "[2001:db8::43", "[2001:db8::43]43",
                       "[]", "a b", "whois://whois.example.net/", "host/x", "a\nb");
  INFO(text);
  auto server = whois::parse_server(text);
  REQUIRE(!server);
  CHECK(server.error().kind == Error::Kind::usage);
  CHECK(server.error().where.empty());
  CHECK(server.error().message.ends_with(
      ": not a whois server; expected a host such as whois.example.net, whois.example.net:4343 or "
      "[2001:db8::43]:4343"));
}

}  // namespace
}  // namespace mailtrust
