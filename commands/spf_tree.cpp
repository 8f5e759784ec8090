#include "commands/spf_tree.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "commands/spf_words.hpp"
#include "spf/partition.hpp"
#include "spf/survey_term.hpp"

namespace mailtrust::commands {
namespace {

using cli::Value;

// Runs of addresses in other people's records that are longer are shown as one line.
constexpr std::size_t kLongestRun = 4;

// JSON numbers of ours have 63 bits.
std::int64_t clamped(std::uint64_t number) {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(std::min<std::uint64_t>(number, kMost));
}

bool is_network(const spf::Node& node, const spf::Term& term) {
  if (term.kind != spf::Term::Kind::directive) return false;
  const auto& mechanism = node.parsed.record.directives[term.index].mechanism;
  return std::holds_alternative<spf::Ip4>(mechanism) || std::holds_alternative<spf::Ip6>(mechanism);
}

class Tree {
 public:
  explicit Tree(const spf::Survey& survey)
      : survey_(survey), authorized_(spf::authorized(survey)), shown_(survey.nodes.size()) {}

  Value terms(std::size_t index) {
    shown_[index] = true;
    const auto& node = survey_.nodes[index];
    Value::Array out;
    for (std::size_t i = 0; i < node.terms.size();) {
      auto end = index == 0 ? i + 1 : end_of_run(node, i);
      bool together = end - i > kLongestRun;
      out.push_back(together ? run(node, i, end) : one(node, node.terms[i]));
      i = together ? end : i + 1;
    }
    return out;
  }

 private:
  // Behind the addresses that begin at `begin` and are judged alike.
  static std::size_t end_of_run(const spf::Node& node, std::size_t begin) {
    auto alike = [&](std::size_t i) {
      return is_network(node, node.terms[i]) &&
             node.terms[i].reached == node.terms[begin].reached &&
             directive_of(node, node.terms[i])->qualifier ==
                 directive_of(node, node.terms[begin])->qualifier;
    };
    auto end = begin;
    if (!is_network(node, node.terms[begin])) return begin + 1;
    while (end < node.terms.size() && alike(end)) ++end;
    return end;
  }

  Value run(const spf::Node& node, std::size_t begin, std::size_t end) {
    auto first = node.terms[begin];
    std::vector<net::Range> ranges;
    for (auto i = begin; i < end; ++i)
      for (const auto& range : node.terms[i].addresses.ranges()) ranges.push_back(range);
    first.addresses = net::PrefixSet::of(ranges);
    first.text += " and " + std::to_string(end - begin - 1) + " more";
    return one(node, first);
  }

  Value one(const spf::Node& node, const spf::Term& term) {
    Value::Object out;
    out.emplace_back("term", term.text);
    out.emplace_back("mechanism", name(node, term));
    if (const auto* directive = directive_of(node, term))
      out.emplace_back("qualifier", std::string(1, static_cast<char>(directive->qualifier)));
    out.emplace_back("column", term.column);
    if (term.name) out.emplace_back("domain", to_string(*term.name));
    out.emplace_back("lookups", term.total.lookups);
    out.emplace_back("void_lookups", term.total.voids);
    add_addresses(out, term);
    out.emplace_back("evaluated", term.reached);
    auto owner = owner_of(node, term);
    auto note = note_of(term);
    if (!owner.empty()) out.emplace_back("provider", owner);
    if (!note.empty()) out.emplace_back("note", note);
    if (!owner.empty() || !note.empty())
      out.emplace_back("remark", owner + (owner.empty() || note.empty() ? "" : "; ") + note);
    if (term.child && !term.loop && !shown_[*term.child]) add_child(out, *term.child);
    return out;
  }

  static const spf::Directive* directive_of(const spf::Node& node, const spf::Term& term) {
    if (term.kind != spf::Term::Kind::directive) return nullptr;
    return &node.parsed.record.directives[term.index];
  }

  static std::string name(const spf::Node& node, const spf::Term& term) {
    if (term.kind == spf::Term::Kind::redirect) return "redirect";
    if (term.kind == spf::Term::Kind::explanation) return "exp";
    return std::string(name_of(directive_of(node, term)->mechanism));
  }

  void add_addresses(Value::Object& out, const spf::Term& term) const {
    const auto& set = term.child && !term.loop ? authorized_[*term.child] : term.addresses;
    if (set.empty()) return;
    out.emplace_back("addresses", short_amount(set));
    out.emplace_back("ipv4_addresses", set.count_v4());
    out.emplace_back("ipv6_networks", clamped(set.count_v6_networks()));
  }

  [[nodiscard]] std::string note_of(const spf::Term& term) const {
    if (!term.reached) return "never reached";
    if (term.loop) return "leads back here";
    if (term.kind == spf::Term::Kind::explanation) return {};
    if (term.unlistable) return "depends on the message";
    if (term.bad_name) return "no domain name";
    if (term.unknown_v4 || term.unknown_v6) return "could not tell: " + term.unknown_reason;
    if (!term.child) return term.own.voids > 0 ? "not there" : "";
    const auto& child = survey_.nodes[*term.child];
    switch (child.status) {
      case spf::RecordStatus::undetermined: return "could not tell: " + child.unknown_reason;
      case spf::RecordStatus::missing: return "no SPF record";
      case spf::RecordStatus::several: return "several SPF records";
      case spf::RecordStatus::found: break;
    }
    if (!child.parsed.valid()) return "error in the record";
    return shown_[*term.child] ? "shown before" : "";
  }

  void add_child(Value::Object& out, std::size_t child) {
    if (survey_.nodes[child].texts.size() == 1)
      out.emplace_back("record", survey_.nodes[child].texts.front());
    if (!survey_.nodes[child].terms.empty()) out.emplace_back("mechanisms", terms(child));
  }

  const spf::Survey& survey_;
  std::vector<net::PrefixSet> authorized_;
  std::vector<bool> shown_;
};

}  // namespace

Value mechanisms_value(const spf::Survey& survey) {
  return Tree(survey).terms(0);
}

cli::Style mechanisms_style() {
  return {.kind = cli::Style::Kind::tree,
          .label = "terms",
          .columns = {"term", "lookups", "void_lookups:voids", "addresses", "remark:"},
          .children = "mechanisms"};
}

}  // namespace mailtrust::commands
