#pragma once
// How long to wait for a lock: as long as whoever holds it gets on.

#include <chrono>
#include <cstdint>
#include <string>

#include "base/limits.hpp"

namespace mailtrust::store {

/// Waiting ends this long after the last sign that another program moved.
inline constexpr std::chrono::seconds kPatience{limits::kStoreWait};

class Patience {
 public:
  /// For the store at `path`: its size and time of change and those of its log are the sign.
  explicit Patience(std::string path) : path_(std::move(path)), log_(path_ + "-wal") {}

  /// A new wait begins. Neither this nor waiting throws: SQLite is below.
  void restart();

  /// Sleeps for a moment. False when it has been long enough.
  bool wait();

 private:
  struct Sign {
    std::int64_t size = 0;
    std::int64_t log_size = 0;
    std::int64_t changed = 0;
    std::int64_t log_changed = 0;

    friend bool operator==(const Sign&, const Sign&) = default;
  };

  [[nodiscard]] Sign look() const;

  std::string path_;
  std::string log_;
  Sign last_;
  std::chrono::steady_clock::time_point deadline_;
  std::chrono::milliseconds pause_{1};
};

}  // namespace mailtrust::store
