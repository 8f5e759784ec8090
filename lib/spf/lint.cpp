#include "spf/lint.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "dns/txt_line.hpp"
#include "spf/lint_rules.hpp"
#include "spf/partition.hpp"
#include "spf/publish.hpp"

namespace mailtrust::spf {
namespace {

void judge_own(Lint& lint, const Node& node) {
  judge_syntax(lint, node);
  judge_order(lint, node);
  judge_repetition(lint, node);
  judge_modifiers(lint, node);
  judge_coverage(lint, node);
  judge_size(lint, node);
}

// The records whose end is the end of the evaluation: the first, and where redirects lead.
std::vector<std::size_t> redirect_chain(const Survey& survey) {
  std::vector<std::size_t> chain = {0};
  while (chain.size() <= survey.nodes.size()) {
    const auto& terms = survey.nodes[chain.back()].terms;
    auto redirect = std::ranges::find(terms, Term::Kind::redirect, &Term::kind);
    if (redirect == terms.end() || !redirect->reached || !redirect->child || redirect->loop) break;
    chain.push_back(*redirect->child);
  }
  return chain;
}

void judge_emptiness(Lint& lint) {
  const auto& survey = lint.survey();
  if (!survey.root().usable() || survey.undetermined()) return;
  Decisions decisions;
  auto partitions = partition(survey, decisions);
  if (!partitions) return;
  const auto& whole = partitions->front();
  // Only where every result is a definite no: a permerror is told as what it is.
  for (auto ruling : {Ruling::pass, Ruling::depends, Ruling::permerror, Ruling::none})
    if (!whole.where(ruling).empty()) return;
  lint.add("spf.authorizes-nobody", to_string(survey.root().domain),
           "the record authorizes no address to send mail",
           "right for a domain that sends no mail; otherwise name its servers in the record");
}

bool names_sender(const Record& record) {
  auto names = [](const Directive& directive) {
    return !std::holds_alternative<All>(directive.mechanism);
  };
  return record.redirect || std::ranges::any_of(record.directives, names);
}

// Was somebody to be authorized? Then a record without any term of that kind is nothing to paste.
bool means_sender(const Node& node) {
  if (!node.parsed.valid()) return true;
  return std::ranges::any_of(node.terms, [&](const Term& term) {
    return term.reached && term.kind == Term::Kind::directive &&
           !std::holds_alternative<All>(node.parsed.record.directives[term.index].mechanism);
  });
}

}  // namespace

bool Lint::is_own(const Node& node) const {
  return node.domain.is_within(survey_.root().domain);
}

void Lint::add(finding::Id id, std::string where, std::string message, std::string hint) {
  const Node* mended = std::exchange(noted_, nullptr);
  if (++counts_[std::string(id.text())] > kMostOfOne) return;
  told_.push_back(
      {finding::make(id, std::move(where), std::move(message), std::move(hint)), mended});
}

void Lint::add(finding::Id id, const Node& node, std::size_t column, std::string message,
               std::string hint) {
  add(id, to_string(node.domain) + ':' + std::to_string(column), std::move(message),
      std::move(hint));
}

bool Lint::is_full(std::string_view id) const {
  auto known = counts_.find(id);
  return known != counts_.end() && known->second >= kMostOfOne;
}

void Lint::note(const Node& node, std::size_t column, std::string term) {
  if (!is_own(node)) return;
  edits_[&node].insert_or_assign(column, std::move(term));
  noted_ = &node;
}

void Lint::take_out(const Node& node, std::size_t column) {
  note(node, column, {});
}

void Lint::replace(const Node& node, std::size_t column, std::string term) {
  // A term that another rule takes out stays out.
  auto known = edits_[&node].find(column);
  if (known != edits_[&node].end() && known->second.empty()) return;
  note(node, column, std::move(term));
}

void Lint::correct(const Node& node, std::size_t column, std::string term) {
  note(node, column, std::move(term));
}

void Lint::append(const Node& node, std::string term) {
  note(node, node.parsed.record.text.size() + 1, std::move(term));
}

// The record with every noted edit, beside the first finding that noted one.
void Lint::offer(Told& told) {
  auto edits = edits_.find(told.mended);
  if (edits == edits_.end()) return;
  auto text = edited(told.mended->parsed.record.text, edits->second);
  if (!names_sender(parse_record(text).record) && means_sender(*told.mended)) return;
  if (edits->second.size() > 1) told.finding.hint += "; this mends all that can be mended here";
  told.finding.hint += paste(*this, *told.mended, text);
  edits_.erase(edits);
}

std::vector<finding::Finding> Lint::take() {
  for (auto told = told_.rbegin(); told != told_.rend(); ++told) {
    auto& count = counts_[told->finding.id];
    if (count <= kMostOfOne) continue;
    told->finding.message += " (and " + std::to_string(count - kMostOfOne) + " more of this kind)";
    count = 0;
  }
  std::ranges::stable_sort(told_, {}, [](const Told& told) { return told.finding.severity; });
  std::vector<finding::Finding> findings;
  findings.reserve(told_.size());
  for (auto& told : told_) {
    if (told.mended != nullptr) offer(told);
    findings.push_back(std::move(told.finding));
  }
  return findings;
}

std::string paste(const Lint& lint, const Node& node, const std::string& text) {
  return lint.is_own(node) ? '\n' + dns::txt_line(node.domain, text) : std::string();
}

std::vector<finding::Finding> lint(const Survey& survey) {
  Lint lint(survey);
  judge_presence(lint, survey.root());
  for (auto index : reached_nodes(survey)) {
    const auto& node = survey.nodes[index];
    if (node.status != RecordStatus::found) continue;
    if (lint.is_own(node)) judge_own(lint, node);
    judge_addresses(lint, node);
    judge_targets(lint, node);
    judge_lookups(lint, node);
  }
  for (auto index : redirect_chain(survey)) judge_ending(lint, survey.nodes[index]);
  judge_limits(lint, survey.root());
  judge_emptiness(lint);
  return lint.take();
}

bool is_broken(const std::vector<finding::Finding>& findings) {
  return std::ranges::find(findings, finding::Severity::error, &finding::Finding::severity) !=
         findings.end();
}

}  // namespace mailtrust::spf
