#pragma once
// How a command says what it takes and what it does. Everything CLI11 is behind this header
// (cli/program.cpp); a command sees values, not argv.

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "base/expected.hpp"
#include "cli/context.hpp"
#include "cli/report.hpp"
#include "mailbox/mailbox.hpp"

namespace mailtrust::cli {

/// What the shell offers for a value.
/// `list` and `list_or_file`: the names of the lists in the store, asked for by the shell at the
/// time (`mailtrust list-names`).
enum class Completes { nothing, file, directory, provider, finding_id, list, list_or_file };

/// Takes one value of an option or argument. The Error's `where` may stay empty: the option's name
/// is filled in.
using Setter = std::function<Expected<void>(std::string_view)>;

/// What may be added to an option.
struct OptionSpec {
  bool required = false;
  bool repeatable = false;               ///< may be given again; each value goes to the setter
  std::vector<std::string> values = {};  ///< the only values allowed, also offered by completion
  Completes completes = Completes::nothing;
  bool hidden = false;
  std::vector<std::string> excludes = {};  ///< options that cannot be given beside this one
};

/// One input of a command that takes many: a word of the command line, or a line of --input.
struct Input {
  std::string text;
  std::string where;      ///< `FILE:LINE`, or empty for a word of the command line
  std::string from = {};  ///< the word that stands for several, of which this is one; else empty
};

/// What one word stands for. Without `at`: itself.
struct Expansion {
  std::size_t count = 1;
  std::function<std::string(std::size_t)> at = {};  ///< the input of that index, below `count`
};

/// The Error's `where` may stay empty: it is the word's.
using Expand = std::function<Expected<Expansion>(std::string_view)>;

/// Answers for one input. Called from any thread of the pool, several at once.
using Judge = std::function<Report(const Input&, Context&)>;

/// Answers for one message, whose octets it reads. Called as a Judge is.
using MessageJudge = std::function<Report(mailbox::Item&, Context&)>;

/// Where a command that does one thing writes.
class Output {
 public:
  virtual ~Output() = default;

  /// Octets as they are. Thread-safe.
  virtual void write(std::string_view octets) = 0;

  /// The page of a Report, or its line of JSON with --json; nothing with -q. Its error, if any, is
  /// told on stderr. Returns its verdict, for the command's own.
  virtual Verdict answer(const Report& report) = 0;

  virtual void complain(const Error& error) = 0;  ///< `mailtrust: WHERE: WHAT` on stderr, escaped

  /// Moves the bar on stderr, where one is wanted; cheap enough for every few thousand lines.
  /// `fraction` is 0 to 1, or nothing when the end is not known.
  virtual void progress(std::size_t done, std::optional<double> fraction) = 0;

  /// False once stdout is closed or cannot be written: there is nobody left to work for.
  [[nodiscard]] virtual bool is_open() const = 0;
};

using Action = std::function<Verdict(Context&, Output&)>;

/// Files and folders a command may write, from its options; told as Reach::writes is
/// (cli/confinement.hpp).
using Places = std::function<std::vector<std::string>(const Globals&)>;

/// How the inputs of a command are worked on.
struct Work {
  /// Default jobs: 128; one per core; four per core and at least eight, each of which may hold a
  /// message.
  enum class Kind { waits, computes, computes_and_waits };

  Kind kind = Kind::waits;
  std::size_t questions = 300;  ///< DNS questions one input may ask; 0: it asks none
  std::string key = "domain";   ///< the JSON key that names the input when it could not be judged
  Expand expand = {};           ///< where one word may stand for several inputs
  bool raw = false;             ///< messages(): files that are gzip are handed over as they are
};

/// What is to be done with the answers of inputs() and behind the last of them.
struct Ending {
  /// Told of each answer, in input order, one at a time; true: it has taken the answer, which is
  /// then not handed out. Answers with an error are handed out whatever it says. May be empty.
  std::function<bool(const Report&)> gather = {};

  /// Called once behind the last input, unless nobody reads any more; may answer. Its verdict
  /// counts like an input's. May be empty.
  std::function<Verdict(Output&)> finish = {};
};

class Command {
 public:
  class Impl;

