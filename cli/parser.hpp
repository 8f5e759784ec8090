#pragma once
// The tree of commands as CLI11 holds it, behind a wall: cli/program.cpp is the only file that
// includes CLI11.

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cli/argv.hpp"
#include "cli/globals.hpp"
#include "cli/shape.hpp"

namespace mailtrust::cli {

/// What a command line came to: what the command does, and with which words.
struct Plan {
  std::string path;
  std::vector<std::string> inputs;
  std::string metavar;                        ///< of the inputs
  Judge judge;                                ///< or
  MessageJudge message_judge;                 ///< or `action`
  const mailbox::Quoting* quoting = nullptr;  ///< of mboxes; null: found out
  Work work;
  bool reads_config = true;
  Ending ending;
  Action action;
  std::vector<Places> places;
  const bool* starts_programs = nullptr;

  [[nodiscard]] bool judges_inputs() const { return judge || message_judge; }

  [[nodiscard]] bool acts() const { return judges_inputs() || action; }
};

class Parser {
 public:
  Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser();

  /// Adds the commands `contents` tells of.
  void add(const Contents& contents);

  /// A walk over the tree.
  [[nodiscard]] CommandShape shape() const;

  /// Gives the arguments to the command and runs the setters of its options. `--help` and
  /// `--version` among them are only noted in asked().
  Expected<Plan> parse(const std::string& path, std::span<const Argument> arguments);

  [[nodiscard]] const Globals& globals() const;
  [[nodiscard]] const Asked& asked() const;

 private:
  std::unique_ptr<Program::Impl> impl_;
};

}  // namespace mailtrust::cli
