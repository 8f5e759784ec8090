#include "cli/batch.hpp"

#include <algorithm>
#include <exception>
#include <memory>
#include <new>
#include <thread>
#include <utility>

#include "base/limits.hpp"
#include "base/packed_text.hpp"
#include "cli/exit_status.hpp"
#include "cli/message_source.hpp"
#include "cli/pool.hpp"
#include "cli/raw_output.hpp"
#include "cli/render.hpp"

namespace mailtrust::cli {
namespace {

// What waits for the network waits in many threads; what computes needs a core each.
constexpr unsigned kWaitingJobs = 128;
constexpr unsigned kMixedJobsPerCore = 4;
constexpr unsigned kLeastMixedJobs = 8;

Report failed(const Plan& plan, const Item& item, Error error) {
  const auto& input = item.input;
  if (error.where.empty()) error.where = input.where.empty() ? input.text : input.where;
  Report report;
  report.json(plan.work.key, input.text);
  if (item.message && item.message->index > 0) report.json("index", item.message->index);
  return report.error(std::move(error));
}

// One input's bug or lack of memory must not cost the others their answers.
template <typename Function, typename Otherwise>
Outcome guarded(Function function, Otherwise otherwise) {
  try {
    return function();
  } catch (const std::bad_alloc&) {
    return otherwise("out of memory");
  } catch (const std::exception& exception) {
    return otherwise(std::string("internal error: ") + exception.what());
  }
}

std::vector<std::string> words_of(const Plan& plan, const Run& run) {
  bool options_are_the_input = plan.metavar.empty() && run.globals.input.empty();
  return options_are_the_input ? std::vector<std::string>(1) : plan.inputs;
}

std::unique_ptr<Source> source_of(const Plan& plan, const Run& run) {
  if (plan.judge)
    return std::make_unique<WordSource>(words_of(plan, run), run.globals.input, plan.work.expand);
  auto quoting = plan.quoting != nullptr ? *plan.quoting : mailbox::Quoting::automatic;
  auto packed = plan.work.raw ? Packed::keep : Packed::inflate;
  return std::make_unique<MessageSource>(plan.inputs, run.globals.input, quoting, packed);
}

class Batch {
 public:
  Batch(const Plan& plan, const Run& run) : plan_(plan), run_(run), source_(source_of(plan, run)) {}

  Verdict judge_all() {
    if (auto opened = source_->open(); !opened) {
      run_.console.complain(opened.error());
      return Verdict::unusable;
    }
    if (is_single() && !run_.console.shows_progress()) {
      auto item = source_->next();
      hand_out(answer(*item));
    } else {
      run_pool();
    }
    finish();
    return verdict_;
  }

 private:
  [[nodiscard]] bool is_single() const {
    if (!plan_.judge || !run_.globals.input.empty()) return false;
    auto words = words_of(plan_, run_);
    if (words.size() != 1) return false;
    auto expansion = plan_.work.expand ? plan_.work.expand(words[0]) : Expansion{};
    return !expansion || !expansion->at;
  }

  void run_pool() {
    pool_ = {jobs(), [this] { return source_->next(); },
             [this](Item& item) { return answer(item); },
             [this](Outcome outcome) { return hand_out(std::move(outcome)); }, [this] { tick(); }};
    cli::run(pool_);
  }

  void finish() {
    RawOutput output(run_, nullptr);
    if (plan_.ending.finish && output.is_open())
      verdict_ = worse(verdict_, plan_.ending.finish(output));
  }

  [[nodiscard]] unsigned jobs() const {
    if (run_.globals.jobs) return *run_.globals.jobs;
    auto cores = std::max(std::thread::hardware_concurrency(), 1U);
    switch (plan_.work.kind) {
      case Work::Kind::waits: return kWaitingJobs;
      case Work::Kind::computes: return cores;
      case Work::Kind::computes_and_waits: break;
    }
    return std::max(cores * kMixedJobsPerCore, kLeastMixedJobs);
  }

  Outcome answer(Item& item) const {
    return guarded(
        [&] { return judged(item); },
        [&](std::string what) {
          Error error{Error::Kind::temporary, {}, std::move(what)};
          Outcome outcome;
          outcome.push_back(render(failed(plan_, item, std::move(error)), item, nullptr));
          return outcome;
        });
  }

