#pragma once
// SMTP TLS reports. RFC 8460 section 4.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "report/aggregate.hpp"

namespace mailtrust::report {

/// RFC 8460 section 4.4, failure-details.
struct TlsFailure {
  std::string result_type;  ///< "certificate-expired", ... (section 4.3), as it stands
  std::string sending_mta_ip, receiving_mx, receiving_mx_helo, receiving_ip;
  std::uint64_t sessions = 0;
  std::string information;  ///< additional-information
  std::string code;         ///< failure-reason-code
};

struct TlsPolicy {
  std::string type;               ///< "sts", "tlsa", "no-policy-found"
  std::string domain;             ///< in lower case
  std::vector<std::string> text;  ///< policy-string
  std::vector<std::string> mx_hosts;
  std::uint64_t success = 0;
  std::uint64_t failure = 0;
  std::vector<TlsFailure> failures;
};

struct TlsReport {
  std::string org, contact, report_id;
  std::optional<std::int64_t> begin, end;  ///< Unix seconds
  std::vector<TlsPolicy> policies;
};

/// An Error of kind input, with line and column, for what is no JSON object; what is missing or of
/// another kind is a fault, and the rest is read.
Expected<TlsReport> read_tls(std::string_view document, std::vector<Fault>& faults);

bool is_tls(std::string_view document);

}  // namespace mailtrust::report
