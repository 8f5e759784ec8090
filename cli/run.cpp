// The process from its command line to its exit status.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <new>
#include <utility>

#include "cli/batch.hpp"
#include "cli/confinement.hpp"
#include "cli/exit_status.hpp"
#include "cli/help.hpp"
#include "cli/interrupt.hpp"
#include "cli/raw_output.hpp"
#include "cli/resolvers.hpp"
#include "cli/slot.hpp"
#include "cli/suggest.hpp"

namespace mailtrust::cli {
namespace {

constexpr int kUsage = 2;
constexpr int kUnknown = 3;

/// Which command argv names: the path of a command or group, and the arguments without its words.
struct Named {
  std::string path;
  std::vector<std::string> arguments;
};

class Process {
 public:
  Process(std::vector<std::string> args, std::span<const Contents> commands)
      : args_(std::move(args)), commands_(commands) {}

  int run() {
    auto named = find_command();
    if (!named) return refuse(named.error());
    auto program = parser_.shape();
    const auto* command = program.find(named->path);
    auto arguments = sort_arguments(named->arguments, program, *command);
    if (!arguments) return refuse(arguments.error());
    if (command->is_group() || named->path.empty()) return run_group(*named, *arguments);
    auto plan = parser_.parse(named->path, *arguments);
    if (!plan) return refuse(plan.error());
    if (parser_.asked().version) return show(version());
    if (parser_.asked().help) return show_help(named->path);
    return run_plan(*plan);
  }

 private:
  static std::string version() { return "mailtrust " MAILTRUST_VERSION "\n"; }

  // Builds the branch of the tree that argv names, and no more.
  Expected<Named> find_command() {
    auto words = command_words(args_, parser_.shape());
    Named named{{}, args_};
    if (words.empty()) return named;
    bool known = false;
    for (const auto& line : commands_) {
      bool exact = words.size() > 1 && line.path == words[0].text + ' ' + words[1].text;
      bool inside = line.path == words[0].text || line.path.starts_with(words[0].text + ' ');
      known = known || inside;
      if (exact) return take(named, line.path, words);
    }
    if (!known) return unknown_command(words[0].text, {});
    add_branch(words[0].text);
    if (words.size() > 1 && !is_command(words[0].text))
      return unknown_command(words[1].text, words[0].text);
    words.resize(1);
    return take(named, words[0].text, words);
  }

  Expected<Named> take(Named named, std::string_view path, const std::vector<CommandWord>& words) {
    named.path = path;
    if (words.size() > 1) add_exactly(path);
    for (std::size_t i = words.size(); i-- > 0;)
      named.arguments.erase(named.arguments.begin() + static_cast<std::ptrdiff_t>(words[i].place));
    return named;
  }

  void add_exactly(std::string_view path) {
    for (const auto& line : commands_)
      if (line.path == path) parser_.add(line);
  }

  void add_branch(const std::string& word) {
    for (const auto& line : commands_)
      if (line.path == word || line.path.starts_with(word + ' ')) parser_.add(line);
  }

  [[nodiscard]] bool is_command(const std::string& path) const {
    auto program = parser_.shape();
    const auto* command = program.find(path);
    return command != nullptr && !command->is_group();
  }

  [[nodiscard]] Unexpected unknown_command(const std::string& word,
                                           const std::string& group) const {
    std::vector<std::string> paths;
    for (const auto& line : commands_) {
      if (line.path.find(' ') == std::string_view::npos) paths.emplace_back(line.path);
      if (!group.empty() && line.path.starts_with(group + ' ')) paths.emplace_back(line.path);
    }
    auto typed = group.empty() ? word : group + ' ' + word;
    auto advice = suggestion(typed, paths);
    if (advice.empty()) advice = "; mailtrust --help lists all of them";
    return fail(Error::Kind::usage, typed, "unknown command" + advice);
  }

  // No command: the version or help that was asked for, or help as the answer to too little.
  int run_group(const Named& named, const std::vector<Argument>& arguments) {
    for (const auto& argument : arguments)
      if (argument.option == nullptr) return refuse(unknown_command(argument.text, {}).value());
    auto parsed = parser_.parse({}, arguments);
    if (parser_.asked().version) return show(version());
    if (parser_.asked().help) return show_help(named.path);
    if (!parsed) return refuse(parsed.error());
    Globals globals = parser_.globals();
    auto text = whole_help(named.path, look_at(2, globals));
    std::fputs(text.c_str(), stderr);
    return kUsage;
  }

