#include "list/provider_lookup.hpp"

#include <utility>
#include <vector>

namespace mailtrust::list {
namespace {

// All first questions are under way before the first answer is waited for.
void prefetch(dns::Resolver& resolver, const std::vector<ProviderName>& names) {
  std::vector<dns::Question> questions;
  for (const auto& name : names)
    if (auto domain = dns::Name::read(name.name)) questions.push_back({*domain, dns::Type::txt});
  resolver.prefetch(questions);
}

ProviderRecord not_asked(const ProviderName& name) {
  return {std::string(name.name), std::string(name.provider), 0, {}, "not looked up yet"};
}

}  // namespace

ProviderLookup look_up_providers(const ProviderSources& sources) {
  auto missing = provider_names();
  std::vector<ProviderRecord> records;
  if (sources.resolver != nullptr) prefetch(*sources.resolver, missing);
  for (const auto& name : missing)
    records.push_back(sources.resolver != nullptr ? resolve(*sources.resolver, name, sources.now)
                                                  : not_asked(name));
  return {ProviderRanges(std::move(records)), {}};
}

}  // namespace mailtrust::list
