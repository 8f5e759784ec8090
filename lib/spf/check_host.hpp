#pragma once
// Is a host authorized to use a domain in mail? RFC 7208 section 4: check_host().

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dns/resolver.hpp"
#include "net/address.hpp"
#include "spf/trace.hpp"

namespace mailtrust::spf {

/// RFC 7208 section 2.6.
enum class Result { none, neutral, pass, fail, softfail, temperror, permerror };

/// "none", "neutral", ...
std::string_view to_string(Result result);

/// The arguments of check_host(), section 4.1, as they came: names and addresses may be malformed,
/// and may be internationalised (RFC 8616).
struct Request {
  net::Address ip;     ///< of the SMTP client; an IPv4-mapped one counts as IPv4
  std::string domain;  ///< whose record is asked: the sender's domain, or the HELO name
  std::string sender;  ///< MAIL FROM without brackets; empty: the null reverse-path
  std::string helo;    ///< for %{h}, and for the sender when that is empty
  std::string receiver = "unknown";  ///< %{r}
  std::int64_t now = 0;              ///< %{t}, Unix seconds
  bool trace = false;                ///< fill Outcome::trace
};

struct Outcome {
  Result result = Result::none;

  /// What decided: the directive as written in the record of `domain` or of the last redirect;
  /// "default" when none matched; the term at fault. Empty when no term was reached.
  std::string mechanism;

  std::string_view clause;  ///< that decided: "RFC 7208 section 5.4"

  /// What the domain says about a fail (exp=, section 6.2), at most kMacroExplanation octets.
  std::optional<std::string> explanation;

  unsigned lookups = 0;  ///< terms that cost one, section 4.6.4; 11 when there was one too many
  unsigned void_lookups = 0;  ///< terms with a question that found nothing; 3 when one too many

  /// For none, temperror and permerror: what was the matter and where, in one line.
  std::string problem;

  std::vector<TraceNode> trace;  ///< one root, when asked for
};

/// Asks at most 1 + 10 * (1 + 10) questions for the terms and 12 for an explanation. DNS trouble is
/// a Result, never an Error.
Outcome check_host(dns::Resolver& resolver, const Request& request);

}  // namespace mailtrust::spf
