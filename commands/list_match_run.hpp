#pragma once
// How `list match` goes through logs: pieces on several threads, handed out in order.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "list/log_reader.hpp"
#include "list/matcher.hpp"

namespace mailtrust::commands {

struct MatchRun {
  std::vector<std::string> files;
  unsigned jobs = 1;
  bool counts_lines = false;    ///< are the numbers of lines wanted?
  bool stops_at_first = false;  ///< is one line that is selected enough?

  /// Any thread, several at once.
  std::function<void(const list::LogPiece&, list::Selected&)> work;

  /// In order, one at a time.
  std::function<void(const list::LogPiece&, const list::Selected&)> hand_out;
};

/// What a run came to.
struct MatchTally {
  std::size_t selected = 0;  ///< lines; addresses where those are wanted
  bool failed = false;       ///< a file could not be read, or not to its end
};

MatchTally run(const MatchRun& plan, cli::Output& output);

}  // namespace mailtrust::commands
