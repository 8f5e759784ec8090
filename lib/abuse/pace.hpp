#pragma once
// How often a registry may be asked: so many questions at once, so many a second, and none at all
// once it has asked us to come back later. One for a run, for all servers.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/expected.hpp"

namespace mailtrust::abuse {

struct PaceLimits {
  unsigned at_once = 4;
  double per_second = 10;  ///< sustained
  double burst = 20;       ///< after a while of silence
};

/// For the registries of the world, which anyone may ask.
inline constexpr PaceLimits kPublicPace{};

/// For servers that the user named: a mirror of his own, with the load he means it to have.
inline constexpr PaceLimits kTypedPace{16, 2000, 2000};

/// Questions without an answer in a row, after which a server is left alone for a while.
inline constexpr unsigned kSilentQuestions = 20;
inline constexpr std::chrono::seconds kSilencePause{30};

class Pace {
 public:
  using Clock = std::chrono::steady_clock;

  /// A question under way; its place is free again when this goes.
  class Turn {
   public:
    Turn(Turn&& other) noexcept;
    Turn& operator=(Turn&&) = delete;
    ~Turn();

   private:
    friend Pace;

    Turn(Pace& pace, std::string server) : pace_(&pace), server_(std::move(server)) {}

    Pace* pace_;
    std::string server_;
  };

  /// Waits until `server` may be asked. An Error of kind temporary when that is not before the
  /// deadline, or never in this run.
  Expected<Turn> enter(const std::string& server, const PaceLimits& limits,
                       Clock::time_point deadline);

  /// `server` is not asked again in this run; `why` is told to whoever wants to.
  void close(const std::string& server, std::string why);

  /// How a question ended, for servers that are silent.
  void answered(const std::string& server, bool answered);

 private:
  struct State {
    unsigned inside = 0;
    double tokens = 0;
    std::optional<Clock::time_point> filled;  ///< when `tokens` was right; nothing: never asked
    Clock::time_point opens{};
    std::string closed;  ///< why it is not asked again; empty: it is
    unsigned silent = 0;
  };

  static std::optional<Clock::time_point> wait_for(State& state, const PaceLimits& limits,
                                                   Clock::time_point now);
  void leave(const std::string& server);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<std::string, State> states_;
};

}  // namespace mailtrust::abuse
