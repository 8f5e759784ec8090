#include "dns/cares_resolver.hpp"

#include <algorithm>
#include <csignal>
#include <exception>
#include <new>
#include <system_error>
#include <utility>

#include <pthread.h>

#include "dns/dispatcher.hpp"

namespace mailtrust::dns {
namespace {

// While one lives, threads are started with every signal blocked: signals are for the main thread.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }

  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

void land_all(std::span<const FlightPtr> flights, Failure failure) noexcept {
  for (const auto& flight : flights)
    if (flight) flight->land(failure);
}

}  // namespace

CaresResolver::CaresResolver(Options options) : options_(std::move(options)) {}

CaresResolver::~CaresResolver() {
  stopping_ = true;
  poller_.wake();
  if (thread_.joinable()) thread_.join();
}

AnswerPtr CaresResolver::query(const Question& question) {
  auto flight = std::make_shared<Flight>(question);
  submit({&flight, 1});
  return flight->wait();
}

void CaresResolver::submit(std::span<const FlightPtr> flights) {
  if (cancelled_) return land_all(flights, Failure::cancelled);
  if (options_.servers.empty() || !start()) return land_all(flights, Failure::unreachable);
  bool was_empty = false;
  {
    std::lock_guard lock(mutex_);
    if (over_) return land_all(flights, Failure::unreachable);
    was_empty = inbox_.empty();
    inbox_.insert(inbox_.end(), flights.begin(), flights.end());
  }
  if (was_empty) poller_.wake();
}

void CaresResolver::cancel() noexcept {
  cancelled_ = true;
  poller_.wake();
}

// False when the system has no thread or descriptor for us; then it never will.
bool CaresResolver::start() {
  once_.run([this] {
    if (!poller_.ok()) return;
    SignalsBlocked blocked;
    try {
      thread_ = std::thread([this] { run(); });
    } catch (const std::system_error&) {
    }
  });
  return thread_.joinable();
}

// Whoever waits sleeps until the flight lands, so nothing may end the thread but this.
void CaresResolver::run() {
  try {
    serve();
  } catch (const std::exception&) {
    // No memory to begin with: the flights land as unreachable.
  }
  std::lock_guard lock(mutex_);
  over_ = true;
  land_all(inbox_, stopping_ ? Failure::cancelled : Failure::unreachable);
  inbox_.clear();
}

void CaresResolver::serve() {
  Dispatcher dispatcher(options_.servers, options_.timeout, options_.window, poller_);
  std::vector<FlightPtr> batch;
  while (!stopping_) {
    try {
      work(dispatcher, batch);
    } catch (const std::exception&) {  // no memory, or no random numbers
      dispatcher.give_up(Failure::unreachable);
      land_all(batch, Failure::unreachable);
      batch.clear();
    }
  }
  dispatcher.give_up(Failure::cancelled);
  land_all(batch, Failure::cancelled);
}

void CaresResolver::work(Dispatcher& dispatcher, std::vector<FlightPtr>& batch) {
  poller_.wait(dispatcher.patience(Dispatcher::Clock::now()));
  {
    std::lock_guard lock(mutex_);
    batch.swap(inbox_);
  }
  auto now = Dispatcher::Clock::now();
  dispatcher.take(batch, now);
  batch.clear();
  if (cancelled_) dispatcher.give_up(Failure::cancelled);
  dispatcher.turn(now);
  backlog_ = dispatcher.size();
}

}  // namespace mailtrust::dns
