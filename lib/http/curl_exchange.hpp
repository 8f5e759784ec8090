#pragma once
// One request and its answer by libcurl, redirects not followed. Behind http::Client.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "http/curl_url.hpp"
#include "net/address.hpp"

namespace mailtrust::http {

/// What is asked of one server.
struct Order {
  const Url& url;
  const std::vector<net::Address>& addresses;  ///< of the host; one of them is connected to
  bool anywhere = false;                       ///< not only public addresses
  const std::string& accept;
  const std::string& if_none_match;
  std::chrono::steady_clock::time_point deadline;
};

struct Answer {
  long status = 0;
  std::string body;
  std::string content_type;
  std::string etag;
  std::string location;  ///< as sent; empty: none
  std::optional<std::chrono::seconds> retry_after;
};

/// A kept libcurl handle with its open connections; for one thread at a time.
class Exchanger {
 public:
  Exchanger(const Exchanger&) = delete;
  Exchanger& operator=(const Exchanger&) = delete;
  ~Exchanger();

  /// An Error says that libcurl is not there.
  static Expected<std::unique_ptr<Exchanger>> make();

  /// Ends by the deadline. The Error, temporary, has no `where`; past the deadline its message is
  /// of no interest.
  Expected<Answer> perform(const Order& order);

 private:
  class Impl;

  explicit Exchanger(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust::http