  explicit Command(Impl& impl) : impl_(impl) {}

  /// `names` as the man page has them: "--trace" or "-s,--selector".
  Command& flag(const std::string& names, const std::string& help, bool& target);
  Command& option(const std::string& names, const std::string& metavar, const std::string& help,
                  Setter setter, OptionSpec spec = {});
  Command& option(const std::string& names, const std::string& metavar, const std::string& help,
                  std::string& target, OptionSpec spec = {});

  /// An argument of its own, before the inputs (`provider check DOMAIN PROVIDER`). A repeatable one
  /// takes all words that are left.
  Command& argument(const std::string& metavar, const std::string& help, Setter setter,
                    OptionSpec spec = {});

  /// Paragraphs shown under --help, after the options.
  Command& about(std::string text);

  /// Left out of help, completions and man pages.
  Command& hidden();

  /// No configuration file is read, so that none can be in the way.
  Command& without_config();

  /// The command takes METAVAR... and --input FILE, and answers each with one Report, in order. An
  /// empty METAVAR: no words; without --input `judge` is called once, with an empty Input.
  Command& inputs(const std::string& metavar, const std::string& help, Judge judge, Work work = {},
                  OptionSpec spec = {});

  /// For inputs() and messages().
  Command& ending(Ending ending);

  /// The same for messages: METAVAR... and the lines of --input name files, mailboxes, directories
  /// or `-`, and each message in them is answered. One that cannot be read is answered with an
  /// error beside `work.key`, and the others go on.
  Command& messages(const std::string& metavar, const std::string& help, MessageJudge judge,
                    Work work = {.kind = Work::Kind::computes_and_waits, .key = "file"});

  /// How mboxes among the messages() are quoted; looked at when the run begins, so `target` may be
  /// that of an option.
  Command& mbox_quoting(const mailbox::Quoting& target);

  /// The command does one thing: it writes octets, or answers with Reports of its own choosing.
  /// `questions`: DNS questions it may ask.
  Command& action(Action action, std::size_t questions = 300);

  /// Where it may write, asked once when the run begins; of several, all count. The kernel refuses
  /// every other file but that of --record-zone.
  Command& writes(Places places);

  /// The same for one option that names a file or folder.
  Command& writes(const std::string& target);

  /// When `wanted` is true as the run begins, the command may start other programs.
  Command& starts_programs(const bool& wanted);

 private:
  Impl& impl_;
};

/// The tree of commands under construction.
class Program {
 public:
  class Impl;

  explicit Program(Impl& impl) : impl_(impl) {}

  /// `path` is the words that name the command ("spf test"); targets of options must live as long
  /// as what was given to inputs() or action(), which is the place to hold them (a shared_ptr
  /// captured).
  Command command(const std::string& path, const std::string& summary);

  /// What the commands that begin with the word `path` are about ("spf").
  void group(const std::string& path, const std::string& summary);

 private:
  Impl& impl_;
};

/// A Judge from a parser and a function over what it makes: inputs that do not parse are answered
/// with an error beside `work.key`.
template <typename T>
Judge judge_each(Expected<T> (*parse)(std::string_view), std::string key,
                 std::function<Report(const T&, Context&)> judge) {
  return [parse, key = std::move(key), judge = std::move(judge)](const Input& input,
                                                                 Context& context) {
    auto value = parse(ascii::trim(input.text));
    if (value) return judge(*value, context);
    Report report;
    report.json(key, input.text);
    Error error = value.error();
    if (error.where.empty()) error.where = input.text;
    if (!input.where.empty()) error.where = input.where;
    return report.error(std::move(error));
  };
}

/// A line of the table of contents (commands/commands.cpp). Only what argv names is added.
struct Contents {
  std::string_view path;  ///< "spf test"; "spf" for the group
  void (*add)(Program&);
};

/// "1.0.0".
std::string_view program_version();

/// The whole process: parses argv against the commands, runs one, returns the exit status.
int run(int argc, char** argv, std::span<const Contents> commands);

}  // namespace mailtrust::cli
