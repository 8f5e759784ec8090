// Terms that do nothing, or not what they seem to. RFC 7208 sections 5 and 6.
#include <algorithm>
#include <set>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "spf/lint_rules.hpp"
#include "spf/suggest.hpp"

namespace mailtrust::spf {
namespace {

bool is_all(const Directive& directive) {
  return std::holds_alternative<All>(directive.mechanism);
}

void judge_unreached(Lint& lint, const Node& node) {
  std::string terms;
  std::size_t column = 0;
  for (const auto& term : node.terms) {
    if (term.kind != Term::Kind::directive || term.reached) continue;
    lint.take_out(node, term.column);
    if (terms.empty()) column = term.column;
    terms += (terms.empty() ? "" : " ") + term.text;
  }
  if (!terms.empty())
    lint.add("spf.after-all", node, column,
             "never reached, because \"all\" stands before: " + terms,
             "move \"all\" to the end if they were meant, else remove them");
}

void judge_redirect(Lint& lint, const Node& node) {
  auto redirect = std::ranges::find(node.terms, Term::Kind::redirect, &Term::kind);
  if (redirect == node.terms.end() || redirect->reached) return;
  lint.take_out(node, redirect->column);
  lint.add("spf.redirect-ignored", node, redirect->column,
           quote(redirect->text) + " is ignored, because the record has an \"all\"",
           "remove it, or remove \"all\" if the other record should decide");
}

bool is_explanation(const std::string& text) {
  return parse_macro_string(text, MacroPlace::explanation).valid();
}

void judge_explanation(Lint& lint, const Node& node, const Term& term) {
  if (!term.bad_name && (!term.name || !term.unknown_reason.empty())) return;
  std::string what;
  if (term.bad_name) {
    what = "names no domain";
  } else if (term.texts.size() != 1) {
    what = "leads to " + std::to_string(term.texts.size()) + " TXT records; expected one";
  } else if (!is_explanation(term.texts.front())) {
    what = "leads to a text with a faulty macro: " + quote(term.texts.front());
  } else {
    return;
  }
  lint.take_out(node, term.column);
  lint.add("spf.exp-problem", node, term.column, quote(term.text) + ' ' + what,
           "publish one TXT record there, or remove the modifier");
}

}  // namespace

void judge_order(Lint& lint, const Node& node) {
  judge_unreached(lint, node);
  judge_redirect(lint, node);
}

// The end of the record that decides about strangers.
void judge_ending(Lint& lint, const Node& node) {
  if (!node.usable() || !lint.is_own(node)) return;
  const auto& record = node.parsed.record;
  auto all = std::ranges::find_if(record.directives, is_all);
  if (all == record.directives.end()) {
    if (record.redirect) return;
    lint.append(node, "~all");
    lint.add("spf.no-all", node, record.text.size() + 1,
             "the record ends without \"all\" or redirect=: strangers are neutral",
             "end it with -all, or ~all while you are looking for your senders");
  } else if (all->qualifier == Qualifier::neutral) {
    lint.replace(node, all->column, "~all");
    lint.add("spf.neutral-all", node, all->column, "\"?all\" says nothing about strangers",
             "use -all, or ~all while you are looking for your senders");
  }
}

void judge_repetition(Lint& lint, const Node& node) {
  std::set<std::string> seen;
  const auto& record = node.parsed.record;
  for (const auto& directive : record.directives) {
    if (is_all(directive)) return;
    auto spelling = ascii::to_lower(to_string(directive.mechanism));
    if (seen.insert(spelling).second) continue;
    lint.take_out(node, directive.column);
    lint.add("spf.duplicate-term", node, directive.column,
             quote(directive.text) + " repeats a term of the record and never decides anything",
             "remove it");
  }
}

void judge_modifiers(Lint& lint, const Node& node) {
  for (const auto& modifier : node.parsed.record.unknown) {
    auto better = suggest(modifier.text);
    if (!better) continue;
    lint.replace(node, modifier.column, *better);
    lint.add("spf.unknown-modifier", node, modifier.column,
             quote(modifier.text) + " is an unknown modifier, which receivers ignore",
             "did you mean " + quote(*better) + '?');
  }
  for (const auto& term : node.terms)
    if (term.kind == Term::Kind::explanation) judge_explanation(lint, node, term);
}

}  // namespace mailtrust::spf
