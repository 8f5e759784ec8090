#include "spf/partition.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "spf/survey_term.hpp"

namespace mailtrust::spf {
namespace {

using Regions = Partition::Regions;

Regions all_of(Ruling ruling) {
  return {{Decisions::result(ruling), sender_addresses()}};
}

void add(Regions& regions, Decisions::Id id, const net::PrefixSet& set) {
  if (set.empty()) return;
  auto& region = regions[id];
  region = region | set;
}

// What `first` says nothing of, `rest` decides.
Regions overlaid(Regions first, const Regions& rest) {
  net::PrefixSet taken;
  for (const auto& [id, set] : first) taken = taken | set;
  for (const auto& [id, set] : rest) add(first, id, set - taken);
  return first;
}

// `set` gets `id`, whatever it had before.
Regions overwrite(const Regions& regions, Decisions::Id id, const net::PrefixSet& set) {
  Regions first;
  add(first, id, set & sender_addresses());
  return overlaid(std::move(first), regions);
}

// Macros whose value depends on <domain> mean something else in another record.
bool names_domain(const DomainSpec& spec) {
  return std::ranges::any_of(spec.parts, [](const auto& part) {
    const auto* macro = std::get_if<MacroExpand>(&part);
    return macro != nullptr && (macro->letter == 'd' || macro->letter == 'p');
  });
}

// A condition's text: the same in two records only when it means the same.
std::string condition_of(std::string text, const DomainSpec* spec, const dns::Name& domain) {
  if (spec == nullptr || names_domain(*spec)) text += " at " + to_string(domain.lowered());
  return text;
}

// Works through each record from its end: what a directive does not match, the rest decides.
class Partitioner {
 public:
  Partitioner(const Survey& survey, Decisions& decisions)
      : survey_(survey), decisions_(decisions), done_(survey.nodes.size()) {}

  const Regions& regions(std::size_t index) {
    if (done_[index]) return *done_[index];
    done_[index] = all_of(Ruling::permerror);  // for who comes back here by a loop
    done_[index] = of_node(survey_.nodes[index]);
    too_many_ = too_many_ || done_[index]->size() > kMaxRegions;
    return *done_[index];
  }

  [[nodiscard]] bool gave_up() const { return too_many_ || decisions_.full(); }

 private:
  Regions of_node(const Node& node) {
    if (node.status == RecordStatus::undetermined) return all_of(Ruling::temperror);
    if (node.status == RecordStatus::missing) return all_of(Ruling::none);
    if (!node.usable()) return all_of(Ruling::permerror);

    const auto& directives = node.parsed.record.directives;
    auto regions = tail(node);
    for (auto end = directives.size(); end > 0 && !gave_up();) {
      auto begin = start_of_run(node, end);
      if (end - begin > 1) {
        regions = overlaid(matches(node, begin, end), regions);
      } else if (node.terms[begin].reached) {
        regions = before(node, node.terms[begin], directives[begin], std::move(regions));
      }
      end = begin;
    }
    return regions;
  }

  // Directives that only compare addresses are taken together, so that the work does not grow with
  // the square of their number.
  static std::size_t start_of_run(const Node& node, std::size_t end) {
    auto begin = end - 1;
    if (!is_plain(node, begin)) return begin;
    while (begin > 0 && is_plain(node, begin - 1)) --begin;
    return begin;
  }

  static bool is_plain(const Node& node, std::size_t index) {
    const auto& term = node.terms[index];
    if (!term.reached || term.unlistable || term.unknown_v4 || term.unknown_v6) return false;
    const auto& mechanism = node.parsed.record.directives[index].mechanism;
    return std::holds_alternative<Ip4>(mechanism) || std::holds_alternative<Ip6>(mechanism) ||
           std::holds_alternative<A>(mechanism);
  }

  // Whom plain directives match, each address by the first that does. By halves: a set that grew
  // directive by directive would be copied as often.
  static Regions matches(const Node& node, std::size_t begin, std::size_t end) {
    const auto& directives = node.parsed.record.directives;
    auto qualifier = directives[begin].qualifier;
    auto change = begin + 1;
    while (change < end && directives[change].qualifier == qualifier) ++change;
    if (change < end) {
      auto middle = begin + (end - begin) / 2;
      return overlaid(matches(node, begin, middle), matches(node, middle, end));
    }
    Regions out;
    add(out, match_of(directives[begin]), union_of(node, begin, end) & sender_addresses());
    return out;
  }

  static net::PrefixSet union_of(const Node& node, std::size_t begin, std::size_t end) {
    std::vector<net::Range> all;
    for (auto i = begin; i < end; ++i)
      for (const auto& range : node.terms[i].addresses.ranges()) all.push_back(range);
    return net::PrefixSet::of(all);
  }

