#include <algorithm>
#include <span>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "mx/mx.hpp"
#include "net/special_purpose.hpp"

namespace mailtrust::mx {
namespace {

using finding::Finding;
using finding::make;

std::string line(const dns::Name& owner, const std::string& rest) {
  return to_absolute_string(owner) + " IN MX " + rest;
}

void lint_missing(const Outcome& outcome, std::vector<Finding>& findings) {
  auto domain = to_string(outcome.domain);
  if (outcome.status == dns::Status::nxdomain) {
    findings.push_back(make("mx.no-such-domain", domain, "the domain does not exist in DNS",
                            "check the spelling, and that the domain is registered and delegated"));
    return;
  }
  std::string what = outcome.implicit
                         ? "no MX record: senders fall back to the domain's own address"
                         : "no MX record and no address: mail to the domain bounces";
  findings.push_back(
      make("mx.missing", domain, what,
           "publish where mail is received, or that none is:\n" + line(outcome.domain, "0 .")));
}

void lint_host(const Outcome& outcome, const Host& host, std::vector<Finding>& findings) {
  auto name = to_string(host.exchange);
  auto preference = std::to_string(host.preference);
  if (net::Address::read(name)) {
    findings.push_back(
        make("mx.address-as-name", name,
             "the exchange " + name + " is an address where a host name must stand",
             "give the host a name with an address record, and name that in the MX"));
    return;
  }
  if (host.is_alias)
    findings.push_back(
        make("mx.alias", name, "the exchange " + name + " is a CNAME",
             "name the host the CNAME leads to, or replace the CNAME by its addresses"));
  if (host.addresses.empty() && host.undetermined)
    findings.push_back(
        make("mx.dns-trouble", name, "could not tell whether " + name + " has an address",
             "try again; if it stays so, the name servers of that name are at fault"));
  else if (host.addresses.empty())
    findings.push_back(
        make("mx.no-address", name, "the exchange " + name + " has no address",
             "add its address, or remove the record:\n" +
                 line(outcome.domain, preference + ' ' + to_absolute_string(host.exchange))));
  for (const auto& address : host.addresses)
    if (net::is_unreachable(address))
      findings.push_back(make("mx.unreachable-address", name,
                              "the exchange " + name + " has the address " + to_string(address) +
                                  ", " + std::string(net::special_purpose(address)->name),
                              "publish only addresses that the rest of the Internet can reach"));
}

void lint_hosts(const Outcome& outcome, std::vector<Finding>& findings) {
  auto count = std::min(outcome.hosts.size(), limits::kMxHosts);
  for (const auto& host : std::span(outcome.hosts).first(count)) lint_host(outcome, host, findings);
  if (auto rest = outcome.hosts.size() - count; rest > 0)
    findings.push_back(make("mx.dns-trouble", to_string(outcome.domain),
                            "could not tell about " + std::to_string(rest) + " more exchanges: " +
                                std::to_string(limits::kMxHosts) + " are looked up",
                            "name fewer"));
}

}  // namespace

std::vector<Finding> lint(const Outcome& outcome) {
  std::vector<Finding> findings;
  auto domain = to_string(outcome.domain);
  if (outcome.status == dns::Status::failed) {
    findings.push_back(make(
        "mx.dns-trouble", domain,
        "could not tell whether there is an MX record: " + std::string(to_string(outcome.failure)),
        "try again; if it stays so, the domain's name servers are at fault"));
    return findings;
  }
  if (outcome.null_mx)
    findings.push_back(make("mx.null", domain, "null MX: the domain accepts no mail"));
  else if (outcome.status != dns::Status::found)
    lint_missing(outcome, findings);
  if (outcome.mixed_null_mx)
    findings.push_back(make("mx.null-beside-others", domain,
                            "a null MX stands beside other MX records",
                            "remove it:\n" + line(outcome.domain, "0 .")));
  if (!outcome.implicit) lint_hosts(outcome, findings);
  return findings;
}

}  // namespace mailtrust::mx