  Report judge(Item& item, Context& context) const {
    if (item.error) return failed(plan_, item, *item.error);
    return item.message ? plan_.message_judge(*item.message, context)
                        : plan_.judge(item.input, context);
  }

  Outcome judged(Item& item) const {
    auto inquiry = make_inquiry(run_, plan_.work.questions);
    Context context{inquiry, run_.globals, run_.now};
    auto report = judge(item, context);
    std::vector<dns::Evidence> evidence;
    if (run_.globals.verbose) evidence = inquiry.evidence();
    const auto* shown = run_.globals.verbose ? &evidence : nullptr;
    Outcome outcome;
    auto others = report.take_others();
    outcome.reserve(1 + others.size());
    outcome.push_back(render(std::move(report), item, shown));
    for (auto& other : others) outcome.push_back(render(std::move(other), item, shown));
    return outcome;
  }

  Answer render(Report report, const Item& item, const std::vector<dns::Evidence>* evidence) const {
    Answer answer{{}, report.error(), report.verdict()};
    if (answer.complaint && answer.complaint->where.empty())
      answer.complaint->where = item.input.where.empty() ? item.input.text : item.input.where;
    bool told = !report.is_silent();
    if (told && run_.globals.json)
      append_json_line(answer.text, report, evidence, &answer.splice);
    else if (told && !run_.globals.quiet)
      append_text(answer.text, report, run_.screen, evidence);
    if (plan_.ending.gather && !report.error()) answer.report = std::move(report);
    return answer;
  }

  bool hand_out(Outcome outcome) {
    ++done_;
    return std::ranges::all_of(outcome, [this](Answer& answer) { return hand_out(answer); });
  }

  bool hand_out(Answer& answer) {
    verdict_ = worse(verdict_, answer.verdict);
    if (answer.report && plan_.ending.gather(*answer.report)) return true;
    if (run_.screen.terminal) run_.console.clear();
    part_pages(answer.text);
    write(answer);
    if (run_.screen.terminal || answer.complaint) run_.out.flush();
    if (answer.complaint) run_.console.complain(*answer.complaint);
    return run_.out.state() == Stdout::State::open;
  }

  void write(const Answer& answer) {
    if (!answer.splice.text) return run_.out.append(answer.text);
    auto text = std::string_view(answer.text);
    run_.out.append(text.substr(0, answer.splice.at));
    answer.splice.text->read([this](std::string_view piece) {
      run_.out.append(piece);
      return run_.out.state() == Stdout::State::open;
    });
    run_.out.append(text.substr(answer.splice.at));
  }

  // Pages of several lines are parted by an empty one.
  void part_pages(std::string& text) {
    if (run_.globals.json || text.empty()) return;
    bool page = text.find('\n') + 1 < text.size();
    if (any_text_ && (page || last_was_page_)) text.insert(0, 1, '\n');
    any_text_ = true;
    last_was_page_ = page;
  }

  void tick() {
    run_.out.flush();
    run_.console.show({done_, source_->fraction()});
  }

  const Plan& plan_;
  const Run& run_;
  std::unique_ptr<Source> source_;
  Pool pool_;
  Verdict verdict_ = Verdict::good;
  std::atomic<std::size_t> done_{0};
  bool any_text_ = false;
  bool last_was_page_ = false;
};

}  // namespace

// Held by nobody when threads outlive it: judge_all says that the process ends then.
Verdict judge_all(const Plan& plan, const Run& run) {
  auto batch = std::make_unique<Batch>(plan, run);
  auto verdict = batch->judge_all();
  if (run.out.state() != Stdout::State::open) static_cast<void>(batch.release());
  return verdict;
}

dns::Inquiry make_inquiry(const Run& run, std::size_t questions) {
  constexpr auto kBeforeTheLast = limits::kTimeoutsPerInput - 1;
  auto deadline = dns::Inquiry::Clock::now() + run.globals.timeout * kBeforeTheLast;
  return {run.resolver, questions, deadline};
}

}  // namespace mailtrust::cli
