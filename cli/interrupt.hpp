#pragma once
// What the process does about signals and the descriptors it was started with.

#include <functional>

namespace mailtrust::cli {

/// Opens descriptors 0 to 2 on /dev/null, the wrong way round, where they are closed: no file of
/// ours can take their place, and using one is an error as before. Ignores SIGPIPE, files are
/// created for their owner only, no core is dumped, neither into a file nor to a program (core(5)).
void prepare_process();

/// From now on SIGINT and SIGTERM end the process by that signal, after `wind_up` had half a second
/// to save what there is; a second one ends it at once. One that the process was started to ignore
/// stays ignored. Call it before any thread is started.
/// `wind_up` runs on a thread of its own while the others go on.
void watch_signals(std::function<void()> wind_up);

}  // namespace mailtrust::cli
