#pragma once
// How the commands that work with sets of addresses read their lists.

#include <functional>
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
  bool refuse(const std::string& argument, Error error);

  bool quiet_;
  cli::Output& output_;
  list::Reading reading_;
  cli::Verdict verdict_ = cli::Verdict::good;
};

/// An Error when there are fewer than `least`, or when standard input is named more than once.
Expected<void> check_lists(const std::vector<std::string>& arguments, std::size_t least);

/// A setter that adds a word.
cli::Setter words_setter(std::vector<std::string>& target);

/// Writes a set as a JSON array, as it is made: ten million prefixes are not held as a Report.
void write_array(const list::AddressSet& set, bool ranges, cli::Output& output);

}  // namespace mailtrust::commands
