#pragma once
// Answers from the network.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "base/once.hpp"
#include "dns/poller.hpp"
#include "dns/resolver.hpp"
#include "dns/server.hpp"
#include "dns/source.hpp"

namespace mailtrust::dns {

/// Asks recursive resolvers, over UDP with EDNS and over TCP after truncation. One thread of its
/// own, started by the first question, does all the sending and reading.
///
/// A server that does not know (SERVFAIL, REFUSED, nonsense, silence) is followed by the next; a
/// silent one is asked up to three times. What all of them leave open is Status::failed. Aliases
/// that an answer does not follow to their end are followed by asking again.
///
/// As a Resolver it keeps nothing and prefetches nothing: put a Cache in front.
class CaresResolver : public Resolver, public Source {
 public:
  struct Options {
    std::vector<Server> servers;              ///< in order of preference; none: all is unreachable
    std::chrono::milliseconds timeout{5000};  ///< for a whole question: retries, TCP, aliases
    /// Questions worked on at once. A resolver's receive buffer of the usual 208 KiB holds some
    /// 160: what comes on top is lost, and waits for its next try.
    std::size_t window = 128;
  };

  explicit CaresResolver(Options options);
  ~CaresResolver() override;  ///< flights still in the air land as cancelled

  AnswerPtr query(const Question& question) override;
  void submit(std::span<const FlightPtr> flights) override;

  [[nodiscard]] std::size_t backlog() const override { return backlog_; }

  /// Ends every flight as cancelled, those to come too. May be called in a signal handler.
  void cancel() noexcept;

 private:
  bool start();
  void run();
  void serve();
  void work(class Dispatcher& dispatcher, std::vector<FlightPtr>& batch);

  const Options options_;
  Poller poller_;
  std::mutex mutex_;
  std::vector<FlightPtr> inbox_;
  bool over_ = false;  ///< the thread has ended: nobody looks into the inbox
  std::atomic<std::size_t> backlog_{0};
  std::atomic<bool> cancelled_{false};
  std::atomic<bool> stopping_{false};
  Once once_;
  std::thread thread_;
};

}  // namespace mailtrust::dns
