#pragma once
// Standard error: messages, one line each, and the progress bar. Thread-safe.

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "cli/context.hpp"

namespace mailtrust::cli {

/// How far a run is.
struct Progress {
  std::size_t done = 0;
  std::optional<double> fraction;  ///< 0 to 1; nothing when the end is not known
};

/// A bar of at most `width` columns: "[#####.....]  50% 1234 done".
std::string progress_line(const Progress& progress, std::size_t width);

class Console {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Console(const Globals& globals);

  /// `mailtrust: WHERE: WHAT`, escaped.
  void complain(const Error& error);

  /// Draws the bar if one is wanted, the run is half a second old and the last one a tenth.
  void show(const Progress& progress);

  [[nodiscard]] bool shows_progress() const { return shows_progress_; }

  /// Takes the bar off the screen, before something else is written there.
  void clear();

  /// Clears, and tells how many messages were only counted.
  void finish();

 private:
  void wipe();

  std::mutex mutex_;
  bool shows_progress_;
  std::size_t width_;
  bool drawn_ = false;
  std::size_t messages_ = 0;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point last_{};
};

}  // namespace mailtrust::cli