  static Decisions::Id match_of(const Directive& directive) {
    return Decisions::result(ruling_of(directive.qualifier));
  }

  // RFC 7208 section 4.7: neutral when nothing matches, unless a redirect takes over.
  Regions tail(const Node& node) {
    auto redirect = std::ranges::find(node.terms, Term::Kind::redirect, &Term::kind);
    if (redirect == node.terms.end() || !redirect->reached) return all_of(Ruling::neutral);
    if (redirect->unlistable) {
      auto condition =
          condition_of(redirect->text, &node.parsed.record.redirect->domain, node.domain);
      return {{decisions_.elsewhere(condition), sender_addresses()}};
    }
    if (!redirect->child || redirect->loop) return all_of(Ruling::permerror);
    Regions out;
    for (const auto& [id, set] : regions(*redirect->child)) add(out, Decisions::redirect(id), set);
    return out;
  }

  // What the record says from this directive on, when `rest` is what it says after it.
  Regions before(const Node& node, const Term& term, const Directive& directive, Regions rest) {
    auto match = match_of(directive);
    const auto& mechanism = directive.mechanism;
    if (std::holds_alternative<All>(mechanism)) return {{match, sender_addresses()}};
    if (std::holds_alternative<Include>(mechanism) && !term.unlistable)
      return including(term, match, rest);
    // RFC 7208 section 4.8: what is no name matches nothing.
    if (term.bad_name) return rest;
    if (term.unlistable)
      return asking(condition_of(spf::to_string(mechanism), domain_spec(mechanism), node.domain),
                    match, rest);
    // RFC 7208 section 4.6.4.
    if (term.mx_names > limits::kSpfNames) return all_of(Ruling::permerror);

    auto temperror = Decisions::result(Ruling::temperror);
    if (term.unknown_v4)
      rest = overwrite(rest, temperror, sender_addresses().only(net::Family::v4));
    if (term.unknown_v6)
      rest = overwrite(rest, temperror, sender_addresses().only(net::Family::v6));
    return overwrite(rest, match, term.addresses);
  }

  Regions asking(const std::string& condition, Decisions::Id match, const Regions& rest) {
    Regions out;
    for (const auto& [id, set] : rest) add(out, decisions_.choose(condition, match, id), set);
    return out;
  }

  Regions including(const Term& term, Decisions::Id match, const Regions& rest) {
    // RFC 7208 section 5.2: a target without a record is a permerror; a bad name has none.
    if (!term.child || term.loop) return all_of(Ruling::permerror);
    Regions out;
    for (const auto& [inner, inner_set] : regions(*term.child))
      for (const auto& [id, set] : rest)
        add(out, decisions_.include(inner, match, id), inner_set & set);
    return out;
  }

  const Survey& survey_;
  Decisions& decisions_;
  std::vector<std::optional<Regions>> done_;
  bool too_many_ = false;
};

net::PrefixSet without_mapped() {
  net::PrefixSet mapped;
  mapped.insert(*net::Prefix::read("::ffff:0:0/96"));
  return net::PrefixSet::everything() - mapped;
}

}  // namespace

Partition::Partition(Regions regions) : regions_(std::move(regions)) {
  std::erase_if(regions_, [](const auto& region) { return region.second.empty(); });
}

net::PrefixSet Partition::where(Ruling ruling) const {
  net::PrefixSet out;
  for (const auto& [id, set] : regions_)
    if (Decisions::ruling(id) == ruling) out = out | set;
  return out;
}

Ruling Partition::at(const net::Address& address) const {
  auto sender = address.unmapped();
  for (const auto& [id, set] : regions_)
    if (set.contains(sender)) return Decisions::ruling(id);
  return Ruling::none;
}

const net::PrefixSet& sender_addresses() {
  static const net::PrefixSet set = without_mapped();
  return set;
}

std::optional<std::vector<Partition>> partition(const Survey& survey, Decisions& decisions) {
  Partitioner partitioner(survey, decisions);
  std::vector<Partition> out;
  for (std::size_t i = 0; i < survey.nodes.size(); ++i) {
    out.emplace_back(partitioner.regions(i));
    if (partitioner.gave_up()) return std::nullopt;
  }
  return out;
}

Partition whole_partition(const Survey& survey) {
  Decisions decisions;
  auto partitions = partition(survey, decisions);
  return partitions ? std::move(partitions->front()) : Partition();
}

std::vector<net::PrefixSet> authorized(const Survey& survey) {
  Decisions decisions;
  std::vector<net::PrefixSet> out(survey.nodes.size());
  auto partitions = partition(survey, decisions);
  for (std::size_t i = 0; partitions && i < out.size(); ++i)
    out[i] = (*partitions)[i].where(Ruling::pass);
  return out;
}

}  // namespace mailtrust::spf
