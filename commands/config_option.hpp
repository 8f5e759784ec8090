#pragma once
// --config: the option of commands that read the configuration file.

#include <optional>
#include <string>

#include "base/expected.hpp"
#include "base/once.hpp"
#include "cli/program.hpp"
#include "config/config.hpp"

namespace mailtrust::commands {

/// The configuration of one run, read when it is first asked for. Thread-safe.
class ConfigOption {
 public:
  /// Adds --config FILE. The object must live as long as what the command was given to do.
  void add_to(cli::Command& command);

  /// The file's settings, or why it cannot be used; the same each time.
  const Expected<config::Config>& get();

 private:
  std::string file_;
  Once once_;
  std::optional<Expected<config::Config>> config_;
};

}  // namespace mailtrust::commands
