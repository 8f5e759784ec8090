#pragma once
// A server that is asked: its channels, and what is remembered of how it behaved.

#include <array>
#include <chrono>
#include <memory>
#include <vector>

#include "dns/cares_channel.hpp"

namespace mailtrust::dns {

/// Messages without an answer in a row after which a server is asked last.
inline constexpr int kSilencesToDemote = 3;

/// How long it is asked last, before it is tried in its place again.
inline constexpr std::chrono::seconds kDemotion{30};

/// Messages sent before a channel is replaced, and with it its source port.
inline constexpr std::size_t kMessagesPerChannel = 1000;

/// For one thread.
class Upstream {
 public:
  using Clock = std::chrono::steady_clock;

  Upstream(Server server, std::chrono::milliseconds timeout, Poller& poller,
           std::vector<Arrival>& arrivals);

  /// The channel to send on, made when there is none.
  CaresChannel& channel(bool tcp, bool edns);

  /// After an EDNS question came back FORMERR: c-ares 1.18 turns EDNS off for the whole channel, so
  /// a new one is needed. A server that does this three times in a row is no longer sent EDNS.
  void refused_edns();

  [[nodiscard]] bool takes_edns() const { return edns_refusals_ < kSilencesToDemote; }

  void answered(bool with_edns);
  void was_silent(Clock::time_point now);

  [[nodiscard]] bool is_demoted(Clock::time_point now) const { return now < demoted_until_; }

  /// To be called now and then: clock and clean-up of the channels.
  void tick();

  /// Is anything outstanding, wanted still or not?
  [[nodiscard]] bool is_busy() const;

 private:
  using Slot = std::unique_ptr<CaresChannel>;

  Slot& slot(bool tcp, bool edns) { return channels_[(tcp ? 1U : 0U) + (edns ? 2U : 0U)]; }

  void retire(Slot& slot);

  Server server_;
  std::chrono::milliseconds timeout_;
  Poller& poller_;
  std::vector<Arrival>& arrivals_;
  std::array<Slot, 4> channels_;
  std::vector<Slot> retired_;  // until the last message on them has ended
  int silences_ = 0;
  int edns_refusals_ = 0;
  Clock::time_point demoted_until_{};
};

}  // namespace mailtrust::dns
