#include "dns/inquiry.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"

namespace mailtrust::dns {
namespace {

void mask(std::string& octets, const std::string& secret) {
  auto same = [](char a, char b) { return ascii::lower(a) == ascii::lower(b); };
  for (auto at = octets.begin(); at != octets.end();) {
    at = std::search(at, octets.end(), secret.begin(), secret.end(), same);
    if (at == octets.end()) return;
    auto end = at + static_cast<std::ptrdiff_t>(secret.size());
    std::fill(at, end, '*');
    at = end;
  }
}

// The stars take no more room, so that what was a name in wire form still is one.
void mask(Name& name, const std::string& secret) {
  std::string wire(name.wire());
  mask(wire, secret);
  if (auto masked = Name::from_wire(wire)) name = std::move(*masked);
}

void mask(Evidence& evidence, const std::string& secret) {
  mask(evidence.question.name, secret);
  auto answer = *evidence.answer;
  mask(answer.canonical, secret);
  for (auto* records : {&answer.records, &answer.aliases}) {
    for (auto& record : *records) {
      mask(record.owner, secret);
      mask(record.data, secret);
    }
  }
  evidence.answer = std::make_shared<const Answer>(std::move(answer));
}

// Of a question that was counted and has no answer yet.
constexpr auto kNowhere = static_cast<std::size_t>(-1);

// False when the question was counted before, or there is no room for it.
bool count(std::unordered_map<Question, std::size_t>& asked, const Question& question,
           std::size_t budget) {
  return asked.size() < budget && asked.try_emplace(question, kNowhere).second;
}

}  // namespace

Inquiry::Inquiry(Resolver& resolver, std::size_t budget, Clock::time_point deadline)
    : resolver_(resolver), budget_(budget), deadline_(deadline) {}

AnswerPtr Inquiry::query(const Question& question) {
  return query_until(question, Deadline::max());
}

AnswerPtr Inquiry::query_until(const Question& question, Deadline deadline) {
  {
    std::lock_guard lock(mutex_);
    auto known = asked_.find(question);
    if (known != asked_.end() && known->second != kNowhere) return evidence_[known->second].answer;
    if (known == asked_.end() && !count(asked_, question, budget_))
      return could_not_tell(question, Failure::too_many);
  }
  auto answer = ask(question, deadline);
  std::lock_guard lock(mutex_);
  auto& place = asked_.at(question);
  if (place == kNowhere) {
    place = evidence_.size();
    evidence_.push_back({question, answer});
  }
  return evidence_[place].answer;
}

AnswerPtr Inquiry::ask(const Question& question, Deadline deadline) {
  if (Clock::now() < deadline_) return resolver_.query_until(question, deadline);
  resolver_.give_up(question);
  return could_not_tell(question, Failure::timeout);
}

void Inquiry::prefetch(std::span<const Question> questions) {
  if (Clock::now() >= deadline_) return;
  std::vector<Question> fresh;
  {
    std::lock_guard lock(mutex_);
    for (const auto& question : questions)
      if (count(asked_, question, budget_)) fresh.push_back(question);
  }
  if (!fresh.empty()) resolver_.prefetch(fresh);
}

void Inquiry::conceal(std::string secret) {
  std::lock_guard lock(mutex_);
  secrets_.push_back(std::move(secret));
}

std::vector<Evidence> Inquiry::evidence() const {
  std::lock_guard lock(mutex_);
  auto shown = evidence_;
  for (const auto& secret : secrets_)
    for (auto& evidence : shown) mask(evidence, secret);
  return shown;
}

}  // namespace mailtrust::dns
