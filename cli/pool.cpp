#include "cli/pool.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace mailtrust::cli {
namespace {

constexpr std::chrono::milliseconds kTick{20};
constexpr std::size_t kWindowPerJob = 4;
constexpr std::size_t kLeastWindow = 16;

class Crew : public std::enable_shared_from_this<Crew> {
 public:
  explicit Crew(const Pool& pool)
      : pool_(pool), slots_(std::max(kWindowPerJob * pool.jobs, kLeastWindow)) {}

  bool run() {
    if (!start_one()) return run_here();
    guarded([this] { wait(); });
    std::unique_lock lock(mutex_);
    bool left_behind = stopped_ && !thrown_;
    auto threads = std::move(threads_);
    threads_.clear();
    lock.unlock();
    for (auto& thread : threads) left_behind ? thread.detach() : thread.join();
    if (left_behind) return false;
    if (thrown_) std::rethrow_exception(thrown_);
    return true;
  }

 private:
  struct Task {
    std::size_t number;
    Item item;
  };

  void wait() {
    std::unique_lock lock(mutex_);
    while (working_ > 0 && !stopped_) {
      changed_.wait_for(lock, kTick);
      lock.unlock();
      pool_.tick();
      lock.lock();
    }
  }

  // What is thrown on any thread stops the run, and is thrown again by run().
  template <typename Function>
  void guarded(Function function) {
    try {
      function();
    } catch (...) {
      std::lock_guard lock(mutex_);
      thrown_ = std::current_exception();
      stopped_ = true;
      room_.notify_all();
    }
  }

  bool run_here() {
    while (auto task = take()) put(task->number, pool_.work(task->item));
    return !stopped_;
  }

  // One more, unless there are enough or the system refuses.
  bool start_one() {
    std::lock_guard lock(mutex_);
    if (stopped_ || ended_ || started_ >= pool_.jobs) return false;
    try {
      threads_.emplace_back([self = shared_from_this()] { self->work(); });
    } catch (const std::system_error&) {
      started_ = pool_.jobs;
      return false;
    } catch (const std::bad_alloc&) {
      started_ = pool_.jobs;
      return false;
    }
    ++started_;
    ++working_;
    return true;
  }

  void work() {
    guarded([this] { work_through(); });
    std::lock_guard lock(mutex_);
    --working_;
    changed_.notify_all();
  }

  void work_through() {
    while (auto task = take()) {
      start_one();
      put(task->number, pool_.work(task->item));
    }
  }

  // Reading holds a lock of its own, so that a slow source does not hold up what is done.
  std::optional<Task> take() {
    std::lock_guard reading(reading_);
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [&] { return stopped_ || taken_ < handed_out_ + slots_.size(); });
      if (stopped_ || ended_) return std::nullopt;
    }
    auto item = pool_.next();
    std::lock_guard lock(mutex_);
    if (!item) {
      ended_ = true;
      return std::nullopt;
    }
    return Task{taken_++, std::move(*item)};
  }

  // Whoever finishes the next in line hands out all that was waiting for it.
  void put(std::size_t number, Outcome outcome) {
    std::lock_guard lock(mutex_);
    slots_[number % slots_.size()] = std::move(outcome);
    while (!stopped_) {
      auto& slot = slots_[handed_out_ % slots_.size()];
      if (!slot) break;
      stopped_ = !pool_.hand_out(*std::exchange(slot, std::nullopt));
      ++handed_out_;
    }
    room_.notify_all();
    if (stopped_) changed_.notify_all();
  }

  const Pool& pool_;
  std::mutex reading_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable changed_;
  std::vector<std::optional<Outcome>> slots_;
  std::vector<std::thread> threads_;
  std::size_t taken_ = 0;
  std::size_t handed_out_ = 0;
  unsigned started_ = 0;
  unsigned working_ = 0;
  bool ended_ = false;
  bool stopped_ = false;
  std::exception_ptr thrown_;
};

}  // namespace

bool run(const Pool& pool) {
  return std::make_shared<Crew>(pool)->run();
}

}  // namespace mailtrust::cli
