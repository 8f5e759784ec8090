#include "bounce/combine.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

#include "base/ascii.hpp"
#include "bounce/free_text.hpp"
#include "bounce/layouts/hints.hpp"
#include "bounce/whose.hpp"

namespace mailtrust::bounce {
namespace {

bool is_lasting(Action action) {
  return action == Action::failed || action == Action::delayed;
}

// Did words decide, or only codes?
bool is_read_by_words(const Verdict& verdict) {
  return verdict.reason != Reason::undetermined && !verdict.rule.empty() &&
         !verdict.rule.starts_with("status.") && !verdict.rule.starts_with("code.");
}

// Failures by address; the first one of an address counts.
class Index {
 public:
  explicit Index(std::span<const Failure> failures) : failures_(failures) {
    for (std::size_t i = 0; i < failures.size(); ++i)
      by_address_.try_emplace(ascii::to_lower(failures[i].address), i);
  }

  // That of the same address; where both sides know only one, they mean the same.
  [[nodiscard]] const Failure* partner(const Failure& failure, bool alone) const {
    for (const auto* address : {&failure.address, &failure.original}) {
      if (address->empty()) continue;
      auto found = by_address_.find(ascii::to_lower(*address));
      if (found != by_address_.end()) return &failures_[found->second];
    }
    return alone && failures_.size() == 1 ? &failures_.front() : nullptr;
  }

 private:
  std::span<const Failure> failures_;
  std::unordered_map<std::string, std::size_t> by_address_;
};

// What one reader has and the other has not.
Failure with_words_of(const Failure& failure, const Failure& other) {
  auto joined = failure;
  joined.diagnostic = other.diagnostic;
  if (other.code != 0) joined.code = other.code;
  if (!joined.status || !joined.status->says_something())
    joined.status = other.status ? other.status : joined.status;
  if (joined.command.empty()) joined.command = other.command;
  if (joined.remote.empty()) joined.remote = other.remote;
  return joined;
}

// The same words, and which command they answered: a delivery status does not say. Without a code
// they are those of the system that wrote the notice.
Failure with_circumstances(Failure failure, const Failure* other, const std::string& system) {
  if (failure.system.empty() && failure.code == 0) failure.system = system;
  if (failure.system.empty()) failure.system = kUnknownSystem;
  if (other == nullptr) return failure;
  if (failure.command.empty()) failure.command = other->command;
  if (failure.command.empty()) failure.command = layouts::command_in(other->diagnostic);
  return failure;
}

class Combining {
 public:
  Combining(const Mail& mail, Readings readings) : mail_(mail), readings_(std::move(readings)) {}

  std::vector<Recipient> run() {
    bool has_status = !readings_.status.empty();
    if (!has_status && readings_.layout.empty()) readings_.layout = free_text();
    auto& told = has_status ? readings_.status : readings_.layout;
    name_the_nameless(told);
    name_mailboxes(told, readings_.layout, readings_.recipients);
    Index layout(readings_.layout);
    for (auto& failure : told) {
      if (!is_lasting(failure.action)) {
        auto verdict = classify(failure);
        add({std::move(failure), verdict});
        continue;
      }
      const auto* other = has_status ? layout.partner(failure, told.size() == 1) : nullptr;
      add(judge(failure, other, told.size() == 1));
    }
    return std::move(recipients_);
  }

 private:
  // Those whom the text names, or else those to whom the message went, in order.
  void name_the_nameless(std::vector<Failure>& failures) {
    bool all_named =
        std::ranges::none_of(failures, [](const Failure& one) { return one.address.empty(); });
    if (all_named) return;
    std::vector<std::string> names;
    for (const auto& one : free_text()) names.push_back(one.address);
    if (names.empty()) names = readings_.recipients;
    std::size_t next = 0;
    for (auto& failure : failures)
      if (failure.address.empty() && next < names.size()) failure.address = names[next++];
  }

  Recipient judge(const Failure& bare, const Failure* other, bool alone) {
    auto failure = with_circumstances(bare, other, readings_.system);
    Recipient best{failure, classify(failure)};
    if (is_read_by_words(best.verdict)) return best;
    if (other != nullptr && try_words(best, failure, *other)) return best;
    if (!readings_.status.empty() || failure.diagnostic.empty()) {
      if (!text_) text_.emplace(free_text());
      const auto* said = text_->partner(failure, alone);
      if (said != nullptr && try_words(best, failure, *said)) return best;
    }
    // The rest of the text may name causes that are only possible: beside words that could not be
    // read only a server's own count, and they make no bad address.
    bool has_words = !best.failure.diagnostic.empty();
    if (best.verdict.reason == Reason::undetermined) try_introduction(best, failure);
    if (is_read_by_words(best.verdict)) return best;
    if (!alone || (has_words && !quotes_a_server(mail_))) return best;
    auto wider = best;
    try_words(wider, failure, all_sayings());
    return has_words && wider.verdict.type == Type::hard ? best : wider;
  }

  // "Delivery to the following recipients was given up after 5 hours:" says it of all of them; what
  // makes an address a bad one is said of itself.
  void try_introduction(Recipient& best, const Failure& failure) {
    if (!introduction_) {
      introduction_.emplace();
      introduction_->diagnostic = introduction(mail_);
    }
    auto wider = best;
    if (try_words(wider, failure, *introduction_) && wider.verdict.type != Type::hard)
      best = std::move(wider);
  }

  // sendmail writes "User unknown" of every 550, also of blocked senders: where the reply itself is
  // there and its codes say otherwise, no other words make an address a bad one.
  static bool contradicts(const Recipient& best, const Verdict& verdict) {
    return verdict.type == Type::hard && best.verdict.type != Type::hard &&
           best.verdict.reason != Reason::undetermined && best.failure.code != 0;
  }

  // True when words decided. Until then the first one that says anything is kept.
  static bool try_words(Recipient& best, const Failure& failure, const Failure& other) {
    if (other.diagnostic.empty()) return false;
    auto joined = with_words_of(failure, other);
    auto verdict = classify(joined);
    if (contradicts(best, verdict)) return false;
    bool decided = is_read_by_words(verdict);
    if (decided || best.verdict.reason == Reason::undetermined) {
      if (decided || best.failure.diagnostic.empty()) best.failure = std::move(joined);
      best.verdict = verdict;
    }
    return decided;
  }

  const std::vector<Failure>& free_text() {
    if (!free_text_) free_text_ = read_free_text(mail_, readings_.recipients);
    return *free_text_;
  }

  const Failure& all_sayings() {
    if (!sayings_) {
      sayings_.emplace();
      sayings_->diagnostic = sayings(mail_);
    }
    return *sayings_;
  }

  // The same address twice: what failed counts more than what did not.
  void add(Recipient recipient) {
    auto key = ascii::to_lower(recipient.failure.address);
    auto [at, is_new] = by_address_.try_emplace(std::move(key), recipients_.size());
    if (is_new) {
      recipients_.push_back(std::move(recipient));
      return;
    }
    auto& before = recipients_[at->second];
    if (!is_lasting(before.failure.action)) before = std::move(recipient);
  }

  const Mail& mail_;
  Readings readings_;
  std::optional<std::vector<Failure>> free_text_;
  std::optional<Index> text_;  ///< of free_text_
  std::optional<Failure> sayings_;
  std::optional<Failure> introduction_;
  std::vector<Recipient> recipients_;
  std::unordered_map<std::string, std::size_t> by_address_;
};

}  // namespace

std::vector<Recipient> combine(const Mail& mail, Readings readings) {
  return Combining(mail, std::move(readings)).run();
}

}  // namespace mailtrust::bounce
