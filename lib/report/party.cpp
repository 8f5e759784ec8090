#include "report/party.hpp"

#include "base/ascii.hpp"
#include "dns/name.hpp"
#include "dns/public_suffix.hpp"

namespace mailtrust::report {
namespace {

struct Signer {
  std::string_view domain;
  std::string_view provider;  // its id
  std::string_view evidence;
};

constexpr Signer kSigners[] = {
#include "report/signers.inc"
};

bool is_within(std::string_view domain, std::string_view ancestor) {
  if (!ascii::iends_with(domain, ancestor)) return false;
  auto front = domain.size() - ancestor.size();
  return front == 0 || domain[front - 1] == '.';
}

std::string organization_of(std::string_view domain) {
  auto name = dns::Name::read(domain);
  if (!name || name->is_root()) return std::string(domain);
  return ascii::to_lower(to_string(dns::registrable_domain(*name)));
}

}  // namespace

const provider::Provider* service_of(std::string_view domain) {
  if (domain.ends_with('.')) domain.remove_suffix(1);
  for (const auto& signer : kSigners)
    if (is_within(domain, signer.domain)) return provider::by_id(signer.provider);
  auto matches = provider::by_host(domain);
  return matches.empty() ? nullptr : matches.front().provider;
}

std::shared_ptr<const Party> Parties::get(std::string_view domain) {
  return known_.get(domain, [](std::string_view text) {
    return Party{organization_of(text), service_of(text)};
  });
}

}  // namespace mailtrust::report
