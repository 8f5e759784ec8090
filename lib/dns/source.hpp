#pragma once
// Where answers come from when nobody should have to wait for them: questions are handed over, and
// land when they are answered. What stands between a cache and the network.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include "dns/resolver.hpp"

namespace mailtrust::dns {

/// One question on its way, shared by those who wait for it and the one who answers. It lands once.
class Flight {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Flight(Question question) : question_(std::move(question)) {}

  Flight(const Flight&) = delete;
  Flight& operator=(const Flight&) = delete;

  [[nodiscard]] const Question& question() const { return question_; }

  /// Ends the flight and wakes who waits. The second form needs no memory.
  void land(AnswerPtr answer) noexcept;
  void land(Failure failure) noexcept;

  [[nodiscard]] bool has_landed() const {
    return state_.load(std::memory_order_acquire) == kLanded;
  }

  /// Blocks until it has landed, then what the answer is; never null.
  [[nodiscard]] AnswerPtr wait() const;

  /// The same up to a moment; null when it has not landed by then.
  [[nodiscard]] AnswerPtr wait_until(Clock::time_point deadline) const;

  /// Only once it has landed.
  [[nodiscard]] Clock::time_point landed_at() const { return landed_at_; }

 private:
  Question question_;
  AnswerPtr answer_;  // null: failed, with failure_
  Failure failure_ = Failure::none;
  Clock::time_point landed_at_;

  // In the air, with or without somebody who sleeps on it, or landed. A futex of our own:
  // std::atomic::wait yields the processor before it sleeps, which costs a tenth of a bulk run.
  static constexpr int kFlying = 0;
  static constexpr int kAwaited = 1;
  static constexpr int kLanded = 2;

  [[nodiscard]] AnswerPtr landed() const;

  mutable std::atomic<int> state_{kFlying};
};

using FlightPtr = std::shared_ptr<Flight>;

/// Answers questions in its own time. Thread-safe.
class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  /// Takes over flights. Each lands, within the time bound the source was made with.
  virtual void submit(std::span<const FlightPtr> flights) = 0;

  /// How many flights have not landed yet, roughly.
  [[nodiscard]] virtual std::size_t backlog() const = 0;
};

/// A Source in front of a Resolver that answers at once (a zone file, a test). Flights land before
/// submit() returns.
class ResolverSource : public Source {
 public:
  /// `resolver` must outlive the source.
  explicit ResolverSource(Resolver& resolver) : resolver_(resolver) {}

  void submit(std::span<const FlightPtr> flights) override;

  [[nodiscard]] std::size_t backlog() const override { return 0; }

 private:
  Resolver& resolver_;
};

}  // namespace mailtrust::dns
