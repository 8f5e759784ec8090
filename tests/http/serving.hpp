#pragma once
// What the tests of http::Client share: names, scripts of web servers, a short way to ask.

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dns/zone_resolver.hpp"
#include "http/client.hpp"
#include "support/stream_server.hpp"

namespace mailtrust::test {

inline std::unique_ptr<dns::ZoneResolver> web_zone() {
  auto made = dns::ZoneResolver::from_text(
      "registry.example. 60 IN A 127.0.0.1\n"
      "other.example. 60 IN A 127.0.0.1\n"
      "both.example. 60 IN AAAA ::1\n"
      "both.example. 60 IN A 127.0.0.1\n"
      "private.example. 60 IN A 10.0.0.1\n"
      "mapped.example. 60 IN AAAA ::ffff:127.0.0.1\n"
      "nat64.example. 60 IN AAAA 64:ff9b::7f00:1\n"
      "nothing.example. 60 IN TXT \"no address\"\n"
      "; !timeout slow.example. ANY\n"
      "; !timeout half.example. AAAA\n"
      "half.example. 60 IN A 127.0.0.1\n",
      "test");
  if (!made) throw std::runtime_error(made.error()[0].message);
  return std::move(*made);
}

/// Serves the same, whatever is asked for, as often as it is asked.
inline StreamServer::Script always(std::string response) {
  return [response](Conversation& client) {
    while (!client.read_until("\r\n\r\n").empty() && client.write(response)) {
    }
  };
}

/// Serves it and hangs up.
inline StreamServer::Script once(std::string response) {
  return [response](Conversation& client) {
    client.read_until("\r\n\r\n");
    client.write(response);
  };
}

inline std::string page(std::string_view body, std::string_view fields = {}) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(fields) + "\r\n" + std::string(body);
}

inline std::string redirect_to(std::string_view location, std::string_view status = "302 Found") {
  return "HTTP/1.1 " + std::string(status) + "\r\nLocation: " + std::string(location) +
         "\r\nContent-Length: 0\r\n\r\n";
}

inline std::string url_of(const StreamServer& server, std::string_view path = "/",
                          std::string_view host = "127.0.0.1") {
  return "http://" + std::string(host) + ':' + std::to_string(server.port()) + std::string(path);
}

/// Asks once, as for a URL that the user typed.
inline Expected<http::Response> get(http::Request request,
                                    std::chrono::milliseconds time = std::chrono::seconds(5)) {
  http::Client client;
  auto zone = web_zone();
  return client.get(request, *zone, http::Clock::now() + time);
}

inline Expected<http::Response> get_typed(
    const std::string& url, std::chrono::milliseconds time = std::chrono::seconds(5)) {
  return get({.url = url, .typed = true}, time);
}

/// The message of the Error; "no error" where there is none.
template <typename T>
std::string message_of(const Expected<T>& outcome) {
  return outcome ? "no error" : outcome.error().message;
}

}  // namespace mailtrust::test
