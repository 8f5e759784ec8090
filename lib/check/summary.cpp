#include "check/summary.hpp"

#include <algorithm>
#include <set>

#include "base/counted.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "spf/partition.hpp"

namespace mailtrust::check {
namespace {

/// Names shown before "and N more".
constexpr std::size_t kShown = 3;

std::string join(const std::vector<std::string>& items) {
  std::string out;
  for (std::size_t i = 0; i < std::min(items.size(), kShown); ++i) {
    if (i > 0) out += ", ";
    out += items[i];
  }
  if (items.size() > kShown) out += " and " + std::to_string(items.size() - kShown) + " more";
  return out;
}

std::string could_not_tell(dns::Failure failure) {
  return "could not tell: " + std::string(to_string(failure));
}

std::string authorized_addresses(const spf::Survey& spf) {
  const auto addresses = spf::authorized(spf).front();
  std::string out;
  if (auto v4 = addresses.count_v4(); v4 > 0)
    out += ' ' + grouped(v4) + (v4 == 1 ? " IPv4 address" : " IPv4 addresses");
  if (auto v6 = addresses.count_v6_networks(); v6 > 0)
    out += (out.empty() ? " " : " and ") + grouped(v6) + " IPv6 /64";
  return ", authorizes" + (out.empty() ? " nobody" : out);
}

std::string key_text(const dkim::KeyLookup& lookup) {
  const auto* record = lookup.record();
  if (record == nullptr) return lookup.selector + (lookup.dangling() ? " (dangling)" : " (broken)");
  if (record->revoked) return lookup.selector + " (revoked)";
  if (!record->key) return lookup.selector + " (broken)";
  auto type = std::string(to_string(record->key->type));
  if (record->key->type == dkim::KeyType::rsa) type += ' ' + std::to_string(record->key->bits);
  return lookup.selector + " (" + type + ')';
}

// Of the first step that DNS did not answer.
dns::Failure failure_of(const std::vector<dmarc::Stop>& walk) {
  auto stop = std::ranges::find(walk, dns::Status::failed, &dmarc::Stop::status);
  return stop != walk.end() ? stop->failure : dns::Failure::none;
}

}  // namespace

std::string summary(const mx::Outcome& mx) {
  if (mx.status == dns::Status::failed) return could_not_tell(mx.failure);
  if (mx.status == dns::Status::nxdomain) return "no such domain";
  if (mx.null_mx) return "accepts no mail (null MX)";
  if (mx.implicit) return "no MX record; mail goes to the domain's own address";
  if (mx.hosts.empty()) return "no MX record";
  std::vector<std::string> names;
  std::set<net::Address> addresses;
  for (const auto& host : mx.hosts) {
    if (auto name = to_string(host.exchange); std::ranges::find(names, name) == names.end())
      names.push_back(std::move(name));
    addresses.insert(host.addresses.begin(), host.addresses.end());
  }
  return join(names) + " (" + std::to_string(addresses.size()) +
         (addresses.size() == 1 ? " address)" : " addresses)");
}

std::string summary(const spf::Survey& spf) {
  const auto& root = spf.root();
  switch (root.status) {
    case spf::RecordStatus::undetermined: return "could not tell: " + root.unknown_reason;
    case spf::RecordStatus::missing: return "no record";
    case spf::RecordStatus::several:
      return counted(root.texts.size(), "record") + " where one may be";
    case spf::RecordStatus::found: break;
  }
  if (!root.parsed.valid()) return counted(root.parsed.errors.size(), "syntax error");
  return std::to_string(root.total.lookups) + " of " + std::to_string(limits::kSpfLookupTerms) +
         " lookups" + authorized_addresses(spf);
}

std::string summary(const dkim::Discovery& dkim, bool parked) {
  std::vector<std::string> keys;
  for (const auto& key : dkim.keys)
    if (key.presence == dkim::Presence::found || key.dangling()) keys.push_back(key_text(key));
  if (!keys.empty()) return join(keys);
  if (parked) return "sends no mail, needs no key";
  return "could not tell: none at " + counted(dkim.tried, "likely selector");
}

std::string summary(const dmarc::Outcome& dmarc) {
  switch (dmarc.presence) {
    case dmarc::Presence::unknown: return could_not_tell(failure_of(dmarc.walk));
    case dmarc::Presence::absent: return "no record";
    case dmarc::Presence::found: break;
  }
  std::string text = dmarc.policy ? std::string(to_string(*dmarc.policy)) : "no valid policy";
  if (!(dmarc.found_at().domain == dmarc.domain))
    text += ", from " + to_string(dmarc.found_at().domain) + " (" + dmarc.policy_tag + "=)";
  if (dmarc.parsed().record.rua.empty()) return text + ", no reports asked for";
  return text + ", reports to " + dmarc.parsed().record.rua.front();
}

}  // namespace mailtrust::check
