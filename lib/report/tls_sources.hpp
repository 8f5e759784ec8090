#pragma once
// What many SMTP TLS reports come to: by domain and policy, how many sessions, and what stopped
// those that failed.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "report/tls.hpp"

namespace mailtrust::report {

struct Sessions {
  std::uint64_t success = 0;
  std::uint64_t failure = 0;

  Sessions& operator+=(const Sessions& more);
};

/// Sessions that failed in one way at one host.
struct TlsTrouble {
  std::uint64_t sessions = 0;
  std::map<std::string, std::uint64_t> senders;  ///< sending addresses, with their sessions
  std::set<std::string> reporters;
  std::string code;  ///< failure-reason-code, the first that is given
};

struct TlsDomain {
  std::string domain;
  std::uint64_t reports = 0;
  std::set<std::string> reporters;
  std::optional<std::int64_t> first, last;  ///< Unix seconds
  Sessions sessions;
  std::map<std::string, Sessions> by_policy;  ///< "sts", "tlsa", "no-policy-found"
  std::map<std::string, Sessions> by_reporter;
  std::map<std::string, Sessions> by_day;
  std::map<std::pair<std::string, std::string>, TlsTrouble> troubles;  ///< by result type, MX host
};

/// Not thread-safe. Of names without bound the first kMost are kept; the sums are whole.
class TlsSources {
 public:
  static constexpr std::size_t kMost = 10'000;

  /// False: this report (reporter, report id, time) was added before, and is not counted. Policies
  /// of other domains than `only`, and those below it, are left out; empty: none are.
  bool add(const TlsReport& report, const std::string& only);

  /// By sessions that failed, then by sessions, most first, then by name.
  [[nodiscard]] std::vector<const TlsDomain*> domains() const;

 private:
  void add_policy(const TlsReport& report, const TlsPolicy& policy);

  std::map<std::string, TlsDomain> domains_;
  std::unordered_set<std::string> seen_;
};

}  // namespace mailtrust::report
