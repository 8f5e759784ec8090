#include "dmarc/alignment.hpp"

#include "dns/public_suffix.hpp"

namespace mailtrust::dmarc {
namespace {

bool share_top_level(const dns::Name& a, const dns::Name& b) {
  auto top = a;
  while (top.label_count() > 1) top = top.parent();
  return b.is_within(top);
}

}  // namespace

Aligner::Answer Aligner::align(const dns::Name& domain, Alignment mode) {
  const auto& organization = author_.organizational_domain;
  if (domain == author_.domain) return {true, organization};
  if (mode == Alignment::strict) return {false, std::nullopt};
  if (!organization) {
    if (!share_top_level(author_.domain, domain)) return {false, std::nullopt};
    return {};
  }
  if (!domain.is_within(*organization)) return {false, std::nullopt};
  auto other = organization_of(domain);
  if (!other) return {};
  return {*other == *organization, other};
}

std::optional<dns::Name> Aligner::organization_of(const dns::Name& domain) {
  auto [place, is_new] = walked_.try_emplace(domain);
  if (is_new) place->second = organizational_domain(resolver_, domain);
  return place->second;
}

bool aligned_by_list(const dns::Name& author, const dns::Name& organization,
                     const dns::Name& domain, Alignment mode) {
  if (domain == author) return true;
  return mode == Alignment::relaxed && domain.is_within(organization) &&
         dns::registrable_domain(domain) == organization;
}

}  // namespace mailtrust::dmarc
