#pragma once
// IANA's table of RDAP servers (RFC 9224): fetched at most once a day into the store, else as it
// was built in.

#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "abuse/servers.hpp"
#include "abuse/told.hpp"
#include "rdap/bootstrap.hpp"
#include "store/cache.hpp"

namespace mailtrust::abuse {

inline constexpr std::int64_t kBootstrapSeconds = 24L * 3600;

/// Thread-safe; one for a run.
class BootstrapSource {
 public:
  explicit BootstrapSource(Servers& servers) : servers_(servers) {}

  struct Choice {
    std::string base;  ///< of the server that answers for the address; empty: none is named
    std::string published;
    bool old = false;  ///< not of today, and no newer one was to be had
    std::vector<Step> steps;
  };

  /// Fetches the table of the address's family first, when that is due.
  Choice find(const Subject& subject, Clock::time_point deadline);

 private:
  struct Family {
    std::mutex mutex;
    bool ready = false;
    std::optional<rdap::Bootstrap> table;  ///< nothing: the one built in
    bool old = true;
  };

  void prepare(Family& family, const std::string& name, const Subject& subject,
               Clock::time_point deadline, std::vector<Step>& steps);
  Expected<http::Response> fetch(const std::string& url, const std::string& etag,
                                 const Subject& subject, Clock::time_point deadline);

  Servers& servers_;
  std::array<Family, 2> families_;  ///< IPv4, IPv6
};

}  // namespace mailtrust::abuse
