#include "abuse/in_flight.hpp"

namespace mailtrust::abuse {

bool InFlight::take(const net::Prefix& block, Clock::time_point until) {
  std::unique_lock lock(mutex_);
  bool free = changed_.wait_until(lock, until, [&] { return !blocks_.contains(block); });
  if (free) blocks_.insert(block);
  return free;
}

InFlight::Claim::~Claim() {
  {
    std::lock_guard lock(flights_.mutex_);
    flights_.blocks_.erase(block_);
  }
  flights_.changed_.notify_all();
}

}  // namespace mailtrust::abuse
