#include "spf/flatten_plan.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "base/limits.hpp"
#include "spf/survey_term.hpp"

namespace mailtrust::spf {
namespace {

// Beyond this the best choice is not searched for; everything is taken.
constexpr std::size_t kMostWork = 100'000;

bool leads_on(const Node& node, const Term& term) {
  const auto* mechanism = mechanism_of(term, node.parsed.record);
  return term.kind == Term::Kind::redirect ||
         (mechanism != nullptr && std::holds_alternative<Include>(*mechanism));
}

const DomainSpec* spec_of(const Node& node, const Term& term) {
  if (term.kind == Term::Kind::redirect) return &node.parsed.record.redirect->domain;
  return domain_spec(*mechanism_of(term, node.parsed.record));
}

// Does the term mean the same in a record of another name?
bool is_portable(const Node& node, const Term& term) {
  const auto* spec = spec_of(node, term);
  if (spec == nullptr) return false;
  return std::ranges::none_of(spec->parts, [](const auto& part) {
    const auto* macro = std::get_if<MacroExpand>(&part);
    return macro != nullptr && (macro->letter == 'd' || macro->letter == 'p');
  });
}

// What an include of this record matches, when that is the same for every message and no error.
std::optional<net::PrefixSet> matched(const Partition& partition) {
  for (const auto& [id, set] : partition.regions()) {
    switch (Decisions::ruling(id)) {
      case Ruling::pass:
      case Ruling::fail:
      case Ruling::softfail:
      case Ruling::neutral: break;
      case Ruling::none:
      case Ruling::temperror:
      case Ruling::permerror:
      case Ruling::depends: return std::nullopt;
    }
  }
  return partition.where(Ruling::pass);
}

std::string without_qualifier(const std::string& text) {
  constexpr std::string_view kQualifiers = "+-~?";
  bool has = kQualifiers.find(text[0]) != std::string_view::npos;
  return has ? text.substr(1) : text;
}

}  // namespace

std::optional<dns::Name> FreshNames::next() {
  while (true) {
    auto name = survey_.root().domain.child("_spf" + std::to_string(++last_));
    if (!name) return std::nullopt;
    auto known = std::ranges::find(survey_.nodes, *name, &Node::domain);
    if (known == survey_.nodes.end()) return name;
  }
}

std::optional<net::PrefixSet> Plan::listed(const Node& node, const Term& term) const {
  if (term.kind != Term::Kind::directive || term.unlistable) return std::nullopt;
  const auto& mechanism = node.parsed.record.directives[term.index].mechanism;
  if (std::holds_alternative<All>(mechanism)) return std::nullopt;
  if (leads_on(node, term))
    return term.child && !term.loop ? matched(partitions_[*term.child]) : std::nullopt;
  if (term.mx_names > limits::kSpfNames) return std::nullopt;
  return term.addresses;
}

Plan::Plan(const Survey& survey, const std::vector<Partition>& partitions)
    : survey_(survey), partitions_(partitions), copies_(survey.nodes.size()) {
  for (std::size_t i = 0; i < copies_.size(); ++i) settle(i);
}

const Plan::Copy* Plan::copy_of(const Node& node, const Term& term) const {
  if (!leads_on(node, term) || !term.child || term.loop) return nullptr;
  const auto& copy = copies_[*term.child];
  return copy.possible ? &copy : nullptr;
}

// Each record once: many includes may share it. Without the terms that close loops there are none.
void Plan::settle(std::size_t index) {
  if (copies_[index].settled) return;
  const auto& node = survey_.nodes[index];
  copies_[index].settled = true;
  if (!node.usable()) return;
  Copy copy{true, true, 0, 1};  // a record of its own weighs something, too
  for (const auto& term : node.terms)
    if (term.reached && copy.possible) settle_term(copy, node, term);
  copies_[index] = copy;
}

void Plan::settle_term(Copy& copy, const Node& node, const Term& term) {
  const auto* mechanism = mechanism_of(term, node.parsed.record);
  bool is_all = mechanism != nullptr && std::holds_alternative<All>(*mechanism);
  if (is_all || term.kind == Term::Kind::explanation) return;
  if (auto set = listed(node, term)) {
    copy.prefixes += set->prefixes().size();
    return;
  }
  if (leads_on(node, term) && term.child && !term.loop) settle(*term.child);
  if (const auto* inner = copy_of(node, term)) {
    copy.lookups = std::min(copy.lookups + term.own.lookups + inner->lookups, kMostCost);
    copy.prefixes = std::min(copy.prefixes + inner->prefixes, kMostCost);
  } else {
    copy.lookups = std::min(copy.lookups + term.total.lookups, kMostCost);
    copy.possible = is_portable(node, term);
  }
}

std::vector<Candidate> Plan::candidates() const {
  std::vector<Candidate> out;
  const auto& root = survey_.root();
  for (std::size_t i = 0; i < root.terms.size(); ++i) {
    const auto& term = root.terms[i];
    if (!term.reached || term.total.lookups == 0) continue;
    if (auto set = listed(root, term)) {
      out.push_back({i, term.total.lookups, set->prefixes().size()});
    } else if (const auto* copy = copy_of(root, term)) {
      auto left = term.own.lookups + copy->lookups;
      if (left < term.total.lookups) out.push_back({i, term.total.lookups - left, copy->prefixes});
    }
  }
  return out;
}

// Writes one record term by term.
struct Plan::Writer {
  const Plan& plan;
  FreshNames& names;
  bool gather;
  std::map<std::size_t, dns::Name> copied = {};  // nodes that have a copy, and its name

