#pragma once
// What many threads have read, and one takes in the order of the inputs.

#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace mailtrust::commands {

/// Thread-safe.
template <typename T>
class Tickets {
 public:
  /// The number under which the value waits, from 1.
  std::int64_t keep(T value) {
    std::lock_guard lock(mutex_);
    waiting_.emplace(++last_, std::move(value));
    return last_;
  }

  /// Nothing for a number that was not given, or that was taken already.
  std::optional<T> take(std::int64_t ticket) {
    std::lock_guard lock(mutex_);
    auto node = waiting_.extract(ticket);
    if (node.empty()) return std::nullopt;
    return std::move(node.mapped());
  }

 private:
  std::mutex mutex_;
  std::int64_t last_ = 0;
  std::unordered_map<std::int64_t, T> waiting_;
};

}  // namespace mailtrust::commands
