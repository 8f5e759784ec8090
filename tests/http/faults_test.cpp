// http::Client where servers do not as they should: each exchange ends in time with the right word.
#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "http/client.hpp"
#include "http/serving.hpp"
#include "support/gzip.hpp"

namespace mailtrust {
namespace {

using namespace std::chrono_literals;
using namespace test;

/// Says the first at once and the second an octet at a time, for ever.
StreamServer::Script drip(std::string at_once, std::string slowly) {
  return [=](Conversation& client) {
    client.read_until("\r\n\r\n");
    client.write(at_once);
    for (std::size_t i = 0; client.sleep(20ms); ++i)
      if (!client.write(slowly.substr(i % slowly.size(), 1))) return;
  };
}

/// Says the first once and the second for ever, as fast as it is taken.
StreamServer::Script flood(std::string first, std::string again) {
  return [=](Conversation& client) {
    client.read_until("\r\n\r\n");
    client.write(first);
    while (client.write(again)) {
    }
  };
}

std::string octets(std::size_t size) {
  return std::string(size, 'x');
}

std::string chunk(const std::string& text) {
  std::array<char, 32> size{};
  std::snprintf(size.data(), size.size(), "%zx\r\n", text.size());
  return size.data() + text + "\r\n";
}

std::string chunked(const std::string& text) {
  return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(text) + chunk({});
}

TEST_CASE("what a slow server sends does not move the deadline", "[http]") {
  struct Row {
    std::string what;
    StreamServer::Script script;
  };

  auto row = GENERATE(values<Row>({
      {"nothing", [](Conversation& client) { client.sleep(20s); }},
      {"a slow status line", drip("", "HTTP/1.1 200 OK and so on")},
      {"a slow header", drip("HTTP/1.1 200 OK\r\n", "X-Field: x\r\n")},
      {"a slow body", drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "x")},
      {"slow chunks", drip("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")},
      {"slow interim responses", drip("", "HTTP/1.1 100 Continue\r\n\r\n")},
  }));
  INFO(row.what);
  StreamServer server(row.script);
  auto begin = http::Clock::now();
  auto response = get_typed(url_of(server), 300ms);
  CHECK(http::Clock::now() - begin < 800ms);
  REQUIRE(!response);
  CHECK(response.error().kind == Error::Kind::temporary);
  CHECK(response.error().where == url_of(server));
  CHECK(response.error().message == "timed out after 300 ms");
}

TEST_CASE("the deadline is one for all redirects", "[http]") {
  StreamServer server([](Conversation& client) {
    for (int i = 0; !client.read_until("\r\n\r\n").empty(); ++i) {
      client.sleep(150ms);
      client.write(redirect_to("/" + std::to_string(i)));
    }
  });
  auto begin = http::Clock::now();
  auto response = get_typed(url_of(server), 400ms);
  CHECK(http::Clock::now() - begin < 800ms);
  CHECK(message_of(response) == "timed out after 400 ms");
}

TEST_CASE("a deadline that is over asks nobody", "[http]") {
  StreamServer server(always(page("hello")));
  CHECK(message_of(get_typed(url_of(server), 0ms)) == "timed out after 0 ms");
  CHECK(server.accepted() == 0);
}

TEST_CASE("broken answers are errors", "[http]") {
  struct Row {
    std::string what;
    StreamServer::Script script;
    std::string error;
  };

  auto gzipped = gzip(octets(100'000));
  auto head = std::string("HTTP/1.1 200 OK\r\n");
  auto row = GENERATE_COPY(values<Row>({
      {"closing without a word", once(""), "closed the connection without an answer"},
      {"garbage", once("\x16\x03\x01 what?\r\n\r\n"), "not an HTTP answer"},
      {"a whois answer", once("% This is a whois server\r\n\r\n"), "not an HTTP answer"},
      {"another protocol", once("SSH-2.0-Example\r\n"), "not an HTTP answer"},
      {"a body cut short", once(head + "Content-Length: 10\r\n\r\nhello"), "answer cut short"},
      {"a chunk cut short", once(head + "Transfer-Encoding: chunked\r\n\r\na\r\nhello"),
       "answer cut short"},
      {"no last chunk", once(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
       "answer cut short"},
      {"a header cut short", once(head + "Content-Type: te"), "answer cut short"},
      {"chunks that are none", once(head + "Transfer-Encoding: chunked\r\n\r\nhello\r\n"),
       "not an HTTP answer"},
      {"not gzip", once(page("hello", "Content-Encoding: gzip\r\n")),
       "answer that cannot be decompressed"},
      {"gzip cut short",
       once(page(gzipped.substr(0, gzipped.size() / 2), "Content-Encoding: gzip\r\n")),
       "answer cut short"},
      {"a coding nobody asked for", once(page("hello", "Content-Encoding: x-none\r\n")),
       "answer in a coding that was not asked for"},
      {"an endless body", flood(head + "\r\n", octets(65536)), "answer larger than 8 MiB"},
      {"endless chunks", flood(head + "Transfer-Encoding: chunked\r\n\r\n", chunk(octets(65536))),
       "answer larger than 8 MiB"},
      {"an endless header", flood(head, "X: " + octets(1000) + "\r\n"),
       "header larger than 256 KiB"},
      {"an endless field", flood(head + "X: ", octets(1000)), "header field larger than 100 KiB"},
      {"endless interim responses", flood("", "HTTP/1.1 100 Continue\r\n\r\n"),
       "header larger than 256 KiB"},
      {"endless trailers",
       flood(head + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X: " + octets(1000) + "\r\n"),
       "header larger than 256 KiB"},
      {"a gzip bomb", once(page(gzip_bomb(), "Content-Encoding: gzip\r\n")),
       "answer larger than 8 MiB"},
  }));
  INFO(row.what);
  StreamServer server(row.script);
  auto begin = http::Clock::now();
  auto response = get_typed(url_of(server), 3s);
  CHECK(message_of(response) == row.error);
  CHECK(http::Clock::now() - begin < 2s);
}

TEST_CASE("a body may have 8 MiB after inflating", "[http]") {
  struct Row {
    std::string what;
    std::string (*respond)(const std::string& body);
  };

  auto row = GENERATE(values<Row>({
      {"with its length", [](const std::string& body) { return page(body); }},
      {"chunked", [](const std::string& body) { return chunked(body); }},
      {"gzip",
       [](const std::string& body) { return page(gzip(body), "Content-Encoding: gzip\r\n"); }},
  }));
  INFO(row.what);
  auto over = GENERATE(-1, 0, 1);
  auto body = octets(limits::kHttpBody + static_cast<std::size_t>(over));
  StreamServer server(once(row.respond(body)));
  auto response = get_typed(url_of(server));
  CHECK(message_of(response) == (over > 0 ? "answer larger than 8 MiB" : "no error"));
  if (response) CHECK(response->body.size() == body.size());
}

TEST_CASE("a header may have 256 KiB", "[http]") {
  auto over = GENERATE(-1, 0, 1);
  std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n";
  while (head.size() < limits::kHttpHeader - 3000) head += "X: " + octets(995) + "\r\n";
  auto rest = limits::kHttpHeader + static_cast<std::size_t>(over) - head.size();
  head += "X: " + octets(rest - 7) + "\r\n\r\n";
  StreamServer server(once(head + "hello"));
  CHECK(message_of(get_typed(url_of(server))) ==
        (over > 0 ? "header larger than 256 KiB" : "no error"));
}

TEST_CASE("nobody there", "[http]") {
  auto url = "http://127.0.0.1:" + std::to_string(closed_port()) + "/";
  CHECK(message_of(get_typed(url)) == "connection refused");
}

}  // namespace
}  // namespace mailtrust
