#include "report/tls_results.hpp"

#include "base/ascii.hpp"

namespace mailtrust::report {
namespace {

constexpr TlsResult kResults[] = {
#include "report/tls_results.inc"
};

}  // namespace

const TlsResult* tls_result(std::string_view type) {
  for (const auto& result : kResults)
    if (ascii::iequals(result.type, type)) return &result;
  return nullptr;
}

}  // namespace mailtrust::report
