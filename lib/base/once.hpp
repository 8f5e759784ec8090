#pragma once
// Something that is done once, by whoever comes first.

#include <atomic>
#include <mutex>

namespace mailtrust {

/// Where std::call_once may be left by an exception: it runs its function below pthread_once, a C
/// frame, and an exception that gets there ends the process where libgcc is linked statically.
class Once {
 public:
  /// Calls `function` unless that was done; others wait meanwhile. When it throws, the exception
  /// goes to the caller and the next one to come tries again. `function` must not come here again.
  template <typename Function>
  void run(Function&& function) {
    if (done_.load(std::memory_order_acquire)) return;
    std::lock_guard lock(mutex_);
    if (done_.load(std::memory_order_relaxed)) return;
    function();
    done_.store(true, std::memory_order_release);
  }

 private:
  std::mutex mutex_;
  std::atomic<bool> done_{false};
};

}  // namespace mailtrust
