// http::Client over TLS: whom it believes.
#include <catch2/catch.hpp>

#include "http/certificates.hpp"
#include "http/client.hpp"
#include "http/serving.hpp"

namespace mailtrust {
namespace {

using namespace std::chrono_literals;
using namespace test;

// Before any request of any test here, as the client looks at its environment once.
const auto& kAuthority = authority();

std::string secure_url(const StreamServer& server, std::string_view host = "registry.example") {
  return "https://" + std::string(host) + ':' + std::to_string(server.port()) + '/';
}

TEST_CASE("a certificate of a trusted authority is believed", "[http]") {
  auto identity = issue({.host = "registry.example"}, &kAuthority);
  StreamServer server(always(page("hello")), tls(identity));
  http::Client client;
  auto zone = web_zone();
  for (int i = 0; i < 20; ++i) {
    auto response =
        client.get({.url = secure_url(server), .typed = true}, *zone, http::Clock::now() + 5s);
    REQUIRE(message_of(response) == "no error");
    CHECK(response->body == "hello");
  }
  CHECK(server.accepted() == 1);
}

TEST_CASE("certificates that are not believed", "[http]") {
  struct Row {
    std::string what;
    Identity identity;
    std::string error;
  };

  auto stranger = issue({.name = "Stranger"});
  auto impostor = issue({});  // of the name of the trusted one
  auto row = GENERATE_COPY(values<Row>({
      {"another host", issue({.host = "other.example"}, &kAuthority),
       "TLS certificate is for another host"},
      {"a wildcard above", issue({.host = "*.registry.example"}, &kAuthority),
       "TLS certificate is for another host"},
      {"self-signed", issue({.host = "registry.example"}),
       "TLS certificate not trusted (self-signed certificate)"},
      {"another authority", issue({.host = "registry.example"}, &stranger),
       "TLS certificate not trusted (unable to get local issuer certificate)"},
      {"an authority of the same name", issue({.host = "registry.example"}, &impostor),
       "TLS failed (EVP lib)"},
      {"expired", issue({.host = "registry.example", .begins = -7200, .ends = -3600}, &kAuthority),
       "TLS certificate not trusted (certificate has expired)"},
      {"not yet", issue({.host = "registry.example", .begins = 3600, .ends = 7200}, &kAuthority),
       "TLS certificate not trusted (certificate is not yet valid)"},
  }));
  INFO(row.what);
  std::atomic<bool> asked = false;
  StreamServer server([&](Conversation& client) { asked = !client.read_until("\r\n").empty(); },
                      tls(row.identity));
  auto response = get_typed(secure_url(server));
  CHECK(message_of(response) == row.error);
  CHECK(!asked);
}

TEST_CASE("TLS older than 1.2 is refused", "[http]") {
  auto identity = issue({.host = "registry.example"}, &kAuthority);
  auto highest = GENERATE(TLS1_1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION);
  StreamServer server(always(page("hello")), tls(identity, highest));
  auto message = message_of(get_typed(secure_url(server)));
  CHECK((message == "no error") == (highest >= TLS1_2_VERSION));
  if (highest < TLS1_2_VERSION) CHECK(message.starts_with("TLS failed ("));
}

TEST_CASE("what is no TLS is told so", "[http]") {
  StreamServer server([](Conversation& client) {
    client.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    client.sleep(100ms);
  });
  auto message = message_of(get_typed(secure_url(server)));
  INFO(message);
  CHECK(message.starts_with("TLS failed ("));
}

TEST_CASE("a handshake that hangs ends by the deadline", "[http]") {
  StreamServer server([](Conversation& client) { client.sleep(20s); });
  auto begin = http::Clock::now();
  CHECK(message_of(get_typed(secure_url(server), 300ms)) == "timed out after 300 ms");
  CHECK(http::Clock::now() - begin < 800ms);
}

TEST_CASE("typed https redirected to typed https", "[http]") {
  auto identity = issue({.host = "registry.example"}, &kAuthority);
  auto plain = GENERATE(false, true);
  StreamServer server(
      [plain](Conversation& client) {
        auto asked = client.read_until("\r\n\r\n");
        auto host = asked.substr(asked.find("Host: ") + 6);
        host = host.substr(0, host.find("\r\n"));
        client.write(redirect_to((plain ? "http://" : "https://") + host + "/there"));
        client.read_until("\r\n\r\n");
        client.write(page("hello"));
      },
      tls(identity));
  auto message = message_of(get_typed(secure_url(server)));
  if (plain)
    CHECK(message.ends_with("which is not allowed: only https is"));
  else
    CHECK(message == "no error");
}

}  // namespace
}  // namespace mailtrust
