#include "dns/dispatcher.hpp"

#include <algorithm>
#include <random>
#include <tuple>
#include <utility>

#include <sys/random.h>

#include "base/limits.hpp"

namespace mailtrust::dns {
namespace {

// Between two tries at a server whose connection failed: it may be starting up.
constexpr std::chrono::milliseconds kConnectPause{50};

// The first wait for an answer, whatever the number of servers: resolvers have work to do.
constexpr std::chrono::milliseconds kLeastWait{250};

// May a try that is under way still bring an answer?
bool may_hear(const Errand& errand) {
  return std::ranges::any_of(errand.standing, [](const Errand::Standing& standing) {
    return !standing.done && standing.outstanding > 0;
  });
}

// getrandom(2) gives up to 256 octets in one piece. A kernel or a filter without it still has a
// device; an id that can be guessed is no id.
std::vector<std::uint16_t> random_ids() {
  std::vector<std::uint16_t> ids(128);
  constexpr std::size_t kOctets = 256;
  if (::getrandom(ids.data(), kOctets, 0) == kOctets) return ids;
  std::random_device device;
  std::ranges::generate(ids, [&] { return static_cast<std::uint16_t>(device()); });
  return ids;
}

// A server may send more over UDP than it was offered; c-ares hands on as much as was offered, or
// all of it. RFC 1035 section 4.2.1, RFC 6891 section 6.2.3.
bool is_larger_than_offered(const Arrival& arrival, const wire::Response& response) {
  constexpr std::size_t kWithoutEdns = 512;
  const auto& attempt = arrival.attempt;
  auto offered = attempt.edns ? std::size_t{limits::kEdnsSize} : kWithoutEdns;
  if (attempt.tcp || arrival.octets.size() < offered) return false;
  return arrival.octets.size() > offered || response.answer.failure == Failure::malformed;
}

}  // namespace

Dispatcher::Dispatcher(std::span<const Server> servers, std::chrono::milliseconds timeout,
                       std::size_t window, Poller& poller)
    : timeout_(timeout), window_(window) {
  active_.reserve(window);
  upstreams_.reserve(servers.size());
  for (const auto& server : servers) upstreams_.emplace_back(server, timeout, poller, arrivals_);
}

void Dispatcher::take(std::span<FlightPtr> flights, Clock::time_point now) {
  for (auto& flight : flights) {
    auto errand = std::make_shared<Errand>();
    errand->question = flight->question();
    errand->flight = flight;
    errand->deadline = now + timeout_;
    errand->standing.resize(upstreams_.size());
    waiting_.push_back(std::move(errand));
    flight.reset();
  }
}

void Dispatcher::turn(Clock::time_point now) {
  read_arrivals(now);
  if (now >= next_sweep_) sweep(now);
  start_waiting(now);
  // Sending may have failed at once.
  read_arrivals(now);
}

std::chrono::nanoseconds Dispatcher::patience(Clock::time_point now) const {
  bool busy = std::ranges::any_of(upstreams_, &Upstream::is_busy);
  if (active_.empty() && waiting_.empty() && !busy) return std::chrono::nanoseconds(-1);
  return std::clamp<std::chrono::nanoseconds>(next_sweep_ - now, std::chrono::nanoseconds(0),
                                              kSweep);
}

void Dispatcher::give_up(Failure failure) noexcept {
  for (auto& errand : active_) std::exchange(errand->flight, nullptr)->land(failure);
  for (auto& errand : waiting_) std::exchange(errand->flight, nullptr)->land(failure);
  active_.clear();
  waiting_.clear();
}

void Dispatcher::start_waiting(Clock::time_point now) {
  while (!waiting_.empty() && active_.size() < window_) {
    auto errand = waiting_.front();
    errand->place = active_.size();
    active_.push_back(errand);
    waiting_.pop_front();
    try_next(errand, now);
  }
}

void Dispatcher::sweep(Clock::time_point now) {
  for (auto& upstream : upstreams_) upstream.tick();
  while (!waiting_.empty() && waiting_.front()->deadline <= now) {
    std::exchange(waiting_.front()->flight, nullptr)->land(Failure::timeout);
    waiting_.pop_front();
  }
  next_sweep_ = now + kSweep;
  // Backwards, as an errand that ends is replaced by the last.
  for (auto i = active_.size(); i-- > 0;) {
    auto errand = active_[i];
    if (now >= errand->next_try) note_silence(*errand, now);
    if (now >= errand->deadline) {
      end(*errand, nullptr);
    } else if (now >= errand->next_try) {
      try_next(errand, now);
    }
    if (errand->flight) next_sweep_ = std::min(next_sweep_, errand->next_try);
  }
}

void Dispatcher::note_silence(Errand& errand, Clock::time_point now) {
  if (errand.awaited == Errand::kNobody) return;
  upstreams_[errand.awaited].was_silent(now);
  errand.awaited = Errand::kNobody;
}

void Dispatcher::try_next(const ErrandPtr& errand, Clock::time_point now) {
  auto server = choose(*errand, now);
  if (server == Errand::kNobody) {
    // Every server has had its tries, but a late answer is still an answer.
    if (!may_hear(*errand)) return end(*errand, nullptr);
    errand->next_try = errand->deadline;
    return;
  }
  auto& standing = errand->standing[server];
  if (standing.not_before > now) {
    errand->next_try = std::min(standing.not_before, errand->deadline);
  } else {
    auto wait = wait_for_answer(*errand, now, standing.tries++);
    errand->next_try = std::min(now + wait, errand->deadline);
    send(errand, server);
  }
  next_sweep_ = std::min(next_sweep_, errand->next_try);
}

// Those that answer before those that do not, then each in turn, in the order they were given.
std::size_t Dispatcher::choose(const Errand& errand, Clock::time_point now) const {
  auto best = Errand::kNobody;
  auto rank = [&](std::size_t i) {
    const auto& standing = errand.standing[i];
    return std::tuple(std::max(standing.not_before, now), upstreams_[i].is_demoted(now),
                      standing.tries);
  };
  for (std::size_t i = 0; i < upstreams_.size(); ++i) {
    const auto& standing = errand.standing[i];
    if (standing.done || standing.tries >= limits::kUdpTries) continue;
    if (best == Errand::kNobody || rank(i) < rank(best)) best = i;
  }
  return best;
}

// Three rounds, each twice as long as the one before, fill the time. The answer to an earlier try
// is welcome throughout.
Dispatcher::Clock::duration Dispatcher::wait_for_answer(const Errand& errand, Clock::time_point now,
                                                        int round) const {
  int servers = 0;
  for (std::size_t i = 0; i < upstreams_.size(); ++i)
    if (!errand.standing[i].done && !upstreams_[i].is_demoted(now)) ++servers;
  auto share = timeout_ * (1 << round) / (7 * std::max(servers, 1));
  return std::max<Clock::duration>(share, std::min(kLeastWait, timeout_ / 4));
}

void Dispatcher::send(const ErrandPtr& errand, std::size_t server) {
  auto& standing = errand->standing[server];
  auto& upstream = upstreams_[server];
  // The last try is without EDNS: some networks lose what has it.
  bool edns = upstream.takes_edns() && !standing.plain &&
              (standing.tcp || standing.tries < limits::kUdpTries);
  ++standing.outstanding;
  errand->awaited = server;
  auto query = wire::encode(errand->question, random_id(), edns);
  upstream.channel(standing.tcp, edns)
      .send(query, {errand, server, errand->leg, standing.tcp, edns});
}

void Dispatcher::read_arrivals(Clock::time_point now) {
  while (!arrivals_.empty()) {
    auto batch = std::exchange(arrivals_, {});
    for (const auto& arrival : batch) arrived(arrival, now);
  }
}

void Dispatcher::arrived(const Arrival& arrival, Clock::time_point now) {
  const auto& attempt = arrival.attempt;
  auto& errand = *attempt.errand;
  if (arrival.kind == Arrival::Kind::message) upstreams_[attempt.server].answered(false);
  if (!errand.flight || attempt.leg != errand.leg) return;

  auto& standing = errand.standing[attempt.server];
  --standing.outstanding;
  // c-ares may lose patience before us; then the next try is due when it was.
  if (arrival.kind == Arrival::Kind::silence) return;
  if (errand.awaited == attempt.server) errand.awaited = Errand::kNobody;
  if (arrival.kind == Arrival::Kind::message) {
    auto response = wire::decode(arrival.octets, errand.question, errand.aliases);
    if (is_larger_than_offered(arrival, response)) return ask_over_tcp(attempt, now);
    return judge(attempt, std::move(response), now);
  }

  if (errand.failure == Failure::timeout) errand.failure = Failure::unreachable;
  standing.not_before = now + kConnectPause * standing.tries;
  try_next(attempt.errand, now);
}

void Dispatcher::judge(const Attempt& attempt, wire::Response response, Clock::time_point now) {
  using Kind = wire::Response::Kind;
  auto& errand = *attempt.errand;
  auto& answer = response.answer;
  if (attempt.edns && response.kind != Kind::no_edns) upstreams_[attempt.server].answered(true);
  answer.authentic = answer.authentic && errand.authentic;
  switch (response.kind) {
    case Kind::answered: return end(errand, std::make_shared<const Answer>(std::move(answer)));
    case Kind::unfinished: return next_leg(attempt.errand, std::move(answer), now);
    case Kind::truncated: return ask_over_tcp(attempt, now);
    case Kind::no_edns: return ask_without_edns(attempt, now);
    case Kind::failed: break;
  }
  // Another server would find the same circle.
  if (answer.failure == Failure::alias_loop)
    return end(errand, std::make_shared<const Answer>(std::move(answer)));
  give_up_on_server(attempt, answer.failure, now);
}

void Dispatcher::ask_over_tcp(const Attempt& attempt, Clock::time_point now) {
  if (attempt.tcp) return give_up_on_server(attempt, Failure::malformed, now);
  auto& errand = *attempt.errand;
  if (std::exchange(errand.standing[attempt.server].tcp, true)) return;
  errand.next_try = std::min(now + wait_for_answer(errand, now, 1), errand.deadline);
  send(attempt.errand, attempt.server);
}

void Dispatcher::ask_without_edns(const Attempt& attempt, Clock::time_point now) {
  if (!attempt.edns) return give_up_on_server(attempt, Failure::servfail, now);
  upstreams_[attempt.server].refused_edns();
  if (std::exchange(attempt.errand->standing[attempt.server].plain, true)) return;
  send(attempt.errand, attempt.server);
}

void Dispatcher::next_leg(const ErrandPtr& errand, Answer answer, Clock::time_point now) {
  errand->question.name = std::move(answer.canonical);
  errand->aliases = std::move(answer.aliases);
  errand->authentic = answer.authentic;
  ++errand->leg;
  std::ranges::fill(errand->standing, Errand::Standing{});
  try_next(errand, now);
}

void Dispatcher::give_up_on_server(const Attempt& attempt, Failure failure, Clock::time_point now) {
  attempt.errand->standing[attempt.server].done = true;
  attempt.errand->failure = failure;
  try_next(attempt.errand, now);
}

// Without an answer: failed, as the errand has it.
void Dispatcher::end(Errand& errand, AnswerPtr answer) noexcept {
  auto flight = std::exchange(errand.flight, nullptr);
  active_.back()->place = errand.place;
  std::swap(active_[errand.place], active_.back());
  active_.pop_back();
  if (answer) return flight->land(std::move(answer));
  flight->land(errand.failure);
}

std::uint16_t Dispatcher::random_id() {
  if (ids_.empty()) ids_ = random_ids();
  auto id = ids_.back();
  ids_.pop_back();
  return id;
}

}  // namespace mailtrust::dns
