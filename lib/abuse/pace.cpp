#include "abuse/pace.hpp"

#include <algorithm>
#include <utility>

namespace mailtrust::abuse {

Pace::Turn::Turn(Turn&& other) noexcept
    : pace_(std::exchange(other.pace_, nullptr)), server_(std::move(other.server_)) {}

Pace::Turn::~Turn() {
  if (pace_ != nullptr) pace_->leave(server_);
}

// Nothing: now. Else when to look again; time_point::max() is "when another one ends".
std::optional<Pace::Clock::time_point> Pace::wait_for(State& state, const PaceLimits& limits,
                                                      Clock::time_point now) {
  if (state.opens > now) return state.opens;
  if (state.inside >= limits.at_once) return Clock::time_point::max();
  auto since = std::chrono::duration<double>(now - state.filled.value_or(now));
  state.tokens = state.filled
                     ? std::min(limits.burst, state.tokens + since.count() * limits.per_second)
                     : limits.burst;
  state.filled = now;
  if (state.tokens >= 1) return std::nullopt;
  auto missing = std::chrono::duration<double>((1 - state.tokens) / limits.per_second);
  return now + std::chrono::duration_cast<Clock::duration>(missing) + std::chrono::milliseconds(1);
}

Expected<Pace::Turn> Pace::enter(const std::string& server, const PaceLimits& limits,
                                 Clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  for (;;) {
    auto& state = states_[server];
    if (!state.closed.empty()) return fail(Error::Kind::temporary, server, state.closed);
    auto now = Clock::now();
    auto until = wait_for(state, limits, now);
    if (!until) {
      state.tokens -= 1;
      ++state.inside;
      return Turn(*this, server);
    }
    bool opens_too_late = *until != Clock::time_point::max() && *until >= deadline;
    if (now >= deadline || opens_too_late)
      return fail(
          Error::Kind::temporary, server,
          "not asked: others are asking, or it wants a pause, for longer than the time left");
    changed_.wait_until(lock, std::min(*until, deadline));
  }
}

void Pace::leave(const std::string& server) {
  {
    std::lock_guard lock(mutex_);
    --states_[server].inside;
  }
  changed_.notify_all();
}

void Pace::close(const std::string& server, std::string why) {
  {
    std::lock_guard lock(mutex_);
    auto& state = states_[server];
    if (state.closed.empty()) state.closed = std::move(why);
  }
  changed_.notify_all();
}

void Pace::answered(const std::string& server, bool answered) {
  std::lock_guard lock(mutex_);
  auto& state = states_[server];
  state.silent = answered ? 0 : state.silent + 1;
  if (state.silent < kSilentQuestions) return;
  state.silent = 0;
  state.opens = std::max(state.opens, Clock::now() + kSilencePause);
}

}  // namespace mailtrust::abuse
