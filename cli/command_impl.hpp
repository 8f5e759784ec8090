#pragma once
// What Command holds. For program.cpp, which knows CLI11, and command.cpp, which does not.

#include <deque>
#include <string>
#include <vector>

#include "cli/parser.hpp"
#include "cli/slot.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace mailtrust::cli {

class Command::Impl {
 public:
  explicit Impl(CLI::App& app) : app_(app) {}

  void add_flag(const std::string& names, const std::string& help, bool& target);
  Slot& add_option(const std::string& names, const std::string& metavar, const std::string& help,
                   Setter setter, OptionSpec spec);
  void add_inputs(const std::string& metavar, const std::string& help, OptionSpec spec);
  void set_about(std::string text);
  void hide();

  [[nodiscard]] const Slot* find(const CLI::Option& option) const;

  /// Runs the setters; words that are inputs go to `inputs`.
  Expected<void> apply(std::vector<std::string>& inputs) const;

  /// Is all there that has to be, and nothing that cannot stand together?
  [[nodiscard]] Expected<void> check() const;

  Plan plan;

 private:
  [[nodiscard]] bool is_given(const std::string& name) const;

  CLI::App& app_;
  std::deque<Slot> slots_;
};

}  // namespace mailtrust::cli
