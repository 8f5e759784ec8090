#include "cli/interrupt.hpp"

#include <chrono>
#include <condition_variable>
#include <csignal>
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

sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
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
    wind_up();
    std::lock_guard lock(state->mutex);
    state->done = true;
    state->changed.notify_all();
  }).detach();
  std::unique_lock lock(state->mutex);
  state->changed.wait_for(lock, kWindUp, [&] { return state->done; });
}

void end_by(int number) {
  std::signal(number, SIG_DFL);
  ::kill(::getpid(), number);
  // The signal is blocked in every other thread, so it comes here.
  auto signals = ending_signals();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  ::_exit(128 + number);
}

void wait_for_signal(const std::function<void()>& wind_up) {
  auto signals = ending_signals();
  int number = 0;
  while (sigwait(&signals, &number) != 0) {
  }
  // A second signal finds the default action and an open mask.
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  wind_up_in_time(wind_up);
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
    std::thread([wind_up = std::move(wind_up)] { wait_for_signal(wind_up); }).detach();
  } catch (const std::system_error&) {
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);  // without a thread the default action holds
  }
}

}  // namespace mailtrust::cli
