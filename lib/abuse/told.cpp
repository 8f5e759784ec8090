#include "abuse/told.hpp"

#include <algorithm>
#include <utility>

#include "abuse/scope.hpp"

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
  trouble.push_back(std::move(what));
  could_not_tell = true;
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

bool names_abuse_contact(const std::vector<Finding>& findings) {
  auto ranked = registration::rank(findings);
  return !ranked.empty() && ranked.front().confidence != registration::Confidence::low;
}

bool answers(const Told& told, const Subject& subject) {
  if (narrowest(told, subject.address) == nullptr) return false;
  return subject.want == Want::network || names_abuse_contact(told.findings);
}

}  // namespace mailtrust::abuse
