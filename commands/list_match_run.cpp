#include "commands/list_match_run.hpp"

#include <thread>
#include <utility>

namespace mailtrust::commands {
namespace {

class Runner {
 public:
  Runner(const MatchRun& plan, cli::Output& output)
      : plan_(plan), output_(output), reader_(plan.files, plan.counts_lines) {}

  MatchTally run() {
    std::vector<std::thread> helpers;
    for (unsigned i = 1; i < plan_.jobs; ++i) helpers.emplace_back([this] { work(); });
    work();
    for (auto& helper : helpers) helper.join();
    if (thrown_) std::rethrow_exception(thrown_);
    return tally_;
  }

 private:
  // What is thrown on a thread is thrown again by run().
  void work() {
    try {
      work_through();
    } catch (...) {
      std::lock_guard lock(order_);
      if (!thrown_) thrown_ = std::current_exception();
      stopped_ = true;
      turned_.notify_all();
    }
  }

  void work_through() {
    list::LogPiece piece;
    list::Selected selected;
    std::size_t turn = 0;
    while (take(piece, turn)) {
      selected = {std::move(selected.octets)};
      if (piece.size > 0) plan_.work(piece, selected);
      std::unique_lock lock(order_);
      turned_.wait(lock, [&] { return turn_ == turn || stopped_; });
      if (stopped_) return;
      hand_out(piece, selected);
      ++turn_;
      turned_.notify_all();
    }
  }

  bool take(list::LogPiece& piece, std::size_t& turn) {
    std::lock_guard lock(reading_);
    if (stopped_ || !reader_.next(piece)) return false;
    turn = taken_++;
    fraction_ = reader_.fraction();
    return true;
  }

  void hand_out(const list::LogPiece& piece, const list::Selected& selected) {
    plan_.hand_out(piece, selected);
    // Of a line that comes in pieces the parts count once.
    bool counted = piece.within_line && selected.has_first && had_last_;
    tally_.selected += selected.lines - (counted ? 1 : 0);
    had_last_ = selected.has_last;
    if (piece.error) {
      output_.complain(*piece.error);
      tally_.failed = true;
    }
    if ((plan_.stops_at_first && tally_.selected > 0) || !output_.is_open()) stopped_ = true;
    output_.progress(tally_.selected, fraction());
  }

  std::optional<double> fraction() {
    std::lock_guard lock(reading_);
    return fraction_;
  }

  const MatchRun& plan_;
  cli::Output& output_;

  std::mutex reading_;  // what take() touches
  list::LogReader reader_;
  std::size_t taken_ = 0;
  std::optional<double> fraction_;

  std::mutex order_;  // what hand_out() touches
  std::condition_variable turned_;
  std::size_t turn_ = 0;
  bool had_last_ = false;
  MatchTally tally_;
  std::exception_ptr thrown_;
  std::atomic<bool> stopped_{false};
};

}  // namespace

MatchTally run(const MatchRun& plan, cli::Output& output) {
  return Runner(plan, output).run();
}

}  // namespace mailtrust::commands
