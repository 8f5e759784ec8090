#pragma once
// What one thread waits for: sockets, a call from another thread, the clock.

#include <chrono>
#include <unordered_map>

namespace mailtrust::dns {

/// epoll(7), level-triggered, and an eventfd(2). All but wake() is for one thread.
class Poller {
 public:
  class Handler {
   public:
    virtual ~Handler() = default;
    virtual void ready(int descriptor, bool readable, bool writable) = 0;
  };

  Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;
  ~Poller();

  /// False when the system had no descriptors left; then nothing else may be called.
  [[nodiscard]] bool ok() const { return epoll_ >= 0 && event_ >= 0; }

  /// Ends a wait(), now or the next. From any thread, and from a signal handler.
  void wake() const noexcept;

  /// Calls `handler` whenever the descriptor is ready as asked; neither: forgets it, at once.
  void watch(int descriptor, bool readable, bool writable, Handler& handler);

  /// Waits, until woken or for at most `patience` (negative: without end), and calls the handlers
  /// of what is ready. Rounds up to milliseconds.
  void wait(std::chrono::nanoseconds patience);

 private:
  void forget(int descriptor);

  int epoll_;
  int event_;
  std::unordered_map<int, Handler*> handlers_;
};

}  // namespace mailtrust::dns
