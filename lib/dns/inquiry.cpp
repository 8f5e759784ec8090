#include "dns/inquiry.hpp"

#include <algorithm>
#include <utility>

namespace mailtrust::dns {
Inquiry::Inquiry(Resolver& resolver, std::size_t budget, Clock::time_point deadline)
    : resolver_(resolver), budget_(budget), deadline_(deadline) {}

AnswerPtr Inquiry::query(const Question& question) {
  return query_until(question, Deadline::max());
}

AnswerPtr Inquiry::query_until(const Question& question, Deadline deadline) {
  {
    std::lock_guard lock(mutex_);
    auto known = asked_.find(question);
    if (known != asked_.end()) return evidence_[known->second].answer;
    if (evidence_.size() >= budget_) return could_not_tell(question, Failure::too_many);
  }
  auto answer = ask(question, deadline);
  std::lock_guard lock(mutex_);
  auto [place, is_new] = asked_.try_emplace(question, evidence_.size());
  if (is_new) evidence_.push_back({question, answer});
  return evidence_[place->second].answer;
}

AnswerPtr Inquiry::ask(const Question& question, Deadline deadline) {
  if (Clock::now() < deadline_) return resolver_.query_until(question, deadline);
  resolver_.give_up(question);
  return could_not_tell(question, Failure::timeout);
}

void Inquiry::prefetch(std::span<const Question> questions) {
  std::size_t used = 0;
  {
    std::lock_guard lock(mutex_);
    used = evidence_.size();
  }
  if (used >= budget_ || Clock::now() >= deadline_) return;
  resolver_.prefetch(questions.first(std::min(questions.size(), budget_ - used)));
}

std::vector<Evidence> Inquiry::evidence() const {
  std::lock_guard lock(mutex_);
  return evidence_;
}

}  // namespace mailtrust::dns
