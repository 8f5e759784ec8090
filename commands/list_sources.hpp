#pragma once
// How the commands that work with sets of addresses read their lists.

#include <optional>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "list/address_set.hpp"
#include "list/origin.hpp"

namespace mailtrust::commands {

/// Tells what is wrong with a list and keeps count: a list with a bad line is not used.
class ListSources {
 public:
  ListSources(const cli::Context& context, cli::Output& output)
      : quiet_(context.globals.quiet),
        output_(output),
        reading_{context.globals.store, context.now,
                 [&output](const Error& error) { output.complain(error); }} {}

  /// The addresses of all these lists, FILE or NAME each; nothing when one of them cannot be used.
  std::optional<list::AddressSet> read(const std::vector<std::string>& arguments);

  /// Shows `visit` the entries of one list that are addresses; false when it cannot be used.
  bool each(const std::string& argument, const std::function<void(const list::Member&)>& visit);

  /// What the exit status has to tell when a list could not be used.
  [[nodiscard]] cli::Verdict verdict() const { return verdict_; }

 private:
  bool check(const std::string& argument, const Expected<list::Tally>& tally);

  bool quiet_;
  cli::Output& output_;
  list::Reading reading_;
  cli::Verdict verdict_ = cli::Verdict::good;
};

/// Is standard input named more than once? Then there is an Error.
Expected<void> check_stdin(const std::vector<std::string>& arguments);

}  // namespace mailtrust::commands
