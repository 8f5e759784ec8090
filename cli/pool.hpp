#pragma once
// Many inputs on plain threads, results in input order.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/render.hpp"
#include "cli/report.hpp"
#include "cli/source.hpp"

namespace mailtrust::cli {

/// An answer, ready to be handed out.
struct Answer {
  std::string text;  ///< for stdout, whole lines
  std::optional<Error> complaint;
  Verdict verdict = Verdict::good;
  std::optional<Report> report = {};  ///< where somebody gathers them
  Splice splice = {};                 ///< belongs into `text`
};

/// What one input came to: one answer, or several.
using Outcome = std::vector<Answer>;

struct Pool {
  /// Threads; they are started one by one, as inputs come.
  unsigned jobs = 1;

  /// The next input; nothing after the last one. One thread at a time; may block.
  std::function<std::optional<Item>()> next;

  /// Any thread, several at once.
  std::function<Outcome(Item&)> work;

  /// In input order, one at a time, as early as the order allows. False stops the run.
  std::function<bool(Outcome)> hand_out;

  /// On the calling thread, every few milliseconds.
  std::function<void()> tick;
};

/// Works until there are no more inputs; true then. When hand_out() stops the run, it returns false
/// at once: threads may be waiting for the network still, so all that `pool` refers to must live
/// until the process ends. What one of the functions throws, on whatever thread, is thrown by run()
/// once every thread has ended. At most a few inputs for each thread are in memory.
bool run(const Pool& pool);

}  // namespace mailtrust::cli
