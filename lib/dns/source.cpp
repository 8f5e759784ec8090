#include "dns/source.hpp"

#include <climits>
#include <ctime>
#include <utility>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace mailtrust::dns {
namespace {

static_assert(sizeof(std::atomic<int>) == sizeof(int) && std::atomic<int>::is_always_lock_free);

// futex(2): returns at once when the value is another, when woken, after `time` if there is one, or
// for no reason.
void sleep_while(const std::atomic<int>& word, int value, const timespec* time = nullptr) {
  ::syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, value, time);
}

timespec to_timespec(Flight::Clock::duration time) {
  auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return {seconds.count(), std::chrono::nanoseconds(time - seconds).count()};
}

void wake_all(const std::atomic<int>& word) {
  ::syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, INT_MAX);
}

}  // namespace

void Flight::land(AnswerPtr answer) noexcept {
  answer_ = std::move(answer);
  landed_at_ = Clock::now();
  if (state_.exchange(kLanded, std::memory_order_acq_rel) == kAwaited) wake_all(state_);
}

void Flight::land(Failure failure) noexcept {
  failure_ = failure;
  land(nullptr);
}

AnswerPtr Flight::wait() const {
  for (int state = state_.load(std::memory_order_acquire); state != kLanded;
       state = state_.load(std::memory_order_acquire)) {
    if (state == kFlying) state_.compare_exchange_strong(state, kAwaited);
    if (state != kLanded) sleep_while(state_, kAwaited);
  }
  return landed();
}

AnswerPtr Flight::wait_until(Clock::time_point deadline) const {
  for (int state = state_.load(std::memory_order_acquire); state != kLanded;
       state = state_.load(std::memory_order_acquire)) {
    auto left = deadline - Clock::now();
    if (left <= Clock::duration::zero()) return nullptr;
    auto time = to_timespec(left);
    if (state == kFlying) state_.compare_exchange_strong(state, kAwaited);
    if (state != kLanded) sleep_while(state_, kAwaited, &time);
  }
  return landed();
}

AnswerPtr Flight::landed() const {
  return answer_ != nullptr ? answer_ : could_not_tell(question_, failure_);
}

void ResolverSource::submit(std::span<const FlightPtr> flights) {
  for (const auto& flight : flights) flight->land(resolver_.query(flight->question()));
}

}  // namespace mailtrust::dns
