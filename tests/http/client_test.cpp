// http::Client where servers do as they should: answers, fields, names, kept connections.
#include "http/client.hpp"

#include <ctime>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "http/serving.hpp"
#include "support/gzip.hpp"

namespace mailtrust {
namespace {

using namespace std::chrono_literals;
using namespace test;

TEST_CASE("an answer comes whole", "[http]") {
  StreamServer server(
      always(page("hello", "Content-Type: application/rdap+json\r\nETag: \"1\"\r\n")));
  auto response = get_typed(url_of(server, "/ip/192.0.2.1"));
  REQUIRE(response);
  CHECK(response->status == 200);
  CHECK(response->body == "hello");
  CHECK(response->content_type == "application/rdap+json");
  CHECK(response->etag == "\"1\"");
  CHECK(!response->retry_after);
  CHECK(response->url == url_of(server, "/ip/192.0.2.1"));
  CHECK(response->redirects.empty());
}

TEST_CASE("bodies in every coding are read", "[http]") {
  struct Row {
    std::string what;
    std::string response;
  };

  auto gzipped = gzip("hello");
  auto row = GENERATE_COPY(values<Row>({
      {"chunked",
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"},
      {"until the close", "HTTP/1.1 200 OK\r\n\r\nhello"},
      {"HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nhello"},
      {"gzip", page(gzipped, "Content-Encoding: gzip\r\n")},
      {"after an interim response", "HTTP/1.1 103 Early Hints\r\nETag: x\r\n\r\n" + page("hello")},
      {"bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"},
  }));
  INFO(row.what);
  StreamServer server(once(row.response));
  auto response = get_typed(url_of(server));
  REQUIRE(message_of(response) == "no error");
  CHECK(response->body == "hello");
  CHECK(response->etag.empty());
}

TEST_CASE("what is not 200 is an answer too", "[http]") {
  auto status = GENERATE(values<std::string>({"304 Not Modified", "404 Not Found", "429 Slow Down",
                                              "500 Broken", "503 Later", "300 Choose"}));
  StreamServer server(once("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n"));
  auto response = get_typed(url_of(server));
  REQUIRE(response);
  CHECK(std::to_string(response->status) == status.substr(0, 3));
}

TEST_CASE("Retry-After is read in both forms", "[http]") {
  struct Row {
    std::string field;
    std::optional<std::chrono::seconds> least;
    std::optional<std::chrono::seconds> most;
  };

  auto date = [](std::time_t time) {
    std::array<char, 64> text{};
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return std::string(text.data());
  };
  auto now = std::time(nullptr);
  auto row = GENERATE_COPY(values<Row>({
      {"Retry-After: 120\r\n", 120s, 120s},
      {"retry-after:0\r\n", 0s, 0s},
      {"Retry-After: " + date(now + 300) + "\r\n", 290s, 300s},
      {"Retry-After: " + date(now - 300) + "\r\n", 0s, 0s},
      {"Retry-After: 99999999999999999999\r\n", 366 * 24h, 366 * 24h},
      {"Retry-After: soon\r\n", std::nullopt, std::nullopt},
      {"Retry-After: -5\r\n", std::nullopt, std::nullopt},
      {"", std::nullopt, std::nullopt},
  }));
  INFO(row.field);
  StreamServer server(
      once("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n" + row.field + "\r\n"));
  auto response = get_typed(url_of(server));
  REQUIRE(response);
  CHECK(response->retry_after.has_value() == row.least.has_value());
  if (!response->retry_after || !row.least) return;
  CHECK(*response->retry_after >= *row.least);
  CHECK(*response->retry_after <= *row.most);
}

TEST_CASE("the request says what it must and no more", "[http]") {
  std::string asked;
  StreamServer server([&](Conversation& client) {
    asked = client.read_until("\r\n\r\n");
    client.write("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n");
  });
  auto url = url_of(server, "/a?b=c#d", "registry.example");
  auto response =
      get({.url = url, .typed = true, .accept = "application/rdap+json", .if_none_match = "\"1\""});
  REQUIRE(message_of(response) == "no error");
  CHECK(response->status == 304);
  CHECK(response->url == url.substr(0, url.find('#')));
  CHECK(asked == "GET /a?b=c HTTP/1.1\r\nHost: registry.example:" + std::to_string(server.port()) +
                     "\r\nUser-Agent: mailtrust\r\nAccept-Encoding: gzip\r\n"
                     "Accept: application/rdap+json\r\nIf-None-Match: \"1\"\r\n\r\n");
}

TEST_CASE("an entity tag cannot smuggle a field", "[http]") {
  std::string asked;
  StreamServer server([&](Conversation& client) {
    asked = client.read_until("\r\n\r\n");
    client.write(page("hello"));
  });
  auto tag = std::string("\"1\"\r\nX-Evil: 1");
  REQUIRE(get({.url = url_of(server), .typed = true, .if_none_match = tag}));
  CHECK(asked.find("Evil") == std::string::npos);
}

TEST_CASE("proxies in the environment do not count", "[http]") {
  auto nobody = "http://127.0.0.1:" + std::to_string(closed_port());
  ::setenv("http_proxy", nobody.c_str(), 1);
  ::setenv("ALL_PROXY", nobody.c_str(), 1);
  StreamServer server(always(page("hello")));
  CHECK(message_of(get_typed(url_of(server))) == "no error");
  ::unsetenv("http_proxy");
  ::unsetenv("ALL_PROXY");
}

TEST_CASE("names are asked of the resolver", "[http]") {
  struct Row {
    std::string host;
    std::string error;
  };

  auto row = GENERATE(values<Row>({
      {"registry.example", "no error"},
      {"REGISTRY.example", "no error"},
      {"registry.example.", "no error"},
      {"both.example", "no error"},
      {"half.example", "no error"},
      {"localhost", "no error"},
      {"absent.example", "no such name in DNS"},
      {"nothing.example", "has no address in DNS"},
      {"slow.example", "its address could not be found out: timeout"},
  }));
  INFO(row.host);
  StreamServer server(always(page("hello")));
  CHECK(message_of(get_typed(url_of(server, "/", row.host))) == row.error);
}

TEST_CASE("connections are kept", "[http]") {
  StreamServer server(always(page("hello")));
  http::Client client;
  auto zone = web_zone();
  auto one = url_of(server, "/", "registry.example");
  auto other = url_of(server, "/", "other.example");
  for (int i = 0; i < 50; ++i)
    for (const auto& url : {one, other})
      REQUIRE(client.get({.url = url, .typed = true}, *zone, http::Clock::now() + 5s));
  CHECK(server.accepted() == 2);
}

TEST_CASE("a kept connection that was closed is made anew", "[http]") {
  StreamServer server(once(page("hello")));
  http::Client client;
  auto zone = web_zone();
  for (int i = 0; i < 5; ++i) {
    auto response =
        client.get({.url = url_of(server), .typed = true}, *zone, http::Clock::now() + 5s);
    CHECK(message_of(response) == "no error");
  }
  CHECK(server.accepted() == 5);
}

TEST_CASE("many threads share a client", "[http]") {
  StreamServer server(always(page("hello")));
  http::Client client;
  auto zone = web_zone();
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i)
    threads.emplace_back([&] {
      for (int j = 0; j < 10; ++j) {
        auto url =
            url_of(server, "/" + std::to_string(j), j % 2 == 0 ? "127.0.0.1" : "both.example");
        auto response = client.get({.url = url, .typed = true}, *zone, http::Clock::now() + 20s);
        if (response && response->body == "hello") ++good;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(good == 640);
  CHECK(server.accepted() <= 128);
}

}  // namespace
}  // namespace mailtrust
