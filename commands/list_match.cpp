// mailtrust list match --list FILE|NAME... [FILE...]
// grep for the addresses of lists: the lines of logs that hold one.
#include <algorithm>
#include <memory>
#include <thread>
#include <utility>

#include <unistd.h>

#include "cli/exit_status.hpp"
#include "cli/program.hpp"
#include "cli/screen.hpp"
#include "commands/commands.hpp"
#include "commands/list_match_entries.hpp"
#include "commands/list_match_lines.hpp"
#include "commands/list_match_run.hpp"
#include "commands/list_sources.hpp"
#include "commands/store_place.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  std::vector<std::string> lists;
  std::vector<std::string> files;
  bool invert = false;
  bool count = false;
  bool only_matching = false;
  bool with_filename = false;
  bool record = false;
};

// More threads than this wait for memory.
constexpr unsigned kMostJobs = 8;

unsigned jobs_of(const cli::Globals& globals) {
  auto jobs = globals.jobs.value_or(std::min(std::thread::hardware_concurrency(), kMostJobs));
  return std::max(jobs, 1U);
}

Expected<void> check(const Options& options, const cli::Context& context) {
  auto arguments = options.lists;
  arguments.insert(arguments.end(), options.files.begin(), options.files.end());
  if (auto good = check_lists(arguments, 1); !good) return good;
  if (options.invert && options.only_matching)
    return fail(Error::Kind::usage, "--only-matching",
                "lines that --invert prints hold no address of the list");
  bool kept = std::ranges::any_of(options.lists, [&](const auto& argument) {
    return list::origin_of(argument, context.globals.store).kind == list::Origin::Kind::kept;
  });
  if (options.record && !kept)
    return fail(Error::Kind::usage, "--record",
                "only for lists that are kept in the store; name one with --list");
  return {};
}

list::Selection selection_of(const Options& options) {
  if (options.invert) return list::Selection::others;
  bool addresses = options.only_matching && !options.count;
  return addresses ? list::Selection::addresses : list::Selection::matching;
}

class Match {
 public:
  Match(Options options, cli::Context& context, cli::Output& output)
      : options_(std::move(options)),
        context_(context),
        output_(output),
        writer_(options_.files,
                {options_.with_filename && !context.globals.json,
                 !context.globals.json && cli::look_at(STDOUT_FILENO, context.globals).terminal},
                output) {
    if (options_.files.empty()) options_.files.emplace_back("-");
  }

  cli::Verdict run() {
    ListSources sources(context_, output_);
    if (!read(sources)) return sources.verdict();
    auto tally = commands::run(plan(), output_);
    if (options_.count && !context_.globals.quiet) tell_count(tally.selected);
    if (tally.failed) return cli::Verdict::unusable;
    auto verdict = tally.selected > 0 ? cli::Verdict::good : cli::Verdict::bad;
    bool recorded = !options_.record || entries_.record(context_, output_);
    return recorded ? verdict : cli::Verdict::unknown;
  }

 private:
  [[nodiscard]] bool tells_json() const {
    return context_.globals.json && !context_.globals.quiet && !options_.count;
  }

  bool read(ListSources& sources) {
    if (tells_json() || options_.record) {
      if (!entries_.read(options_.lists, context_, sources)) return false;
      index_ = &entries_.addresses();
      return true;
    }
    auto set = sources.read(options_.lists);
    if (!set) return false;
    index_ = &addresses_.emplace(std::move(*set));
    return true;
  }

  MatchRun plan() {
    MatchRun plan;
    plan.files = options_.files;
    plan.jobs = jobs_of(context_.globals);
    plan.counts_lines = tells_json();
    plan.stops_at_first = context_.globals.quiet && !options_.record;
    plan.work = [this](const list::LogPiece& piece, list::Selected& selected) {
      work(piece, selected);
    };
    plan.hand_out = [this](const list::LogPiece& piece, const list::Selected& selected) {
      writer_.write(piece, selected);
    };
    return plan;
  }

  void work(const list::LogPiece& piece, list::Selected& selected) {
    if (options_.record) entries_.remember(piece.text());
    if (tells_json())
      return entries_.tell(piece, options_.files[piece.file], options_.invert, selected);
    bool keeps_octets = !options_.count && !context_.globals.quiet;
    list::Matcher(*index_, selection_of(options_), keeps_octets).run(piece.text(), selected);
  }

  void tell_count(std::size_t count) {
    cli::Report report;
    report.field("count", count, {.kind = cli::Style::Kind::title});
    output_.answer(report);
  }

  Options options_;
  cli::Context& context_;
  cli::Output& output_;
  LineWriter writer_;
  MatchEntries entries_;
  std::optional<list::AddressIndex> addresses_;
  const list::AddressIndex* index_ = nullptr;
};

}  // namespace

void add_list_match(cli::Program& program) {
  auto options = std::make_shared<Options>();
  program.command("list match", "grep for addresses: the lines that hold one of a list")
      .writes(store_place)
      .argument("FILE", "a log, plain or gzip; - or none for standard input",
                words_setter(options->files),
                {.repeatable = true, .completes = cli::Completes::file})
      .option("--list", "FILE|NAME", "a list whose addresses are looked for",
              words_setter(options->lists),
              {.required = true, .repeatable = true, .completes = cli::Completes::list_or_file})
      .flag("--invert", "print the lines that hold none", options->invert)
      .flag("-c,--count", "print how many lines there are instead", options->count)
      .flag("-o,--only-matching", "print the addresses alone, one a line", options->only_matching)
      .flag("-H,--with-filename", "print the name of the file before each line",
            options->with_filename)
      .flag("--record", "keep in the store when entries matched, for list stale", options->record)
      .action(
          [options](cli::Context& context, cli::Output& output) {
            auto usable = check(*options, context);
            if (usable) return Match(*options, context, output).run();
            output.complain(usable.error());
            return cli::Verdict::unusable;
          },
          0);
}

}  // namespace mailtrust::commands
