#include "abuse/names.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "dns/public_suffix.hpp"

namespace mailtrust::abuse {
namespace {

using registration::Contact;
using registration::Source;

std::optional<dns::Name> zone_name(const net::Address& address) {
  auto labels = reverse_name(address);
  std::string_view reversed = labels;
  for (std::string_view tree : {".in-addr.arpa", ".ip6.arpa"})
    if (reversed.ends_with(tree)) reversed.remove_suffix(tree.size());
  return dns::Name::read(std::string(reversed) + '.' + std::string(kAbuseZone));
}

dns::Type address_type(const net::Address& address) {
  return address.is_v4() ? dns::Type::a : dns::Type::aaaa;
}

std::optional<dns::Name> domain_of(std::string_view email) {
  auto at = email.rfind('@');
  if (at == std::string_view::npos || email.substr(at + 1).starts_with('[')) return std::nullopt;
  auto name = dns::Name::parse_any(email.substr(at + 1));
  if (!name || name->is_root()) return std::nullopt;
  return *name;
}

std::string_view words_for(dns::Status points_back) {
  switch (points_back) {
    case dns::Status::found: return "points back to it";
    case dns::Status::failed: return "may point back to it: DNS did not tell";
    case dns::Status::no_data:
    case dns::Status::nxdomain: break;
  }
  return "does not point back to it: anyone may claim a name";
}

}  // namespace

void Names::prefetch(const net::Address& address) {
  std::vector<dns::Question> questions;
  if (auto name = zone_name(address)) questions.push_back({*name, dns::Type::txt});
  if (auto name = dns::Name::read(reverse_name(address)))
    questions.push_back({*name, dns::Type::ptr});
  resolver_.prefetch(questions);
}

// One name's server failure is no sign that DNS as a whole does not answer.
bool Names::failed(const dns::Answer& answer) {
  silent_ = silent_ || answer.failure == dns::Failure::timeout ||
            answer.failure == dns::Failure::unreachable;
  return answer.status == dns::Status::failed;
}

bool Names::failed(const dns::Answer& answer, const std::string& what) {
  if (!failed(answer)) return false;
  trouble_.push_back(what + ": " + std::string(to_string(answer.failure)));
  return true;
}

std::vector<registration::Finding> Names::abuse_zone(const net::Address& address) {
  auto name = zone_name(address);
  if (!name) return {};
  auto records = resolver_.txt(*name);
  if (failed(*records.answer, to_string(*name) + " TXT")) return {};
  registration::Finding finding{Source::abuse_zone, std::string(kAbuseZone), {}};
  for (const auto& text : records.records)
    for (auto& mention : registration::addresses_in(text)) {
      mention.role = registration::Role::abuse;
      mention.place = "TXT record of the address";
      finding.registration.mentions.push_back(std::move(mention));
    }
  if (finding.registration.mentions.empty()) return {};
  return {std::move(finding)};
}

// found: it does; failed: could not tell.
dns::Status Names::points_back(const net::Address& address, const dns::Name& name) {
  auto forward = resolver_.query({name, address_type(address)});
  if (forward->status == dns::Status::failed) return forward->status;
  bool back = std::ranges::any_of(forward->records, [&](const dns::Record& record) {
    return dns::decode_address(record) == address;
  });
  return back ? dns::Status::found : dns::Status::no_data;
}

std::vector<registration::Finding> Names::reverse_names(const net::Address& address) {
  if (silent_) {
    trouble_.push_back(reverse_name(address) + " PTR: not asked, as DNS did not answer");
    return {};
  }
  auto names = resolver_.ptr(address);
  if (failed(*names.answer, reverse_name(address) + " PTR")) return {};
  registration::Finding finding{Source::reverse_name, {}, {}};
  auto& mentions = finding.registration.mentions;
  for (std::size_t i = 0; i < std::min(names.records.size(), kReverseNames); ++i) {
    const auto& name = names.records[i];
    if (name.label_count() < 2) continue;
    auto status = points_back(address, name);
    registration::Mention mention;
    mention.email = "abuse@" + to_string(dns::registrable_domain(name));
    mention.place =
        "the domain of its name " + to_string(name) + ", which " + std::string(words_for(status));
    mention.depth = status == dns::Status::found ? 0 : 1;
    mentions.push_back(std::move(mention));
  }
  if (mentions.empty()) return {};
  return {std::move(finding)};
}

bool Names::takes_no_mail(const dns::Name& domain) {
  auto mx = resolver_.mx(domain);
  if (failed(*mx.answer)) return false;
  switch (mx.status) {
    case dns::Status::found: return mx.records.size() == 1 && mx.records[0].exchange.is_root();
    case dns::Status::nxdomain: return true;
    case dns::Status::failed: return false;
    case dns::Status::no_data: break;
  }
  auto absent = [&](dns::Type type) {
    auto status = resolver_.query({domain, type})->status;
    return status == dns::Status::no_data || status == dns::Status::nxdomain;
  };
  return absent(dns::Type::a) && absent(dns::Type::aaaa);
}

void Names::mark_undeliverable(std::vector<Contact>& contacts) {
  if (silent_) return;
  std::vector<dns::Question> questions;
  for (const auto& contact : contacts)
    if (auto domain = domain_of(contact.email)) questions.push_back({*domain, dns::Type::mx});
  resolver_.prefetch(questions);
  for (auto& contact : contacts) {
    auto domain = domain_of(contact.email);
    if (domain && !silent_) contact.undeliverable = takes_no_mail(*domain);
  }
}

}  // namespace mailtrust::abuse
