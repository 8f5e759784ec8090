#pragma once
// Who asks about a block of addresses, so that several who want to know of one network ask once.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>

#include "net/address.hpp"

namespace mailtrust::abuse {

class InFlight {
 public:
  using Clock = std::chrono::steady_clock;

  /// Held by the one who asks about a block; the next one may when it goes.
  class Claim {
   public:
    Claim(InFlight& flights, const net::Prefix& block) : flights_(flights), block_(block) {}

    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;
    ~Claim();

   private:
    InFlight& flights_;
    net::Prefix block_;
  };

  /// Waits until nobody asks about `block`, or `until`. True: the caller does now, and makes a
  /// Claim of it. False: it took too long, and the caller may ask beside the other.
  bool take(const net::Prefix& block, Clock::time_point until);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<net::Prefix> blocks_;
};

}  // namespace mailtrust::abuse
