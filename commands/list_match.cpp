// mailtrust list match --list FILE|NAME... [FILE...]
// grep for the addresses of lists: the lines of logs that hold one.
#include <algorithm>
#include <memory>
#include <thread>
#include <utility>

#include "base/escape.hpp"
#include "cli/exit_status.hpp"
#include "cli/program.hpp"
#include "cli/screen.hpp"
#include "commands/commands.hpp"
#include "commands/list_match_run.hpp"
#include "commands/list_sources.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  std::vector<std::string> lists;
  std::vector<std::string> files;
  bool invert = false;
  bool count = false;
  bool only_matching = false;
  bool with_filename = false;
};

// More threads than this wait for memory.
constexpr unsigned kMostJobs = 8;

unsigned jobs_of(const cli::Globals& globals) {
  auto jobs = globals.jobs.value_or(std::min(std::thread::hardware_concurrency(), kMostJobs));
  return std::max(jobs, 1U);
}

list::Selection selection_of(const Options& options) {
  if (options.invert) return list::Selection::others;
  return options.only_matching ? list::Selection::addresses : list::Selection::matching;
}

// Lines for a screen: safe, but tabs stay.
void append_safe(std::string& out, std::string_view line) {
  while (true) {
    auto tab = line.find('\t');
    out += escape_unsafe(line.substr(0, tab));
    if (tab == std::string_view::npos) return;
    out += '\t';
    line.remove_prefix(tab + 1);
  }
}

// Writes selected lines: as they are, or each with the name of its file, or made safe.
class LineWriter {
 public:
  LineWriter(const Options& options, const cli::Screen& screen, cli::Output& output)
      : files_(options.files),
        named_(options.with_filename),
        safe_(screen.terminal),
        output_(output) {}

  void write(const list::LogPiece& piece, const list::Selected& selected) {
    bool goes_on = piece.within_line && selected.has_first;
    bool cut = open_ && piece.within_line && !goes_on;
    if (selected.octets.empty()) {
      if (cut) end_line();
      return;
    }
    if (open_ && !goes_on) end_line();
    if (named_ || safe_) {
      output_.write(dressed(selected.octets, files_[piece.file], goes_on));
    } else {
      output_.write(selected.octets);
    }
    open_ = selected.octets.back() != '\n';
  }

 private:
  void end_line() {
    output_.write("\n");
    open_ = false;
  }

  [[nodiscard]] std::string dressed(std::string_view lines, const std::string& file,
                                    bool goes_on) const {
    std::string out;
    for (bool inside = goes_on; !lines.empty(); inside = false) {
      auto end = lines.find('\n');
      if (named_ && !inside) out += (safe_ ? escape_unsafe(file) : file) + ':';
      if (safe_) {
        append_safe(out, lines.substr(0, end));
      } else {
        out += lines.substr(0, end);
      }
      if (end == std::string_view::npos) break;
      out += '\n';
      lines.remove_prefix(end + 1);
    }
    return out;
  }

  const std::vector<std::string>& files_;
  bool named_;
  bool safe_;
  cli::Output& output_;
  bool open_ = false;  // the last line written has no line feed yet
};

cli::Verdict match(const Options& given, cli::Context& context, cli::Output& output) {
  auto options = given;
  if (options.files.empty()) options.files.emplace_back("-");
  ListSources sources(context, output);
  auto set = sources.read(options.lists);
  if (!set) return sources.verdict();
  list::AddressIndex index(std::move(*set));
  const auto& globals = context.globals;
  bool prints = !options.count && !globals.quiet;
  list::Matcher matcher(index, selection_of(options), prints);
  LineWriter writer(options, cli::look_at(1, globals), output);

  MatchRun plan;
  plan.files = options.files;
  plan.jobs = jobs_of(globals);
  plan.stops_at_first = globals.quiet;
  plan.work = [&](const list::LogPiece& piece, list::Selected& selected) {
    matcher.run(piece.text(), selected);
  };
  plan.hand_out = [&](const list::LogPiece& piece, const list::Selected& selected) {
    writer.write(piece, selected);
  };
  auto tally = run(plan, output);
  if (options.count && !globals.quiet) output.write(std::to_string(tally.selected) + '\n');
  if (tally.failed) return cli::Verdict::unusable;
  return tally.selected > 0 ? cli::Verdict::good : cli::Verdict::bad;
}

cli::Setter appended_to(std::vector<std::string>& words) {
  return [&words](std::string_view word) -> Expected<void> {
    words.emplace_back(word);
    return {};
  };
}

}  // namespace

void add_list_match(cli::Program& program) {
  auto options = std::make_shared<Options>();
  program.command("list match", "grep for addresses: the lines that hold one of a list")
      .argument("FILE", "a log, plain or gzip, or - for standard input (the default)",
                appended_to(options->files),
                {.repeatable = true, .completes = cli::Completes::file})
      .option("--list", "FILE|NAME", "a list of addresses to look for", appended_to(options->lists),
              {.required = true, .repeatable = true, .completes = cli::Completes::file})
      .flag("--invert", "print the lines that hold none", options->invert)
      .flag("-c,--count", "print how many lines there are instead", options->count)
      .flag("-o,--only-matching", "print the addresses alone, one a line", options->only_matching)
      .flag("-H,--with-filename", "print the name of the file before each line",
            options->with_filename)
      .action([options](cli::Context& context,
                        cli::Output& output) { return match(*options, context, output); },
              0);
}

}  // namespace mailtrust::commands
