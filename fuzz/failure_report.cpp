// A report about one message that failed (RFC 6591, RFC 9991).
#include "fuzz/target.hpp"
#include "report/failure.hpp"

using namespace mailtrust;

MAILTRUST_FUZZ(failure_report, octets) {
  auto failure = report::read_failure(octets);
  if (!failure) {
    require(failure.error().kind == Error::Kind::input, "what is no report is a bad input");
    return;
  }
  require(report::headline(*failure).find('\n') == std::string::npos, "a headline is one line");
  for (const auto& result : failure->results)
    require(result.find('\n') == std::string::npos, "and so is a result");
}
