#include "abuse/names.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "dns/public_suffix.hpp"

namespace mailtrust::abuse {
namespace {

using registration::Confidence;
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

}  // namespace

void Names::prefetch(const net::Address& address) {
  std::vector<dns::Question> questions;
  if (auto name = zone_name(address)) questions.push_back({*name, dns::Type::txt});
  if (auto name = dns::Name::read(reverse_name(address)))
    questions.push_back({*name, dns::Type::ptr});
  resolver_.prefetch(questions);
}

bool Names::failed(const dns::Answer& answer, const std::string& what) {
  if (answer.status != dns::Status::failed) return false;
  silent_ = silent_ || answer.failure == dns::Failure::timeout ||
            answer.failure == dns::Failure::unreachable;
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
      mention.place = "TXT of " + to_string(*name);
      finding.registration.mentions.push_back(std::move(mention));
    }
  if (finding.registration.mentions.empty()) return {};
  return {std::move(finding)};
}

Contact Names::reverse_contact(const net::Address& address, const dns::Name& name) {
  auto domain = ascii::to_lower(to_string(dns::registrable_domain(name)));
  auto forward = resolver_.query({name, address_type(address)});
  bool confirmed = false;
  for (const auto& record : forward->records)
    confirmed = confirmed || dns::decode_address(record) == address;
  Contact contact{"abuse@" + domain, Source::reverse_name, Confidence::low, {}, false};
  contact.why = "domain of the address's name " + to_string(name);
  if (confirmed) {
    contact.confidence = Confidence::medium;
    contact.why += ", which points back to it";
  } else {
    contact.why += forward->status == dns::Status::failed
                       ? "; whether that points back to it could not be told"
                       : ", which does not point back to it: anyone may claim a name";
  }
  return contact;
}

std::vector<Contact> Names::reverse_names(const net::Address& address) {
  if (silent_) {
    trouble_.push_back(reverse_name(address) + " PTR: not asked, as DNS did not answer");
    return {};
  }
  auto names = resolver_.ptr(address);
  if (failed(*names.answer, reverse_name(address) + " PTR")) return {};
  names.records.resize(std::min(names.records.size(), kReverseNames));
  std::vector<Contact> contacts;
  for (const auto& name : names.records) {
    if (name.label_count() < 2) continue;
    auto contact = reverse_contact(address, name);
    auto same = std::ranges::find(contacts, contact.email, &Contact::email);
    if (same == contacts.end())
      contacts.push_back(std::move(contact));
    else if (contact.confidence < same->confidence)
      *same = std::move(contact);
  }
  return contacts;
}

bool Names::takes_no_mail(const dns::Name& domain) {
  auto mx = resolver_.mx(domain);
  switch (mx.status) {
    case dns::Status::found: return mx.records.size() == 1 && mx.records[0].exchange.is_root();
    case dns::Status::nxdomain: return true;
    case dns::Status::failed: silent_ = true; return false;
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
