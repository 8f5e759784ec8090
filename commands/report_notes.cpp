#include "commands/report_notes.hpp"

#include <utility>

#include "base/counted.hpp"
#include "commands/report_inputs.hpp"

namespace mailtrust::commands {
namespace {

constexpr std::size_t kMostKept = 1000;

bool is_damage(const finding::Finding& finding) {
  return finding.id == "report.damaged";
}

}  // namespace

void ReportNotes::pass_over(const std::string& name) {
  std::lock_guard lock(mutex_);
  if (passed_over_++ == 0 || name < first_name_) first_name_ = name;
}

void ReportNotes::add(finding::Finding finding) {
  if (kept_.size() < kMostKept) kept_.push_back(std::move(finding));
}

void ReportNotes::take_damage(const cli::Report& report) {
  for (const auto& finding : report.findings())
    if (is_damage(finding)) add(finding);
}

void ReportNotes::complain_of_damage(cli::Output& output) const {
  for (const auto& finding : kept_)
    if (is_damage(finding)) output.complain({Error::Kind::input, finding.where, finding.message});
}

std::optional<Error> ReportNotes::nothing_but_others() const {
  if (passed_over_ == 0) return std::nullopt;
  return Error{Error::Kind::input, first_name_,
               "nothing but " + std::string(other_.name) + "s: " + std::string(other_.command) +
                   " reads them"};
}

std::vector<finding::Finding> ReportNotes::findings() const {
  auto findings = kept_;
  if (duplicates_ > 0)
    findings.push_back(finding::make(
        "report.duplicate", {}, counted(duplicates_, "report") + " given before, counted once"));
  if (passed_over_ > 0)
    findings.push_back(finding::make("report.other-kind", {},
                                     counted(passed_over_, other_.name) + " passed over",
                                     std::string(other_.command) + " reads them"));
  return findings;
}

}  // namespace mailtrust::commands
