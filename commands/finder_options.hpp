#pragma once
// The options of commands that ask who answers for an address, and the Finder they make.

#include <memory>
#include <optional>
#include <string>

#include "abuse/finder.hpp"
#include "base/once.hpp"
#include "cli/program.hpp"
#include "whois/exchange.hpp"

namespace mailtrust::commands {

/// One for a run. Thread-safe once the options are read.
class FinderOptions {
 public:
  /// Adds --rdap-base, --rdap-bootstrap, --whois-server and --no-cache. The object must live as
  /// long as what the command was given to do.
  void add_to(cli::Command& command);

  /// Made when it is first asked for. With --zone the Internet is not there.
  abuse::Finder& get(const cli::Context& context);

  /// Behind the last input: what was learned goes into the store. That it cannot is told, and no
  /// failure.
  cli::Verdict finish(cli::Output& output);

 private:
  std::string rdap_base_;
  std::string bootstrap_base_;
  std::optional<whois::Server> whois_server_;
  bool no_cache_ = false;
  Once once_;
  std::unique_ptr<abuse::Finder> finder_;
};

/// By when one input has to be answered.
abuse::Clock::time_point deadline_of(const cli::Context& context);

}  // namespace mailtrust::commands
