#pragma once
// What stopped deliveries over TLS, and what to do. RFC 8460 section 4.3.

#include <string_view>

namespace mailtrust::report {

struct TlsResult {
  std::string_view type;     ///< "certificate-expired"
  std::string_view meaning;  ///< a clause
  std::string_view action;   ///< a clause
};

/// Null for a type that the RFC does not name. Case does not matter.
const TlsResult* tls_result(std::string_view type);

}  // namespace mailtrust::report
