#include "cli/interrupt.hpp"

#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <exception>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mailtrust::cli {
namespace {

constexpr std::chrono::milliseconds kWindUp{500};

constexpr std::array kEnding{SIGINT, SIGTERM};

// Those the process was started to ignore stay ignored, as under nohup(1) or behind the "&" of a
// shell without job control.
sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (int number : kEnding) {
    struct sigaction action {};

    ::sigaction(number, nullptr, &action);
    if (action.sa_handler != SIG_IGN) sigaddset(&signals, number);
  }
  return signals;
}

struct Done {
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
};

// On a thread that is not waited for longer than we have: stdout may be a pipe nobody reads.
void wind_up_in_time(const std::function<void()>& wind_up) {
  auto state = std::make_shared<Done>();
  std::thread([state, wind_up] {
    try {
      wind_up();
    } catch (...) {
      // The process ends by the signal, whatever could not be done before.
    }
    std::lock_guard lock(state->mutex);
    state->done = true;
    state->changed.notify_all();
  }).detach();
  std::unique_lock lock(state->mutex);
  state->changed.wait_for(lock, kWindUp, [&] { return state->done; });
}

[[noreturn]] void end_by(int number) {
  ::kill(::getpid(), number);
  ::_exit(128 + number);
}

void wait_for_signal(const sigset_t& signals, const std::function<void()>& wind_up) {
  int number = 0;
  while (sigwait(&signals, &number) != 0) {
  }
  // A second signal finds the default action and an open mask.
  for (int one : kEnding)
    if (sigismember(&signals, one) == 1) std::signal(one, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  try {
    wind_up_in_time(wind_up);
  } catch (const std::exception&) {
    // No thread or no memory for it: the signal counts all the same.
  }
  end_by(number);
}

}  // namespace

void prepare_process() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1) continue;
    // The lowest free number is the one that is closed.
    int opened = ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (opened < 0) static_cast<void>(::open("/", O_PATH));  // a root without devices
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a disk that is full
  ::umask(077);
  rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  // A core_pattern that names a program does not ask for the limit.
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void watch_signals(std::function<void()> wind_up) {
  auto signals = ending_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  try {
    std::thread([signals, wind_up = std::move(wind_up)] {
      wait_for_signal(signals, wind_up);
    }).detach();
  } catch (const std::system_error&) {
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);  // without a thread the default action holds
  }
}

}  // namespace mailtrust::cli
