#pragma once
// A command over its inputs: each is judged, answered and counted into the exit status.

#include "cli/console.hpp"
#include "cli/parser.hpp"
#include "cli/report.hpp"
#include "cli/screen.hpp"
#include "cli/stdout.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::cli {

/// What the parts of a run share; all of it outlives the threads.
struct Run {
  const Globals& globals;
  dns::Resolver& resolver;
  Stdout& out;
  Console& console;
  Screen screen;
  std::int64_t now = 0;
};

/// One verdict for all inputs. When stdout ended the run early, threads may be at work still: the
/// process must then end without taking anything down (Stdout::state() is not open).
Verdict judge_all(const Plan& plan, const Run& run);

/// What an Action asks with.
dns::Inquiry make_inquiry(const Run& run, std::size_t questions);

}  // namespace mailtrust::cli
