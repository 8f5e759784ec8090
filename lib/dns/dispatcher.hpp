#pragma once
// Works on questions for one thread: which server to ask, when to ask again, when to give up.

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "dns/cares_channel.hpp"
#include "dns/source.hpp"
#include "dns/upstream.hpp"
#include "dns/wire.hpp"

namespace mailtrust::dns {

/// How often the clock is looked at: what is late ends at most this much later.
inline constexpr std::chrono::milliseconds kSweep{50};

/// A flight and how far we are with it.
struct Errand {
  using Clock = std::chrono::steady_clock;

  /// With one server.
  struct Standing {
    int tries = 0;
    int outstanding = 0;             ///< attempts that may still bring an answer
    bool done = false;               ///< it said that it cannot tell, or nonsense
    bool tcp = false;                ///< its answer was truncated
    bool plain = false;              ///< it does not take EDNS
    Clock::time_point not_before{};  ///< after the connection failed
  };

  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

  FlightPtr flight;   ///< null once it has landed
  Question question;  ///< that of the flight, or what its aliases led to
  std::vector<Record> aliases;
  bool authentic = true;  ///< every response so far had AD
  std::size_t leg = 0;
  Clock::time_point deadline;
  Clock::time_point next_try;
  std::vector<Standing> standing;      ///< by index of the server
  std::size_t awaited = kNobody;       ///< the server asked last, until it says something
  std::size_t place = 0;               ///< among the active
  Failure failure = Failure::timeout;  ///< if it ended now
};

class Dispatcher {
 public:
  using Clock = std::chrono::steady_clock;

  /// Each flight ends within `timeout` of take(). At most `window` are worked on at once. `poller`
  /// must outlive the dispatcher.
  Dispatcher(std::span<const Server> servers, std::chrono::milliseconds timeout, std::size_t window,
             Poller& poller);

  /// Takes over `flights`. Those it took are null afterwards, which is all of them unless memory
  /// ran out.
  void take(std::span<FlightPtr> flights, Clock::time_point now);

  /// Does what is due: reads what arrived, starts what waits, ends what is late.
  void turn(Clock::time_point now);

  /// How long the thread may sleep before the next turn; negative: until something comes.
  [[nodiscard]] std::chrono::nanoseconds patience(Clock::time_point now) const;

  /// Flights taken that have not landed.
  [[nodiscard]] std::size_t size() const { return active_.size() + waiting_.size(); }

  /// Ends every flight. Needs no memory.
  void give_up(Failure failure) noexcept;

 private:
  using ErrandPtr = std::shared_ptr<Errand>;

  void read_arrivals(Clock::time_point now);
  void start_waiting(Clock::time_point now);
  void sweep(Clock::time_point now);
  void note_silence(Errand& errand, Clock::time_point now);

  void try_next(const ErrandPtr& errand, Clock::time_point now);
  std::size_t choose(const Errand& errand, Clock::time_point now) const;
  void send(const ErrandPtr& errand, std::size_t server);
  Clock::duration wait_for_answer(const Errand& errand, Clock::time_point now, int round) const;

  void arrived(const Arrival& arrival, Clock::time_point now);
  void judge(const Attempt& attempt, wire::Response response, Clock::time_point now);
  void ask_over_tcp(const Attempt& attempt, Clock::time_point now);
  void ask_without_edns(const Attempt& attempt, Clock::time_point now);
  void next_leg(const ErrandPtr& errand, Answer answer, Clock::time_point now);
  void give_up_on_server(const Attempt& attempt, Failure failure, Clock::time_point now);
  void end(Errand& errand, AnswerPtr answer) noexcept;

  std::uint16_t random_id();

  std::chrono::milliseconds timeout_;
  std::size_t window_;
  std::vector<Arrival> arrivals_;
  std::vector<Upstream> upstreams_;
  std::deque<ErrandPtr> waiting_;  // by deadline, as all have the same time
  std::vector<ErrandPtr> active_;
  Clock::time_point next_sweep_ = Clock::time_point::max();
  std::vector<std::uint16_t> ids_;
};

}  // namespace mailtrust::dns
