#include <algorithm>

#include "base/escape.hpp"
#include "dmarc/destination.hpp"
#include "dns/txt_line.hpp"

namespace mailtrust::dmarc {
namespace {

using finding::Finding;
using finding::make;

Finding unauthorized(const Outcome& outcome, const Destination& one) {
  auto policy = to_string(outcome.found_at().domain);
  auto host = to_string(*one.domain);
  auto where = to_string(outcome.found_at().name);
  if (!one.instead.empty())
    return make("dmarc.unauthorized-destination", where,
                host + " sends reports about " + policy + " on to another domain, " +
                    quote(one.instead, 60) + ": receivers send none",
                "ask " + host + " to name an address of its own");
  auto message = host + " does not say that it takes reports about " + policy +
                 ": receivers send none to " + quote(one.uri, 60);
  if (!one.record_name)
    return make("dmarc.unauthorized-destination", where, message,
                "the name for it would be too long for DNS: use an address of your own");
  return make("dmarc.unauthorized-destination", where, message,
              "publish in the zone of " + host + ", or have it published there:\n" +
                  dns::txt_line(*one.record_name, "v=DMARC1"));
}

void lint_mail(const Destination& one, std::vector<Finding>& findings) {
  if (!one.mail || !one.mail->determined() || one.mail->reachable()) return;
  auto host = to_string(*one.domain);
  findings.push_back(
      make("dmarc.unreachable-destination", host,
           host + " accepts no mail, so the reports to " + quote(one.uri, 60) + " are lost",
           "use an address that something reads"));
}

}  // namespace

std::vector<Finding> lint(const Outcome& outcome, std::span<const Destination> destinations) {
  std::vector<Finding> findings;
  std::vector<dns::Name> told;
  for (const auto& one : destinations) {
    if (!one.domain || std::ranges::find(told, *one.domain) != told.end()) continue;
    told.push_back(*one.domain);
    if (one.authorization == Authorization::refused) findings.push_back(unauthorized(outcome, one));
    if (one.authorization == Authorization::unknown)
      findings.push_back(
          make("dmarc.dns-trouble", to_string(one.record_name.value_or(*one.domain)),
               "DNS did not tell whether " + to_string(*one.domain) + " takes reports about " +
                   to_string(outcome.found_at().domain),
               "try again; if it stays so, the name servers of that domain are at fault"));
    lint_mail(one, findings);
  }
  return findings;
}

}  // namespace mailtrust::dmarc
