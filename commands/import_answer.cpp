#include "commands/import_answer.hpp"

#include <string>
#include <utility>

#include "base/counted.hpp"
#include "base/number.hpp"
#include "cli/exit_status.hpp"
#include "commands/import_rejects.hpp"
#include "commands/list_actor.hpp"
#include "commands/list_words.hpp"
#include "commands/spf_words.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

// Beside them come the count of the others and what to do.
constexpr std::size_t kFaultsTold = 990;

constexpr std::size_t kFindingsShown = 20;

cli::Value faults_value(const list::ImportedFile& file) {
  cli::Value::Array out;
  for (const auto& rejected : file.faults)
    out.emplace_back(cli::Value::Object{{"line", rejected.line},
                                        {"column", rejected.fault.column},
                                        {"code", to_string(rejected.fault.code)},
                                        {"message", rejected.fault.message}});
  return out;
}

cli::Report begin_report(const list::ImportOptions& options, const list::ImportedFile& file) {
  cli::Report report;
  report.json("file", file.file).json("list", options.list);
  return report;
}

// Every bad line, as far as one wants to read them.
void tell_faults(const list::ImportOutcome& outcome, cli::Output& output) {
  std::size_t told = 0;
  for (const auto& file : outcome.files)
    for (const auto& rejected : file.faults)
      if (told++ < kFaultsTold)
        output.complain(
            {Error::Kind::input, place_of(file.file, rejected), rejected.fault.message});
  if (outcome.rejected > kFaultsTold)
    output.complain(
        {Error::Kind::input, "", grouped(outcome.rejected - kFaultsTold) + " more bad lines"});
}

Error why_refused(const list::ImportOutcome& outcome, const list::ImportedFile& file) {
  if (file.failure) return *file.failure;
  if (outcome.vetted.stops)
    return {Error::Kind::input, file.file,
            "nothing was imported because of what was found about its entries; --force imports it"};
  if (file.rejected == 0)
    return {Error::Kind::input, file.file,
            "not imported: other files cannot be, and it is all or nothing"};
  auto message = "nothing was imported because of " + counted(file.rejected, "bad line");
  if (outcome.lines > 0)
    message += "; --skip-invalid imports the other " + counted(outcome.lines, "line");
  return {Error::Kind::input, file.file, std::move(message)};
}

// What vetting found goes with the file it is about.
void add_findings(cli::Report& report, const list::ImportOutcome& outcome,
                  const list::ImportedFile& file) {
  for (const auto& finding : outcome.vetted.findings)
    if (finding.where.starts_with(file.file + ':')) report.finding(finding);
  report.show_findings(kFindingsShown);
}

cli::Verdict answer_refused(const list::ImportOptions& options, const list::ImportOutcome& outcome,
                            cli::Output& output) {
  if (!options.skip_invalid) tell_faults(outcome, output);
  auto verdict = cli::Verdict::good;
  for (const auto& file : outcome.files) {
    auto report = begin_report(options, file);
    report.json("rejected", file.rejected).json("errors", faults_value(file));
    add_findings(report, outcome, file);
    report.error(why_refused(outcome, file));
    verdict = cli::worse(verdict, output.answer(report));
  }
  return verdict;
}

std::string change_text(const list::ImportedFile& file) {
  std::string out;
  auto say = [&](std::uint64_t number, const char* what) {
    if (number > 0) out += (out.empty() ? "" : ", ") + grouped(number) + ' ' + what;
  };
  say(file.added, "added");
  say(file.updated, "updated");
  say(file.removed, "removed");
  if (out.empty()) out = "nothing changed";
  say(file.unchanged, "unchanged");
  say(file.repeated, "repeated");
  say(file.rejected, "rejected");
  return out;
}

cli::Value gone_value(const list::ImportOutcome& outcome) {
  cli::Value::Array out;
  for (const auto& gone : outcome.gone)
    out.emplace_back(
        cli::Value::Object{{"entry", to_string(gone.entry)}, {"comment", gone.comment}});
  return out;
}

std::string made_text(const list::ImportOutcome& outcome, bool dry_run) {
  return outcome.list.name + (dry_run ? " would be made, " : " was made, ") + kind_of(outcome.list);
}

cli::Report report_of(const list::ImportOptions& options, const list::ImportOutcome& outcome,
                      const list::ImportedFile& file, bool is_last) {
  auto report = begin_report(options, file);
  auto where = file.file + (options.dry_run ? " would go into " : " to ") + options.list + ": ";
  report
      .field("result", change_text(file), {.kind = Kind::title, .label = where + change_text(file)})
      .json("added", file.added)
      .json("updated", file.updated)
      .json("unchanged", file.unchanged)
      .json("removed", file.removed)
      .json("rejected", file.rejected)
      .json("repeated", file.repeated)
      .json("dry_run", options.dry_run);
  if (outcome.made) report.field("made", made_text(outcome, options.dry_run), {.label = "list"});
  if (file.rejected > 0 && file.file != "-" && !options.dry_run)
    report.field("rejects", file.file + ".rejects");
  if (file.rejected > 0) report.json("errors", faults_value(file));
  if (is_last && !outcome.gone.empty())
    report.field("gone", gone_value(outcome),
                 {.kind = Kind::table,
                  .label = options.dry_run ? "would go" : "gone",
                  .columns = {"entry", "comment"}});
  add_findings(report, outcome, file);
  if (is_last && outcome.first_exclusive) report.finding(exclusive_begins(outcome.list));
  if (file.rejected > 0) report.judge(cli::Verdict::bad);
  return report;
}

}  // namespace

cli::Verdict answer_import(const list::ImportOptions& options, const list::ImportOutcome& outcome,
                           cli::Output& output) {
  if (outcome.refused) return answer_refused(options, outcome, output);
  auto verdict = cli::Verdict::good;
  for (const auto& file : outcome.files) {
    auto report = report_of(options, outcome, file, &file == &outcome.files.back());
    verdict = cli::worse(verdict, output.answer(report));
  }
  return verdict;
}

}  // namespace mailtrust::commands
