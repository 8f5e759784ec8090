// Limits, includes, and what DNS says. RFC 7208 sections 4.6.4, 5.2 and 6.1.
#include <algorithm>

#include "base/escape.hpp"
#include "base/limits.hpp"
#include "provider/provider.hpp"
#include "spf/lint_rules.hpp"
#include "spf/survey_term.hpp"

namespace mailtrust::spf {
namespace {

// From here on the next include is likely to break the record.
constexpr std::size_t kNear = limits::kSpfLookupTerms - 1;

std::string counts(const Cost& cost) {
  auto text = std::to_string(cost.lookups) + " lookup terms are evaluated";
  if (cost.written != cost.lookups) text += ", " + std::to_string(cost.written) + " are written";
  if (cost.with_hosts != cost.lookups)
    text += ", " + std::to_string(cost.with_hosts) + " with the hosts of mx";
  return text;
}

void judge_lookup_count(Lint& lint, const Node& root) {
  constexpr auto kMost = limits::kSpfLookupTerms;
  const auto& cost = root.total;
  auto where = to_string(root.domain);
  auto flatten =
      "remove what you no longer use, or list addresses instead: mailtrust spf flatten " +
      to_string(root.domain);
  if (cost.lookups > kMost) {
    lint.add("spf.too-many-lookups", where,
             counts(cost) + "; more than " + std::to_string(kMost) + " are a permanent error",
             flatten);
  } else if (cost.written > kMost || cost.with_hosts > kMost) {
    lint.add("spf.lookups-disputed", where,
             counts(cost) + "; by the standard only the first number counts, and it may be " +
                 std::to_string(kMost),
             flatten);
  } else if (cost.lookups >= kNear) {
    lint.add("spf.near-lookup-limit", where,
             std::to_string(cost.lookups) + " of the " + std::to_string(kMost) +
                 " lookups are used: a provider's next change may break the record",
             flatten);
  }
}

// Without its redirect a record would have no end, so that one stays.
void take_out(Lint& lint, const Node& node, const Term& term) {
  if (term.kind == Term::Kind::directive) lint.take_out(node, term.column);
}

void judge_void_count(Lint& lint, const Node& root) {
  constexpr auto kMost = limits::kSpfVoidLookups;
  const auto& cost = root.total;
  auto where = to_string(root.domain);
  if (cost.voids > kMost) {
    for (const auto& term : root.terms)
      if (term.own.voids > 0 && term.addresses.empty()) take_out(lint, root, term);
    lint.add("spf.too-many-voids", where,
             std::to_string(cost.voids) + " lookups find nothing; more than " +
                 std::to_string(kMost) + " are a permanent error",
             "remove the terms that name what is not there");
    return;
  }
  for (auto family : {net::Family::v4, net::Family::v6}) {
    bool v4 = family == net::Family::v4;
    auto voids = v4 ? cost.voids_v4 : cost.voids_v6;
    if (voids <= kMost) continue;
    lint.add("spf.voids-by-family", where,
             "for senders with an " + std::string(v4 ? "IPv4" : "IPv6") + " address " +
                 std::to_string(voids) + " lookups find nothing; more than " +
                 std::to_string(kMost) + " are a permanent error",
             "put the terms that match your own senders first, or name hosts by ip4: and ip6:");
  }
}

// Who was meant by a name at which nothing is.
std::string missing_hint(Lint& lint, const Node& node, const Term& term) {
  auto target = term.name ? to_string(*term.name) : term.text;
  const auto* provider = provider::by_wrong_spf(target);
  take_out(lint, node, term);
  if (provider != nullptr && provider->spf.empty() && lint.is_own(node))
    return std::string(provider->name) + " needs no include; remove it";
  bool one_name =
      provider != nullptr && provider->spf.find_first_of(" {") == std::string_view::npos;
  if (one_name && !provider->spf.empty() && term.kind == Term::Kind::directive)
    lint.correct(node, term.column, "include:" + std::string(provider->spf));
  if (provider != nullptr && !provider->spf.empty())
    return std::string(provider->name) + " gives its customers " + std::string(provider->spf);
  if (!lint.is_own(node)) return "tell the owner of " + to_string(node.domain);
  return "remove it, or write the name that the service gives today";
}

void judge_child(Lint& lint, const Node& node, const Term& term, const Node& child) {
  auto text = quote(term.text);
  switch (child.status) {
    case RecordStatus::undetermined:
      return lint.add("spf.dns-trouble", node, term.column,
                      text + ": DNS did not tell (" + child.unknown_reason + ')',
                      "try again later");
    case RecordStatus::missing:
      return lint.add("spf.include-missing", node, term.column,
                      text + ": " + to_string(child.domain) + " has no SPF record",
                      missing_hint(lint, node, term));
    case RecordStatus::several:
      take_out(lint, node, term);
      return lint.add("spf.include-broken", node, term.column,
                      text + ": " + to_string(child.domain) + " has " +
                          std::to_string(child.texts.size()) + " SPF records",
                      "tell its owner, or remove it");
    case RecordStatus::found: break;
  }
  if (child.parsed.valid()) return;
  const auto& error = child.parsed.errors.front();
  take_out(lint, node, term);
  lint.add("spf.include-broken", node, term.column,
           text + ": error in that record at " + to_string(child.domain) + ':' +
               std::to_string(error.column) + ": " + error.message,
           "tell its owner, or remove it");
}

bool leads_on(const Node& node, const Term& term) {
  const auto* mechanism = mechanism_of(term, node.parsed.record);
  return term.kind == Term::Kind::redirect ||
         (mechanism != nullptr && std::holds_alternative<Include>(*mechanism));
}

std::string void_message(const Node& node, const Term& term) {
  auto text = quote(term.text);
  auto owner = " in the record of " + to_string(node.domain);
  if (term.mx_names > 0) return text + owner + ": an exchange has no address";
  return text + owner + ": " + (term.name ? to_string(*term.name) : "") + " is not there";
}

void judge_answers(Lint& lint, const Node& node, const Term& term) {
  if (term.bad_name) {
    take_out(lint, node, term);
    lint.add("spf.bad-name", node, term.column,
             quote(term.text) + " names no domain and matches nobody",
             "correct the name, or remove the term");
  }
  if (term.unknown_v4 || term.unknown_v6)
    lint.add("spf.dns-trouble", node, term.column,
             quote(term.text) + ": DNS did not tell (" + term.unknown_reason + ')',
             "try again later");
  if (term.own.voids > 0) {
    // An mx of which one exchange has no address still names the others.
    if (term.addresses.empty()) take_out(lint, node, term);
    lint.add("spf.void-lookup", node, term.column, void_message(node, term),
             "remove it, or correct the name");
  }
  if (term.mx_names > limits::kSpfNames)
    lint.add("spf.too-many-mx", node, term.column,
             quote(term.text) + " leads to " + std::to_string(term.mx_names) +
                 " exchanges; more than " + std::to_string(limits::kSpfNames) +
                 " are a permanent error",
             "name the hosts that send by a: or their addresses by ip4: and ip6:");
}

}  // namespace

void judge_limits(Lint& lint, const Node& root) {
  judge_lookup_count(lint, root);
  judge_void_count(lint, root);
}

void judge_targets(Lint& lint, const Node& node) {
  for (const auto& term : node.terms) {
    if (!term.reached || !leads_on(node, term)) continue;
    if (term.unlistable) {
      lint.add("spf.macro-include", node, term.column,
               quote(term.text) +
                   " leads to a record that depends on the message: what it "
                   "authorizes and costs beyond one lookup cannot be listed",
               "test single addresses: mailtrust spf test " +
                   to_string(lint.survey().root().domain) + " --ip ADDRESS");
    } else if (term.loop) {
      take_out(lint, node, term);
      lint.add("spf.include-loop", node, term.column,
               quote(term.text) + " leads back to a record that led here", "remove it");
    } else if (term.child) {
      judge_child(lint, node, term, lint.survey().nodes[*term.child]);
    } else {
      take_out(lint, node, term);
      lint.add("spf.include-missing", node, term.column, quote(term.text) + " names no domain",
               "correct the name, or remove the term");
    }
  }
}

void judge_lookups(Lint& lint, const Node& node) {
  for (const auto& term : node.terms) {
    if (!term.reached || term.kind != Term::Kind::directive || leads_on(node, term)) continue;
    judge_answers(lint, node, term);
    const auto* mechanism = mechanism_of(term, node.parsed.record);
    if (std::holds_alternative<Ptr>(*mechanism) && lint.is_own(node)) {
      take_out(lint, node, term);
      lint.add("spf.ptr", node, term.column, quote(term.text) + " should not be used",
               "name the hosts by a: or their addresses by ip4: and ip6:");
    }
  }
}

}  // namespace mailtrust::spf
