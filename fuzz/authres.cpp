// Authentication-Results (RFC 8601): what is written out is read as itself, and adds no field.
#include "authres/authres.hpp"

#include "fuzz/target.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

constexpr std::string_view kName = "Authentication-Results:";

std::size_t count_fields(std::string_view header) {
  std::size_t fields = 0;
  for (std::size_t at = 0; at < header.size(); at = header.find('\n', at) + 1) {
    fields += header[at] != ' ' && header[at] != '\t' ? 1U : 0U;
    require(header.find("\r\n", at) == header.find('\n', at) - 1, "lines end in CRLF");
  }
  return fields;
}

std::string value_of(const std::string& field) {
  auto value = field.substr(kName.size());
  return value.substr(0, value.size() - 2);
}

}  // namespace

MAILTRUST_FUZZ(authres, octets) {
  auto results = authres::parse(octets);
  for (const auto& statement : results.statements)
    require(!statement.method.empty(), "a statement has a method");
  auto written = authres::format(results.authserv_id, results.statements);
  require(written.starts_with(kName) && written.ends_with("\r\n"), "a field is written");
  require(count_fields(written) == 1, "and no second one");
  if (!results.problem.empty() || results.authserv_id.empty()) return;

  auto again = authres::parse(value_of(written));
  require(again.problem.empty(), "what was written is well-formed");
  require(again.statements.size() == results.statements.size(), "no statement comes or goes");
  for (std::size_t i = 0; i < again.statements.size(); ++i)
    require(again.statements[i].result == results.statements[i].result, "nor does a result change");
  require(authres::format(again.authserv_id, again.statements) == written, "nor anything else");
}
