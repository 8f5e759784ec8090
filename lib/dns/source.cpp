#include "dns/source.hpp"

#include <utility>

namespace mailtrust::dns {

void Flight::land(AnswerPtr answer) noexcept {
  answer_ = std::move(answer);
  landed_at_ = Clock::now();
  landed_.store(1, std::memory_order_release);
  landed_.notify_all();
}

void Flight::land(Failure failure) noexcept {
  failure_ = failure;
  land(nullptr);
}

AnswerPtr Flight::wait() const {
  landed_.wait(0, std::memory_order_acquire);
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