  std::optional<Draft> write(std::size_t index, dns::Name name,
                             const std::vector<std::size_t>* chosen) {
    const auto& node = plan.survey_.nodes[index];
    Draft draft;
    draft.name = std::move(name);
    for (std::size_t i = 0; i < node.terms.size(); ++i) {
      bool flattened = chosen == nullptr || std::ranges::binary_search(*chosen, i);
      // An explanation is only asked for where the evaluation began or was redirected to.
      if (!node.terms[i].reached) continue;
      if (!add(draft, node, node.terms[i], flattened)) return std::nullopt;
    }
    for (const auto& modifier : node.parsed.record.unknown) draft.ending.push_back(modifier.text);
    return draft;
  }

  bool add(Draft& draft, const Node& node, const Term& term, bool flattened) {
    if (term.kind == Term::Kind::explanation) {
      draft.ending.push_back(term.text);
      return true;
    }
    auto text = flattened ? text_of(draft, node, term) : term.text;
    if (!text) return false;
    if (term.kind == Term::Kind::redirect) {
      draft.ending.push_back(*text);
      return true;
    }
    const auto& directive = node.parsed.record.directives[term.index];
    if (std::holds_alternative<All>(directive.mechanism)) {
      draft.ending.push_back(term.text);
      return true;
    }
    bool free = term.own.written == 0;
    if (auto set = flattened || free ? plan.listed(node, term) : std::nullopt) {
      auto& block = block_for(draft, directive.qualifier, true);
      block.addresses = block.addresses | *set;
    } else {
      block_for(draft, directive.qualifier, false).kept.push_back(without_qualifier(*text));
    }
    return true;
  }

  // The text of a term, leading to a copy of ours where that is cheaper.
  std::optional<std::string> text_of(Draft& draft, const Node& node, const Term& term) {
    const auto* copy = plan.listed(node, term) ? nullptr : plan.copy_of(node, term);
    if (copy == nullptr) return term.text;
    auto known = copied.find(*term.child);
    if (known == copied.end()) {
      auto name = names.next();
      if (!name) return std::nullopt;
      known = copied.emplace(*term.child, *name).first;
      auto inner = write(*term.child, *name, nullptr);
      if (!inner) return std::nullopt;
      draft.copies.push_back(std::move(*inner));
    }
    bool redirects = term.kind == Term::Kind::redirect;
    return (redirects ? "redirect=" : "include:") + to_string(known->second);
  }

  Block& block_for(Draft& draft, Qualifier qualifier, bool for_addresses) const {
    bool fits = !draft.blocks.empty() && draft.blocks.back().qualifier == qualifier;
    // Without gathering, addresses that come after a kept term stay after it.
    if (fits && for_addresses && !gather && !draft.blocks.back().kept.empty()) fits = false;
    if (!fits) {
      draft.blocks.emplace_back();
      draft.blocks.back().qualifier = qualifier;
    }
    return draft.blocks.back();
  }
};

std::optional<Draft> Plan::draft(const std::vector<std::size_t>& terms, bool gather,
                                 FreshNames& names) const {
  return Writer{*this, names, gather}.write(0, survey_.root().domain, &terms);
}

std::vector<std::size_t> choose(const std::vector<Candidate>& candidates, std::size_t need) {
  struct Best {
    std::size_t prefixes = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> terms;
  };

  std::size_t most = 0;
  std::vector<std::size_t> everything;
  for (const auto& candidate : candidates) {
    most += candidate.saving;
    everything.push_back(candidate.term);
  }
  if (need == 0) return {};
  if (need >= most || need * candidates.size() > kMostWork) return everything;

  // best[n]: the lightest choice that saves n or more.
  std::vector<Best> best(need + 1);
  best[0].prefixes = 0;
  for (const auto& candidate : candidates) {
    for (auto n = need; n > 0; --n) {
      const auto& from = best[n - std::min(n, candidate.saving)];
      if (from.prefixes == std::numeric_limits<std::size_t>::max()) continue;
      auto prefixes = from.prefixes + candidate.prefixes;
      bool lighter = prefixes < best[n].prefixes ||
                     (prefixes == best[n].prefixes && from.terms.size() + 1 < best[n].terms.size());
      if (!lighter) continue;
      auto terms = from.terms;
      terms.push_back(candidate.term);
      best[n] = {prefixes, std::move(terms)};
    }
  }
  return best[need].terms;
}

}  // namespace mailtrust::spf
