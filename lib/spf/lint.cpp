#include "spf/lint.hpp"

#include <algorithm>
#include <utility>

#include "dns/txt_line.hpp"
#include "spf/lint_rules.hpp"
#include "spf/partition.hpp"

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

}  // namespace

bool Lint::is_own(const Node& node) const {
  return node.domain.is_within(survey_.root().domain);
}

void Lint::add(finding::Id id, std::string where, std::string message, std::string hint) {
  if (++counts_[std::string(id.text())] > kMostOfOne) return;
  findings_.push_back(finding::make(id, std::move(where), std::move(message), std::move(hint)));
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

std::vector<finding::Finding> Lint::take() {
  for (auto finding = findings_.rbegin(); finding != findings_.rend(); ++finding) {
    auto& count = counts_[finding->id];
    if (count <= kMostOfOne) continue;
    finding->message += " (and " + std::to_string(count - kMostOfOne) + " more of this kind)";
    count = 0;
  }
  finding::sort_by_harm(findings_);
  return std::move(findings_);
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
