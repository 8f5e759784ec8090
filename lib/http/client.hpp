#pragma once
// HTTPS GET for registries and policies (RFC 9110), bounded in time, size, redirects, schemes and
// in where it may connect to. libcurl is behind this header (http/curl_*), loaded by the first
// request. Certificates are trusted as SSL_CERT_FILE and SSL_CERT_DIR say, else the system's.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/expected.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::http {

using Clock = std::chrono::steady_clock;

struct Request {
  std::string url;
  /// The user typed this URL (or its scheme, host and port): plain http and private addresses are
  /// as meant. Else only https to public addresses. Redirects to another scheme, host or port never
  /// inherit it.
  bool typed = false;
  std::string accept = {};         ///< of the Accept field; empty: anything
  std::string if_none_match = {};  ///< an entity tag as it came
  unsigned redirects = 5;          ///< followed; 0 for who must not (RFC 8461)
  unsigned* made = nullptr;        ///< set to how many requests it took, also where it failed
};

/// Whatever the server said in the end, 404 and 429 included. A body that only the end of the
/// connection ends (no Content-Length, no chunks) may have been cut: nobody can tell.
struct Response {
  long status = 0;
  std::string body;          ///< inflated; at most limits::kHttpBody
  std::string content_type;  ///< as sent
  std::string etag;
  std::optional<std::chrono::seconds> retry_after;  ///< RFC 9110 section 10.2.3, dates too
  std::string url;                                  ///< after redirects
  std::vector<std::string> redirects;               ///< the URLs gone through, the first one first
};

/// Thread-safe; connections are kept for the next request. One for the whole run.
class Client {
 public:
  Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  /// Without libcurl an Error that names the package to install, its `where` the library.
  /// Host names are asked of `resolver`, so that --zone and --resolver hold here too. Ends by the
  /// deadline, redirects included. Every Error is temporary and its `where` the URL at which it
  /// happened: no address, refused connection, TLS not verified, time out, too large, cut short,
  /// scheme or address not allowed, too many redirects.
  Expected<Response> get(const Request& request, dns::Resolver& resolver,
                         Clock::time_point deadline);

  class Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust::http
