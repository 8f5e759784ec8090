#include "commands/list_match_run.hpp"

#include <memory>
#include <new>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace mailtrust::commands {
namespace {

// Its threads hold it too: one that waits for input may be left behind.
class Runner : public std::enable_shared_from_this<Runner> {
 public:
  Runner(const MatchRun& plan, cli::Output& output)
      : plan_(plan), output_(output), reader_(plan_.files, plan_.counts_lines) {}

  MatchTally run() {
    std::vector<std::thread> threads;
    start(threads);
    if (threads.empty()) work();
    std::unique_lock lock(order_);
    // Once nothing more is wanted nobody waits for a pipe that stays open.
    changed_.wait(lock, [&] { return ended_ == threads.size() || (stopped_ && busy_ == 0); });
    bool stopped = stopped_;
    lock.unlock();
    for (auto& thread : threads) stopped ? thread.detach() : thread.join();
    if (thrown_) std::rethrow_exception(thrown_);
    return tally_;
  }

 private:
  // Where there can be no more threads, those that are do the work.
  void start(std::vector<std::thread>& threads) {
    threads.reserve(plan_.jobs);
    try {
      for (unsigned i = 0; i < plan_.jobs; ++i)
        threads.emplace_back([self = shared_from_this()] {
          self->work();
          std::lock_guard lock(self->order_);
          ++self->ended_;
          self->changed_.notify_all();
        });
    } catch (const std::system_error&) {
      return;
    } catch (const std::bad_alloc&) {
      return;
    }
  }

  // What is thrown on a thread is thrown again by run().
  void work() {
    bool busy = false;
    try {
      work_through(busy);
    } catch (...) {
      std::lock_guard lock(order_);
      if (busy) --busy_;
      if (!thrown_) thrown_ = std::current_exception();
      stopped_ = true;
      changed_.notify_all();
    }
  }

  void work_through(bool& busy) {
    list::LogPiece piece;
    list::Selected selected;
    while (auto turn = take(piece)) {
      busy = true;
      selected.octets.clear();  // its room is used again
      selected = {std::move(selected.octets)};
      if (piece.size > 0) plan_.work(piece, selected);
      std::unique_lock lock(order_);
      changed_.wait(lock, [&] { return turn_ == *turn || stopped_; });
      if (!stopped_) hand_out(piece, selected);
      ++turn_;
      --busy_;
      busy = false;
      changed_.notify_all();
    }
  }

  // The next piece and its place in the order; whoever has one counts as busy. Nothing at the end.
  std::optional<std::size_t> take(list::LogPiece& piece) {
    std::lock_guard reading(reading_);
    if (stopped_ || !reader_.next(piece)) return std::nullopt;
    fraction_ = reader_.fraction().value_or(kUnknown);
    // In this order: run() leaves when all is stopped and nobody busy.
    ++busy_;
    if (stopped_) {
      --busy_;
      return std::nullopt;
    }
    return taken_++;
  }

  void hand_out(const list::LogPiece& piece, const list::Selected& selected) {
    plan_.hand_out(piece, selected);
    // Of a line that comes in pieces the parts count once.
    bool counted = piece.within_line && selected.has_first && had_last_;
    tally_.selected += selected.lines - (counted ? 1 : 0);
    had_last_ = selected.has_last;
    if (piece.error) {
      cli::Report report;
      report.json("file", plan_.files[piece.file]).error(*piece.error);
      output_.answer(report);
      tally_.failed = true;
    }
    if ((plan_.stops_at_first && tally_.selected > 0) || !output_.is_open()) stopped_ = true;
    double fraction = fraction_;
    output_.progress(tally_.selected,
                     fraction == kUnknown ? std::nullopt : std::optional(fraction));
  }

  static constexpr double kUnknown = -1;

  const MatchRun plan_;
  cli::Output& output_;

  std::mutex reading_;  // what take() touches
  list::LogReader reader_;
  std::size_t taken_ = 0;
  std::atomic<double> fraction_{0};

  std::mutex order_;  // all that follows
  std::condition_variable changed_;
  std::size_t turn_ = 0;
  std::size_t ended_ = 0;  ///< threads
  bool had_last_ = false;
  MatchTally tally_;
  std::exception_ptr thrown_;

  std::atomic<std::size_t> busy_{0};  ///< threads that hold a piece
  std::atomic<bool> stopped_{false};
};

}  // namespace

MatchTally run(const MatchRun& plan, cli::Output& output) {
  return std::make_shared<Runner>(plan, output)->run();
}

}  // namespace mailtrust::commands
