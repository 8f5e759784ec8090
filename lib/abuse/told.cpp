#include "abuse/told.hpp"

#include <algorithm>
#include <utility>

#include "abuse/scope.hpp"
#include "base/ascii.hpp"
#include "registration/local_part.hpp"

namespace mailtrust::abuse {
namespace {

using registration::Finding;

bool is_around(const Finding& finding, const net::Address& address) {
  const auto& registration = finding.registration;
  return registration.network && !registration.is_placeholder &&
         holds(*registration.network, address);
}

}  // namespace

void Told::fail(std::string what) {
  could_not_tell = true;
  if (std::ranges::find(trouble, what) == trouble.end()) trouble.push_back(std::move(what));
}

const Finding* narrowest(const Told& told, const net::Address& address) {
  const Finding* best = nullptr;
  for (const auto& finding : told.findings) {
    if (!is_around(finding, address)) continue;
    bool better = best == nullptr ||
                  size_of(*finding.registration.network) < size_of(*best->registration.network);
    if (better) best = &finding;
  }
  return best;
}

bool is_for_abuse(const registration::Contact& contact, const std::vector<Finding>& findings) {
  if (contact.confidence == registration::Confidence::low) return false;
  auto local = std::string_view(contact.email).substr(0, contact.email.rfind('@'));
  if (registration::desk_of(local) == registration::Desk::abuse) return true;
  auto names_it = [&](const registration::Mention& mention) {
    return mention.role <= registration::Role::remark &&
           ascii::iequals(mention.email, contact.email);
  };
  return std::ranges::any_of(findings, [&](const Finding& finding) {
    return std::ranges::any_of(finding.registration.mentions, names_it);
  });
}

bool names_abuse_contact(const std::vector<Finding>& findings) {
  auto ranked = registration::rank(findings);
  return !ranked.empty() && is_for_abuse(ranked.front(), findings);
}

bool answers(const Told& told, const Subject& subject) {
  if (narrowest(told, subject.address) == nullptr) return false;
  return subject.want == Want::network || names_abuse_contact(told.findings);
}

}  // namespace mailtrust::abuse
