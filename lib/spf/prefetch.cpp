// Questions started before they are needed. They change neither results nor counts.
#include <algorithm>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "spf/evaluation.hpp"

namespace mailtrust::spf {

void Evaluation::prefetch(std::span<const Directive> directives,
                          const std::optional<Modifier>& redirect) {
  std::vector<dns::Question> questions;
  auto room = limits::kSpfLookupTerms - std::min<std::size_t>(lookups_, limits::kSpfLookupTerms);
  auto add = [&](const DomainSpec* spec, dns::Type type) {
    // %{p} has questions of its own; it is left until it is needed.
    if (questions.size() >= room || (spec != nullptr && spec->uses('p'))) return;
    auto name = spec == nullptr ? macros_.domain : expand_name(*spec, macros_);
    if (name) questions.push_back({std::move(*name), type});
  };
  auto pointer = [](const auto& spec) { return spec ? &*spec : nullptr; };
  for (const auto& directive : directives) {
    const auto& mechanism = directive.mechanism;
    if (const auto* include = std::get_if<Include>(&mechanism))
      add(&include->domain, dns::Type::txt);
    else if (const auto* a = std::get_if<A>(&mechanism))
      add(pointer(a->domain), address_type());
    else if (const auto* mx = std::get_if<Mx>(&mechanism))
      add(pointer(mx->domain), dns::Type::mx);
    else if (const auto* exists = std::get_if<Exists>(&mechanism))
      add(&exists->domain, dns::Type::a);
  }
  if (redirect) add(&redirect->domain, dns::Type::txt);
  if (questions.size() > 1) resolver_.prefetch(questions);
}

void Evaluation::prefetch_addresses(std::span<const dns::Name> names) {
  if (names.size() < 2) return;
  std::vector<dns::Question> questions;
  questions.reserve(names.size());
  for (const auto& name : names) questions.push_back({name, address_type()});
  resolver_.prefetch(questions);
}

}  // namespace mailtrust::spf
