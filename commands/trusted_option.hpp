#pragma once
// --trusted, --trusted-list and the `trusted` lines of the configuration: whose word about a
// message is believed.

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "cli/program.hpp"
#include "received/trusted.hpp"

namespace mailtrust::commands {

/// The servers trusted in one run, read when they are first asked for. Thread-safe.
class TrustedOption {
 public:
  /// Adds --trusted and --trusted-list. The object must live as long as what the command was given
  /// to do.
  void add_to(cli::Command& command);

  /// All of them, or why one cannot be used; the same each time.
  const Expected<received::Trusted>& get(const cli::Context& context);

 private:
  [[nodiscard]] Expected<received::Trusted> read(const cli::Context& context);

  received::Trusted typed_;
  std::vector<std::string> lists_;
  std::once_flag once_;
  std::optional<Expected<received::Trusted>> all_;
};

}  // namespace mailtrust::commands
