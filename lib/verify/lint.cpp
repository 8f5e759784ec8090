#include "verify/lint.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/ascii.hpp"
#include "verify/conclusion.hpp"

namespace mailtrust::verify {
namespace {

using finding::Finding;

// A list of counts in words.
class Counts {
 public:
  void add(std::uint64_t count, std::string_view one, std::string_view many) {
    if (count == 0) return;
    if (!text_.empty()) text_ += ", ";
    text_ += std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
  }

  void add_line_ends(std::uint64_t bare_lf, bool others, std::uint64_t lone_cr) {
    add(others ? bare_lf : 0, "line that ends in LF alone among others with CRLF",
        "lines that end in LF alone among others with CRLF");
    add(lone_cr, "CR without LF", "CRs without LF");
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// What the header is like that no sound message's is.
std::string header_oddities(const message::Header& header) {
  const auto& odd = header.oddities();
  Counts counts;
  counts.add_line_ends(odd.bare_lf, odd.bare_lf < header.lines(), odd.lone_cr);
  counts.add(odd.nul, "NUL octet", "NUL octets");
  counts.add(odd.not_utf8, "octet that is no UTF-8", "octets that are no UTF-8");
  counts.add(odd.no_field, "line that is no field", "lines that are no fields");
  return counts.text();
}

std::string body_oddities(const Outcome& outcome) {
  const auto& header = outcome.header;
  bool has_crlf = header.oddities().bare_lf < header.lines() || outcome.line_ends.crlf > 0;
  Counts counts;
  counts.add_line_ends(outcome.line_ends.bare_lf, has_crlf, outcome.line_ends.lone_cr);
  return counts.text();
}

// What people go by when they read a message.
constexpr std::array<std::string_view, 5> kReadFirst = {"From", "Subject", "Date", "To",
                                                        "Content-Type"};

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

class Lint {
 public:
  Lint(const Outcome& outcome, const std::string& where) : outcome_(outcome), where_(where) {}

  std::vector<Finding> judge() {
    author();
    for (std::size_t i = 0; i < outcome_.dkim.size(); ++i) signature(i);
    if (outcome_.signatures_passed_over > 0)
      tell("verify.too-many-signatures",
           std::to_string(outcome_.signatures_passed_over) + " more signatures were not looked at");
    client();
    if (outcome_.arc.result == arc::Result::fail)
      tell("verify.arc-failed", "the ARC chain is broken: " + outcome_.arc.reason);
    octets();
    claims();
    bool genuine = conclude(outcome_).standing == Standing::genuine;
    for (auto& finding : findings_)
      if (genuine && finding.severity == finding::Severity::error)
        finding.severity = finding::Severity::warning;
    finding::sort_by_harm(findings_);
    return std::move(findings_);
  }

 private:
  void author() {
    const auto& evaluation = outcome_.dmarc;
    switch (evaluation.result) {
      case dmarc::Result::permerror: return by_clause("verify.author", evaluation.reason);
      case dmarc::Result::fail: return by_clause("verify.dmarc-fail", evaluation.reason);
      case dmarc::Result::temperror: return by_clause("verify.dns-trouble", evaluation.reason);
      case dmarc::Result::none: return without_policy();
      case dmarc::Result::pass: return;
    }
  }

  void without_policy() {
    auto conclusion = conclude(outcome_);
    if (conclusion.standing == Standing::unproven) tell("verify.unproven", conclusion.sentence);
    if (conclusion.standing != Standing::genuine) return;
    auto aligned = [](const dmarc::Identity& identity) {
      return identity.result == "pass" && identity.aligned == true;
    };
    if (std::ranges::none_of(outcome_.dmarc.identities, aligned))
      tell("verify.not-aligned",
           who_passes(outcome_) + ", which is not the author's " + author_domain(outcome_));
  }

  void signature(std::size_t index) {
    switch (outcome_.dkim[index].result) {
      case dkim::Result::pass: return open(index);
      case dkim::Result::fail: return changed(index);
      case dkim::Result::policy: return about(index, "verify.key-refused");
      case dkim::Result::temperror: return about(index, "verify.dns-trouble");
      case dkim::Result::permerror:
      case dkim::Result::neutral: return about(index, "verify.unusable-signature");
      case dkim::Result::none: return;
    }
  }

  // That a field may be added is so with nearly every signature; text that was is a warning.
  void open(std::size_t index) {
    const auto& verification = outcome_.dkim[index];
    if (verification.open.empty()) return;
    tell("verify.open", label(index) + joined(verification.open));
    bool used = verification.uncovered_octets > 0 || any_unsigned(verification.signature());
    if (!used) findings_.back().severity = finding::Severity::info;
  }

  // Is a field there, for people to read, that the signature does not cover?
  [[nodiscard]] bool any_unsigned(const dkim::Signature& signature) const {
    return std::ranges::any_of(kReadFirst, [&](std::string_view name) {
      auto is_it = [&](const auto& field) { return ascii::iequals(field, name); };
      auto covered = std::ranges::count_if(signature.signed_fields, is_it);
      return static_cast<std::ptrdiff_t>(outcome_.header.count(name)) > covered;
    });
  }

  void changed(std::size_t index) {
    const auto& verification = outcome_.dkim[index];
    std::vector<std::string> undone, hints;
    std::string note;
    for (const auto& explanation : outcome_.explanations) {
      if (explanation.signature != index) continue;
      note = explanation.diagnosis.note;
      for (const auto& damage : explanation.diagnosis.damages) {
        undone.push_back(damage.message);
        if (std::ranges::find(hints, damage.hint) == hints.end()) hints.push_back(damage.hint);
      }
    }
    about(index, "verify.changed");
    auto& finding = findings_.back();
    if (!undone.empty()) finding.message = label(index) + joined(undone);
    finding.hint = joined(hints);
    if (undone.empty() && !note.empty()) finding.message += "; " + note;
    if (!undone.empty() && !explained(index))
      finding.message += "; and something else, for " + verification.reason;
  }

  [[nodiscard]] bool explained(std::size_t index) const {
    auto found = std::ranges::find(outcome_.explanations, index, &Explanation::signature);
    return found->diagnosis.body_explained && found->diagnosis.header_explained;
  }

  void client() {
    if (!outcome_.spf) return tell("verify.no-client", "SPF not checked: " + outcome_.spf_unknown);
    const auto& outcome = outcome_.spf->outcome;
    if (outcome.result == spf::Result::temperror)
      tell("verify.dns-trouble", "SPF: " + outcome.problem);
  }

  void octets() {
    auto header = header_oddities(outcome_.header);
    if (!header.empty()) tell("verify.octets", "the header holds " + header);
    auto body = body_oddities(outcome_);
    if (!body.empty()) tell("verify.octets", "the body holds " + body);
  }

  void claims() {
    auto count = std::ranges::count(outcome_.claims, true, &authres::Claim::remove);
    if (count > 0)
      tell("verify.claims", std::to_string(count) +
                                " Authentication-Results in this receiver's name must be removed");
  }

  // Signatures are told apart by their place, as domain and selector may be the same.
  [[nodiscard]] std::string label(std::size_t index) const {
    const auto& signature = outcome_.dkim[index].signature();
    auto name = signature.domain.empty() ? "without a domain" : signature.domain;
    return "signature " + std::to_string(index + 1) + " (" + name + "): ";
  }

  void about(std::size_t index, finding::Id id) {
    const auto& verification = outcome_.dkim[index];
    auto finding = finding::make(id, where_, label(index) + verification.reason);
    if (!verification.clause.empty()) finding.reference = verification.clause;
    findings_.push_back(std::move(finding));
  }

  void by_clause(finding::Id id, const std::string& reason) {
    auto finding = finding::make(id, where_, reason);
    if (!outcome_.dmarc.clause.empty()) finding.reference = outcome_.dmarc.clause;
    findings_.push_back(std::move(finding));
  }

  void tell(finding::Id id, std::string message, std::string hint = {}) {
    findings_.push_back(finding::make(id, where_, std::move(message), std::move(hint)));
  }

  const Outcome& outcome_;
  const std::string& where_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> lint(const Outcome& outcome, const std::string& where) {
  return Lint(outcome, where).judge();
}

}  // namespace mailtrust::verify
