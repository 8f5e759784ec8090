#include "store/patience.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include <sys/stat.h>

namespace mailtrust::store {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestPause{20};

// Size and time of change in nanoseconds; zeros when there is no such file.
std::pair<std::int64_t, std::int64_t> state_of(const std::string& path) {
  struct stat found {};

  if (::lstat(path.c_str(), &found) != 0) return {0, 0};
  return {found.st_size, found.st_mtim.tv_sec * 1'000'000'000 + found.st_mtim.tv_nsec};
}

}  // namespace

Patience::Sign Patience::look() const {
  auto [size, changed] = state_of(path_);
  auto [log_size, log_changed] = state_of(log_);
  return {size, log_size, changed, log_changed};
}

void Patience::restart() {
  last_ = look();
  deadline_ = std::chrono::steady_clock::now() + kPatience;
  pause_ = milliseconds(1);
}

bool Patience::wait() {
  auto now = std::chrono::steady_clock::now();
  if (auto sign = look(); sign != last_) {
    last_ = sign;
    deadline_ = now + kPatience;
  }
  if (now >= deadline_) return false;
  std::this_thread::sleep_for(pause_);
  pause_ = std::min(pause_ * 2, kLongestPause);
  return true;
}

}  // namespace mailtrust::store
