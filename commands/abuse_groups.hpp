#pragma once
// abuse --group: the addresses by whom to write to.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "finding/finding.hpp"

namespace mailtrust::commands {

/// The addresses of a run, gathered from their answers in input order.
class AbuseGroups {
 public:
  /// `report` is one of abuse_report().
  void gather(const cli::Report& report);

  /// An answer for each contact, in the order of their first addresses; the addresses for which
  /// nobody was found, or nothing could be told, behind them.
  void answer(cli::Output& output) const;

 private:
  struct Group {
    std::string email;  ///< empty: there is none
    cli::Verdict verdict = cli::Verdict::good;
    std::vector<std::string> addresses;
    std::vector<finding::Finding> findings;  ///< why there is none
  };

  std::vector<Group> groups_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace mailtrust::commands
