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
#include "commands/list_validate_report.hpp"
#include "list/provider_lookup.hpp"
#include "list/validate.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  std::vector<std::string> files;
  list::ValidateOptions validate;
  std::vector<list::Origin> against;
  bool allow = false;
  bool deny = false;
  bool force = false;
};

// DNS is asked for what providers publish only by who denies, or names whom to ask.
bool compares_providers(const Options& options, const cli::Globals& globals) {
  bool named = !globals.zones.empty() || !globals.resolvers.empty();
  return options.deny || (named && !options.allow);
}

/// The judge of one run; what it learns about providers serves all files.
class Judge {
 public:
  Judge(const Options& options, cli::Context& context, cli::Output& output)
      : context_(context), output_(output), settings_(options.validate) {
    settings_.force = options.force;
    if (options.allow) settings_.verdict = list::Verdict::allow;
    if (options.deny) settings_.verdict = list::Verdict::deny;
    if (compares_providers(options, context.globals))
      settings_.providers = [this]() -> const list::ProviderRanges& { return providers(); };
    settings_.progress = [this](std::size_t done, std::optional<double> fraction) {
      output_.progress(done, fraction);
    };
  }

  /// Before the first file. What cannot be compared with is told.
  bool read_opponents(const std::vector<list::Origin>& origins) {
    list::Reading reading{context_.globals.store, context_.now,
                          [this](const Error& error) { output_.complain(error); }};
    for (const auto& origin : origins) {
      auto opponents = list::Opponents::read(origin, reading, settings_.pack);
      if (!opponents) output_.complain(opponents.error());
      if (!opponents) return false;
      settings_.against.push_back(std::move(*opponents));
    }
    return true;
  }

  cli::Verdict operator()(const std::string& file) {
    auto validation = list::validate(file, settings_);
    if (!validation) {
      cli::Report report;
      report.json("file", file).error(validation.error());
      return output_.answer(report);
    }
    for (const auto& error : validation->errors)
      output_.complain({Error::Kind::input, place_of(file, error), error.message});
    auto report = validation_report(file, *validation, context_.globals.verbose);
    if (providers_) add_unknown(report, file);
    return output_.answer(report);
  }

 private:
  const list::ProviderRanges& providers() {
    if (!providers_) {
      auto looked = list::look_up_providers({&context_.resolver, {}, context_.now});
      if (looked.cache_trouble) output_.complain(*looked.cache_trouble);
      providers_ = std::move(looked.ranges);
    }
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
};

cli::Verdict refuse(cli::Output& output) {
  output.complain({Error::Kind::usage, "--allow", "cannot be used together with --deny"});
  return cli::Verdict::unusable;
}

}  // namespace

void add_list_validate(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto file = [options](std::string_view text) -> Expected<void> {
    options->files.emplace_back(text);
    return {};
  };
  auto against = [options](std::string_view text) -> Expected<void> {
    options->against.push_back(list::origin_of(text));
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
      .option("--against", "FILE|NAME",
              "compare with this list, which says the opposite: a file, or a list of the store",
              against, {.repeatable = true, .completes = cli::Completes::file})
      .option("--limit", "N", "warn of more than N entries (500 in personal lists; 0: never)",
              limit)
      .flag("--force", "entries that cover a large mail provider are a warning", options->force)
      .action(
          [options](cli::Context& context, cli::Output& output) {
            auto verdict = cli::Verdict::good;
            if (options->allow && options->deny) return refuse(output);
            Judge judge(*options, context, output);
            if (!judge.read_opponents(options->against)) return cli::Verdict::unusable;
            for (const auto& name : options->files)
              if (output.is_open()) verdict = cli::worse(verdict, judge(name));
            return verdict;
          },
          list::kProviderQuestions);
}

}  // namespace mailtrust::commands
