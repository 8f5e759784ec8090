// mailtrust list validate FILE...
// What is wrong with list files, and what in them is risky.
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/escape.hpp"
#include "base/number.hpp"
#include "cli/exit_status.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "list/validate.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

struct Options {
  std::vector<std::string> files;
  list::ValidateOptions validate;
  bool allow = false;
  bool deny = false;
  bool force = false;
};

std::string place(const std::string& file, const list::Note& note) {
  auto where = file + ':' + std::to_string(note.line);
  return note.column == 0 ? where : where + ':' + std::to_string(note.column);
}

cli::Value value_of(const list::Note& note) {
  cli::Value::Object object;
  object.emplace_back("line", note.line);
  if (note.column != 0) object.emplace_back("column", note.column);
  object.emplace_back("code", to_string(note.code));
  object.emplace_back("message", note.message);
  return object;
}

cli::Value values_of(const std::vector<list::Note>& notes) {
  cli::Value::Array array;
  for (const auto& note : notes) array.push_back(value_of(note));
  return array;
}

std::string amount(std::size_t number, const std::string& singular, const std::string& plural) {
  if (number == 0) return "no " + plural;
  return grouped(number) + ' ' + (number == 1 ? singular : plural);
}

std::size_t warning_count(const list::Validation& validation) {
  std::size_t sum = 0;
  for (auto count : validation.counts) sum += count;
  return sum;
}

std::string summary(const std::string& file, const list::Validation& validation) {
  return file + ": " + amount(validation.entries, "entry", "entries") + ", " +
         amount(validation.error_count, "error", "errors") + ", " +
         amount(warning_count(validation), "warning", "warnings");
}

cli::Report report_of(const std::string& file, const list::Validation& validation) {
  cli::Report report;
  report.json("file", file)
      .field("entries", validation.entries,
             {.kind = Kind::title, .label = summary(file, validation)})
      .json("errors", values_of(validation.errors))
      .field("warnings", values_of(validation.warnings),
             {.kind = Kind::table, .columns = {"line", "code", "message"}})
      .json("error_count", validation.error_count)
      .json("warning_count", warning_count(validation))
      .findings({})
      .judge(validation.error_count > 0 ? cli::Verdict::bad : cli::Verdict::good);
  return report;
}

cli::Verdict judge(const std::string& file, const Options& options, cli::Output& output) {
  auto settings = options.validate;
  settings.progress = [&](std::size_t done, std::optional<double> fraction) {
    output.progress(done, fraction);
  };
  auto validation = list::validate(file, settings);
  if (!validation) {
    cli::Report report;
    report.json("file", file).error(validation.error());
    return output.answer(report);
  }
  for (const auto& error : validation->errors)
    output.complain({Error::Kind::input, place(file, error), error.message});
  return output.answer(report_of(file, *validation));
}

}  // namespace

void add_list_validate(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto file = [options](std::string_view text) -> Expected<void> {
    options->files.emplace_back(text);
    return {};
  };
  auto limit = [options](std::string_view text) -> Expected<void> {
    options->validate.limit = parse_number<std::size_t>(text);
    if (options->validate.limit) return {};
    return fail(Error::Kind::usage, "", quote(text) + ": expected a number of entries, 0 for any");
  };
  program.command("list validate", "Errors, duplicates, overlaps and risky entries of list files")
      .argument("FILE", "lines of ENTRY;COMMENT, gzip or plain; - is standard input", file,
                {.required = true, .repeatable = true, .completes = cli::Completes::file})
      .flag("--allow", "judge the entries as those of an allow list", options->allow)
      .flag("--deny", "judge the entries as those of a deny list", options->deny)
      .option("--limit", "N", "warn of more than N entries (500 in personal lists; 0: never)",
              limit)
      .flag("--force", "entries that cover a large mail provider are a warning", options->force)
      .action([options](cli::Context&, cli::Output& output) {
        auto verdict = cli::Verdict::good;
        if (options->allow) options->validate.verdict = list::Verdict::allow;
        if (options->deny) options->validate.verdict = list::Verdict::deny;
        for (const auto& name : options->files) {
          if (!output.is_open()) break;
          verdict = cli::worse(verdict, judge(name, *options, output));
        }
        return verdict;
      });
}

}  // namespace mailtrust::commands
