#include "commands/list_validate_report.hpp"

#include <array>
#include <numeric>
#include <utility>

#include "base/number.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;
using list::Code;

constexpr std::size_t kMostShown = 20;  // warnings of one kind on a page

std::string amount(std::size_t number, const std::string& singular, const std::string& plural) {
  return number == 0 ? "no " + plural : grouped(number) + ' ' + (number == 1 ? singular : plural);
}

cli::Value value_of(const list::Note& note) {
  cli::Value::Object object;
  object.emplace_back("line", note.line);
  if (note.column != 0) object.emplace_back("column", note.column);
  object.emplace_back("code", to_string(note.code));
  object.emplace_back("message", note.message);
  return object;
}

// At most `most` of each code.
cli::Value values_of(const std::vector<list::Note>& notes, std::size_t most) {
  std::array<std::size_t, list::kCodes> shown{};
  cli::Value::Array array;
  for (const auto& note : notes)
    if (++shown[static_cast<std::size_t>(note.code)] <= most) array.push_back(value_of(note));
  return array;
}

std::size_t warning_count(const list::Validation& validation) {
  return std::accumulate(validation.counts.begin(), validation.counts.end(), std::size_t{0});
}

std::string summary(const std::string& file, const list::Validation& validation) {
  return file + ": " + amount(validation.entries, "entry", "entries") + ", " +
         amount(validation.error_count, "error", "errors") + ", " +
         amount(warning_count(validation), "warning", "warnings");
}

// What the warnings of one code come to, all together.
struct Kindred {
  Code code;
  finding::Id id;
  const char* singular;
  const char* plural;
  const char* hint;
};

constexpr auto kKindred = std::to_array<Kindred>({
    {Code::host_bits, "list.host-bits", "entry has bits set behind its prefix length",
     "entries have bits set behind their prefix length",
     "write the network, or the address without a length"},
    {Code::special, "list.special-purpose", "entry is no address of the Internet",
     "entries are no addresses of the Internet", "keep it only if internal machines are meant"},
    {Code::wide, "list.wide", "entry is very wide", "entries are very wide",
     "list the networks that are meant"},
    {Code::mapped, "list.mapped", "entry is IPv4 written as IPv6",
     "entries are IPv4 written as IPv6", "write the IPv4 address"},
    {Code::duplicate, "list.duplicate", "entry is there before", "entries are there before",
     "keep one of them, with the comment that says why"},
    {Code::covered, "list.covered", "entry lies inside another one", "entries lie inside others",
     "list aggregate makes the smallest equal set"},
    {Code::contradiction, "list.contradiction", "entry contradicts another list",
     "entries contradict another list", "allow goes before deny; remove the one that is wrong"},
    {Code::too_many, "list.too-many", "list has more entries than the limit",
     "lists have more entries than the limit", "--limit N raises it, --limit 0 never warns"},
    {Code::whole_domain, "list.whole-domain", "whole domain is allowed",
     "whole domains are allowed", "allow the addresses its mail comes from"},
});

void add_provider_findings(cli::Report& report, const std::string& file,
                           const list::Validation& validation) {
  constexpr auto kHint = "deny the mailbox or domain that sends the unwanted mail instead";
  if (validation.provider_errors > 0)
    report.finding(finding::make("list.provider", file,
                                 amount(validation.provider_errors, "entry takes", "entries take") +
                                     " out a large mail provider",
                                 kHint));
  auto touched = validation.counts[static_cast<std::size_t>(Code::provider)];
  if (touched == 0) return;
  auto finding = finding::make(
      "list.provider", file,
      amount(touched, "entry takes", "entries take") + " out servers of a large mail provider",
      kHint);
  finding.severity = finding::Severity::warning;
  report.finding(std::move(finding));
}

void add_findings(cli::Report& report, const std::string& file,
                  const list::Validation& validation) {
  auto bad_lines = validation.error_count - validation.provider_errors;
  if (bad_lines > 0)
    report.finding(finding::make("list.bad-line", file,
                                 amount(bad_lines, "line", "lines") + " cannot be read",
                                 "mend them where standard error says"));
  add_provider_findings(report, file, validation);
  for (const auto& [code, id, singular, plural, hint] : kKindred) {
    auto count = validation.counts[static_cast<std::size_t>(code)];
    if (count > 0) report.finding(finding::make(id, file, amount(count, singular, plural), hint));
  }
}

void add_warnings(cli::Report& report, const list::Validation& validation, bool all) {
  auto most = all ? list::kMostNotes : kMostShown;
  report.field("warnings", values_of(validation.warnings, most),
               {.kind = Kind::table, .columns = {"line", "code", "message"}});
}

}  // namespace

std::string place_of(const std::string& file, const list::Note& note) {
  auto where = file + ':' + std::to_string(note.line);
  return note.column == 0 ? where : where + ':' + std::to_string(note.column);
}

cli::Report validation_report(const std::string& file, const list::Validation& validation,
                              bool all) {
  cli::Report report;
  report.json("file", file)
      .field("entries", validation.entries,
             {.kind = Kind::title, .label = summary(file, validation)})
      .json("errors", values_of(validation.errors, list::kMostErrors));
  add_warnings(report, validation, all);
  report.json("error_count", validation.error_count)
      .json("warning_count", warning_count(validation))
      .findings({})
      .judge(validation.error_count > 0 ? cli::Verdict::bad : cli::Verdict::good);
  add_findings(report, file, validation);
  return report;
}

std::optional<finding::Finding> unknown_providers(const list::ProviderRanges& ranges,
                                                  const std::string& file) {
  auto unknown = ranges.unknown();
  if (unknown.empty()) return std::nullopt;
  auto text = "could not tell whether an entry covers " + unknown.front()->provider;
  if (unknown.size() > 1) text += " or " + std::to_string(unknown.size() - 1) + " more providers";
  return finding::make("list.provider-unknown", file, text + ": " + unknown.front()->unknown,
                       "ask again, or another resolver with --resolver");
}

}  // namespace mailtrust::commands
