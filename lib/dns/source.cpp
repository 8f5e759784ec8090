#include "dns/source.hpp"

#include <climits>
#include <utility>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace mailtrust::dns {
namespace {

static_assert(sizeof(std::atomic<int>) == sizeof(int) && std::atomic<int>::is_always_lock_free);

// futex(2): returns at once when the value is another, when woken, or for no reason.
void sleep_while(const std::atomic<int>& word, int value) {
  ::syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, value, nullptr);
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
  if (answer_ != nullptr) return answer_;
  Answer answer;
  answer.failure = failure_;
  answer.canonical = question_.name;
  return std::make_shared<const Answer>(std::move(answer));
}

void ResolverSource::submit(std::span<const FlightPtr> flights) {
  for (const auto& flight : flights) flight->land(resolver_.query(flight->question()));
}

}  // namespace mailtrust::dns
