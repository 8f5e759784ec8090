#include "spf/check_host.hpp"

#include "dns/idna.hpp"
#include "spf/evaluation.hpp"

namespace mailtrust::spf {
namespace {

// RFC 8616 section 4: U-labels become A-labels; what is no name stays as it is, for %{h} and %{o}.
std::string a_labels(std::string_view domain) {
  auto converted = dns::to_a_labels(domain);
  return converted ? std::move(*converted) : std::string(domain);
}

// RFC 7208 section 2.4: the null reverse-path is postmaster at the HELO name. Section 4.3: so is a
// local-part that is missing.
std::string complete_sender(std::string_view sender, const std::string& helo) {
  if (sender.empty()) return "postmaster@" + helo;
  auto at = sender.rfind('@');
  if (at == std::string_view::npos) return "postmaster@" + a_labels(sender);
  auto local_part = at == 0 ? std::string_view("postmaster") : sender.substr(0, at);
  return std::string(local_part) + '@' + a_labels(sender.substr(at + 1));
}

bool is_address_literal(std::string_view domain) {
  return domain.starts_with('[') && domain.ends_with(']');
}

}  // namespace

std::string_view to_string(Result result) {
  switch (result) {
    case Result::none: return "none";
    case Result::neutral: return "neutral";
    case Result::pass: return "pass";
    case Result::fail: return "fail";
    case Result::softfail: return "softfail";
    case Result::temperror: return "temperror";
    case Result::permerror: return "permerror";
  }
  return "permerror";
}

Outcome check_host(dns::Resolver& resolver, const Request& request) {
  // RFC 7208 section 4.3: a domain that is none has no policy.
  auto domain = dns::Name::parse_any(request.domain);
  if (!domain || is_address_literal(request.domain)) {
    Outcome outcome;
    outcome.clause = "RFC 7208 section 4.3";
    outcome.problem = domain ? request.domain + " is an address, not a domain"
                             : domain.error().where + ": " + domain.error().message;
    return outcome;
  }
  auto helo = a_labels(request.helo);
  auto sender = complete_sender(request.sender, helo);
  MacroContext macros{sender,      {},       request.ip.unmapped(), helo, request.receiver,
                      request.now, "unknown"};
  return Evaluation(resolver, std::move(macros), request.trace).run(*domain);
}

}  // namespace mailtrust::spf