  std::string whole_help(const std::string& path, const Screen& screen) {
    return help(shape_of(commands_), path, screen);
  }

  int show_help(const std::string& path) {
    return show(whole_help(path, look_at(1, parser_.globals())));
  }

  int show(std::string_view text) {
    Stdout out;
    out.append(text);
    out.flush();
    return ended(out, Verdict::good);
  }

  int refuse(const Error& error) {
    Console(parser_.globals()).complain(error);
    return kUsage;
  }

  static int refuse_settings(Console& console) {
    console.finish();
    return kUsage;
  }

  // Nothing can be said on a stdout that fails but by the exit status.
  int ended(Stdout& out, Verdict verdict) {
    if (out.state() == Stdout::State::closed) return 0;
    if (out.state() == Stdout::State::open) return exit_status(verdict);
    Console(parser_.globals())
        .complain(
            {Error::Kind::temporary, "standard output", "cannot be written: " + out.failure()});
    return kUnknown;
  }

  Expected<void> check_inputs(const Plan& plan) const {
    const auto& globals = parser_.globals();
    if (auto good = check(globals); !good) return good;
    bool wants_words = plan.judges_inputs() && !plan.metavar.empty();
    if (wants_words && plan.inputs.empty() && globals.input.empty())
      return fail(Error::Kind::usage, plan.metavar, missing(plan.path));
    if (plan.action && !globals.input.empty())
      return fail(Error::Kind::usage, "--input", plan.path + " takes no inputs");
    return {};
  }

  static Reach reach_of(const Plan& plan, const Globals& globals) {
    Reach reach{{globals.record_zone}, plan.starts_programs != nullptr && *plan.starts_programs};
    for (const auto& places : plan.places)
      for (auto& place : places(globals)) reach.writes.push_back(std::move(place));
    return reach;
  }

  int run_plan(const Plan& plan) {
    if (auto good = check_inputs(plan); !good) return refuse(good.error());
    auto globals = parser_.globals();
    Console console(globals);
    auto errors = plan.reads_config ? read_config(globals) : std::vector<Error>{};
    for (const auto& error : errors) console.complain(error);
    if (!errors.empty()) return refuse_settings(console);
    confine(reach_of(plan, globals));
    Stdout out;
    Resolvers resolvers(globals);
    watch_signals([&] {
      out.end();
      static_cast<void>(resolvers.finish());
      console.clear();  // last, as stderr may be a pipe that nobody reads
    });
    Run run{globals, resolvers,           out,
            console, look_at(1, globals), globals.at.value_or(std::time(nullptr))};
    auto verdict = work(plan, run, resolvers);
    out.flush();
    if (auto trouble = resolvers.trouble()) console.complain(*trouble);
    console.finish();
    if (auto failure = resolvers.finish()) {
      console.complain(*failure);
      verdict = worse(verdict, Verdict::unknown);
    }
    auto status = ended(out, verdict);
    if (out.state() != Stdout::State::open) std::_Exit(status);
    return status;
  }

  static Verdict work(const Plan& plan, const Run& run, Resolvers& resolvers) {
    bool asks = plan.work.questions > 0;
    auto errors = asks ? resolvers.prepare() : std::vector<Error>{};
    for (const auto& error : errors) run.console.complain(error);
    if (!errors.empty()) return Verdict::unusable;
    if (plan.judges_inputs()) return judge_all(plan, run);
    auto inquiry = make_inquiry(run, plan.work.questions);
    Context context{inquiry, run.globals, run.now};
    RawOutput output(run, &inquiry);
    return plan.action(context, output);
  }

  std::vector<std::string> args_;
  std::span<const Contents> commands_;
  Parser parser_;
};

// Where there is no memory nothing that needs some may be called: stderr has no buffer.
int complain_of_no_memory() {
  std::fputs("mailtrust: out of memory\n", stderr);
  return kUnknown;
}

int complain_of_a_bug(const char* what) {
  // No Console: it would allocate, and memory may be what is missing.
  std::fprintf(stderr, "mailtrust: internal error: %s\n", what);
  return kUnknown;
}

}  // namespace

std::string_view program_version() {
  return MAILTRUST_VERSION;
}

int run(int argc, char** argv, std::span<const Contents> commands) {
  try {
    prepare_process();
    std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
    return Process(std::move(args), commands).run();
  } catch (const std::bad_alloc&) {
    return complain_of_no_memory();
  } catch (const std::exception& exception) {
    return complain_of_a_bug(exception.what());
  } catch (...) {
    return complain_of_a_bug("unknown exception");
  }
}

}  // namespace mailtrust::cli
