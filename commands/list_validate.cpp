// mailtrust list validate FILE...
// What is wrong with list files, and what in them is risky.
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "cli/exit_status.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_validate_report.hpp"
#include "commands/list_validate_sources.hpp"
#include "commands/list_words.hpp"
#include "commands/store_place.hpp"
#include "list/validate.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  std::vector<std::string> files;
  list::ValidateOptions validate;
  std::vector<std::string> against;
  VerdictFlags flags;
};

/// The judge of one run; what it learns about providers serves all files.
class Judge {
 public:
  Judge(const Options& options, cli::Context& context, cli::Output& output)
      : context_(context), output_(output), settings_(options.validate) {
    settings_.verdict = options.flags.verdict();
    if (compares_providers(settings_.verdict, context.globals))
      settings_.providers = [this]() -> const list::ProviderRanges& { return providers(); };
    settings_.progress = [this](std::size_t done, std::optional<double> fraction) {
      output_.progress(done, fraction);
    };
  }

  /// Before the first file.
  Expected<void> read_opponents(const std::vector<std::string>& arguments) {
    auto opponents =
        commands::read_opponents(arguments, settings_.verdict, settings_.pack, context_, output_);
    if (!opponents) return fail(opponents.error());
    settings_.against = std::move(*opponents);
    return {};
  }

  cli::Verdict operator()(const std::string& file) {
    part_pages();
    auto validation = list::validate(file, settings_);
    if (!validation) {
      cli::Report report;
      report.json("file", file).error(validation.error());
      return output_.answer(report);
    }
    tell_errors(file, *validation);
    auto report = validation_report(file, *validation, context_.globals.verbose);
    last_was_page_ = !report.findings().empty();
    if (providers_) add_unknown(report, file);
    return output_.answer(report);
  }

 private:
  // The last message that may be told is the count of those that may not.
  void tell_errors(const std::string& file, const list::Validation& validation) {
    bool all = validation.error_count == validation.errors.size();
    auto told = std::span(validation.errors).first(validation.errors.size() - (all ? 0 : 1));
    for (const auto& error : told)
      output_.complain({Error::Kind::input, place_of(file, error), error.message});
    auto more = validation.error_count - told.size();
    if (more > 0) output_.complain({Error::Kind::input, file, grouped(more) + " more errors"});
  }

  // Pages of several lines are parted from what follows.
  void part_pages() {
    if (last_was_page_ && !context_.globals.json && !context_.globals.quiet) output_.write("\n");
    last_was_page_ = false;
  }

  const list::ProviderRanges& providers() {
    if (!providers_) providers_ = provider_ranges(context_, output_);
    return *providers_;
  }

  // What could not be told is passed over only by force.
  void add_unknown(cli::Report& report, const std::string& file) {
    auto unknown = unknown_providers(*providers_, file);
    if (!unknown) return;
    report.finding(std::move(*unknown));
    if (!settings_.force) report.judge(cli::worse(report.verdict(), cli::Verdict::unknown));
  }

  cli::Context& context_;
  cli::Output& output_;
  list::ValidateOptions settings_;
  std::optional<list::ProviderRanges> providers_;
  bool last_was_page_ = false;
};

cli::Verdict judge_all(const Options& options, cli::Context& context, cli::Output& output) {
  Judge judge(options, context, output);
  auto ready = options.flags.check();
  if (ready) ready = judge.read_opponents(options.against);
  if (!ready) return output.answer(cli::Report().error(ready.error()));
  auto verdict = cli::Verdict::good;
  for (const auto& file : options.files)
    if (output.is_open()) verdict = cli::worse(verdict, judge(file));
  return verdict;
}

}  // namespace

void add_list_validate(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto file = [options](std::string_view text) -> Expected<void> {
    options->files.emplace_back(text);
    return {};
  };
  auto against = [options](std::string_view text) -> Expected<void> {
    options->against.emplace_back(text);
    return {};
  };
  auto limit = [options](std::string_view text) -> Expected<void> {
    options->validate.limit = parse_number<std::size_t>(text);
    if (options->validate.limit) return {};
    return fail(Error::Kind::usage, "", quote(text) + ": expected a number of entries, 0 for any");
  };
  program.command("list validate", "Errors, duplicates, overlaps and risky entries of list files")
      .writes(store_place)
      .argument("FILE", "lines of ENTRY;COMMENT, gzip or plain; - is standard input", file,
                {.required = true, .repeatable = true, .completes = cli::Completes::file})
      .flag("--allow", "judge the entries as those of an allow list", options->flags.allow)
      .flag("--deny", "judge the entries as those of a deny list", options->flags.deny)
      .option("--against", "FILE|NAME",
              "compare with this list, which says the opposite: a file, or a list of the store",
              against, {.repeatable = true, .completes = cli::Completes::list_or_file})
      .option("--limit", "N",
              "warn of more than N entries; 0: never (default: 500 in personal lists)", limit)
      .flag("--force", "entries that cover a large mail provider are a warning",
            options->validate.force)
      .action(
          [options](auto& context, auto& output) { return judge_all(*options, context, output); },
          limits::kProviderQuestions);
}

}  // namespace mailtrust::commands
