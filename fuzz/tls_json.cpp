// SMTP TLS reports (RFC 8460 section 4).
#include "base/limits.hpp"
#include "fuzz/target.hpp"
#include "report/tls.hpp"

using namespace mailtrust;

MAILTRUST_FUZZ(tls_json, octets) {
  std::vector<report::Fault> faults;
  auto told = report::read_tls(octets, faults);
  require(faults.size() <= limits::kMessagesPerInput, "no more faults than are told");
  if (!told) {
    require(told.error().kind == Error::Kind::input, "what is no report is a bad input");
    return;
  }
  for (const auto& policy : told->policies)
    for (const auto& failure : policy.failures)
      require(failure.result_type.size() <= octets.size() * 4, "a text stands in the report");
  static_cast<void>(report::is_tls(octets));
}
