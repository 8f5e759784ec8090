#pragma once
// The questions one input asks: counted, listed as evidence, bounded in number and time.

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "dns/resolver.hpp"

namespace mailtrust::dns {

/// One question of an inquiry and how it ended: a receipt.
struct Evidence {
  Question question;
  AnswerPtr answer;
};

/// A Resolver for a single input in front of the shared one. A question asked again is answered
/// from the list, and neither counted nor listed twice; what is prefetched counts as asked. Over
/// the budget the answer is failed/too_many, after the deadline failed/timeout, both without
/// asking; the shared one is told of the latter by give_up().
class Inquiry : public Resolver {
 public:
  using Clock = std::chrono::steady_clock;

  /// `resolver` must outlive the inquiry.
  Inquiry(Resolver& resolver, std::size_t budget, Clock::time_point deadline);

  AnswerPtr query(const Question& question) override;
  AnswerPtr query_until(const Question& question, Deadline deadline) override;
  void prefetch(std::span<const Question> questions) override;  ///< within the budget; not listed

  /// Keeps a secret out of evidence(): stars take the place of its octets (A to Z in either case)
  /// in names and records. Not empty.
  void conceal(std::string secret);

  /// What it asks: for inquiries of their own beside this one.
  [[nodiscard]] Resolver& behind() const { return resolver_; }

  /// In the order asked, numbered from 1 by whoever shows it.
  [[nodiscard]] std::vector<Evidence> evidence() const;

 private:
  AnswerPtr ask(const Question& question, Deadline deadline);

  Resolver& resolver_;
  std::size_t budget_;
  Clock::time_point deadline_;
  mutable std::mutex mutex_;
  std::vector<Evidence> evidence_;
  std::unordered_map<Question, std::size_t> asked_;  // where in evidence_
  std::vector<std::string> secrets_;
};

}  // namespace mailtrust::dns
