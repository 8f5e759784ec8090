#pragma once
// A Resolver that says what it was told to say, for the tests of what stands in front of one.

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "dns/resolver.hpp"

namespace mailtrust::dns::test {

/// Presentation form, so that odd octets can be written.
inline Name spelled(std::string_view text) {
  return *Name::read_presentation(text);
}

inline Record cname(std::string_view from, std::string_view to, std::uint32_t ttl = 60) {
  return {spelled(from), Type::cname, ttl, std::string(spelled(to).wire())};
}

/// What the octets of a text record hold: one string after the other.
inline std::string strings(const std::vector<std::string>& parts) {
  std::string data;
  for (const auto& part : parts) data += static_cast<char>(part.size()) + part;
  return data;
}

/// The end of an answer, to be owned by the last name of the aliases.
inline Answer ended(Status status, Failure failure = Failure::none) {
  Answer answer;
  answer.status = status;
  answer.failure = failure;
  return answer;
}

inline Answer found(Type type, const std::vector<std::string>& data, std::uint32_t ttl = 300) {
  auto answer = ended(Status::found);
  for (const auto& each : data) answer.records.push_back({Name(), type, ttl, each});
  return answer;
}

/// The same answer behind a chain of aliases.
inline Answer behind(std::vector<Record> aliases, Answer answer) {
  answer.aliases = std::move(aliases);
  return answer;
}

/// As long as the shortest-lived record, for those that are found.
inline void settle_ttl(Answer& answer) {
  answer.ttl = answer.status == Status::found ? 0x7fffffff : 0;
  for (const auto* records : {&answer.aliases, &answer.records})
    for (const auto& record : *records) answer.ttl = std::min(answer.ttl, record.ttl);
}

/// Several answers to one question come in turn, the last of them for ever. What it was not told
/// has no such name.
class Script final : public Resolver {
 public:
  void say(const Question& question, Answer answer) {
    answer.canonical = question.name;
    if (!answer.aliases.empty()) answer.canonical = *decode_name(answer.aliases.back());
    for (auto& record : answer.records) record.owner = answer.canonical;
    settle_ttl(answer);
    answers_[question].push_back(std::move(answer));
  }

  void say(std::string_view name, Type type, Answer answer) {
    say({spelled(name), type}, std::move(answer));
  }

  AnswerPtr query(const Question& question) override {
    ++asked;
    auto answer = std::make_shared<Answer>(ended(Status::nxdomain));
    answer->canonical = question.name;
    auto found = answers_.find(question);
    if (found == answers_.end()) return answer;
    std::lock_guard lock(mutex_);
    auto& turn = turns_[question];
    *answer = found->second[turn];
    if (turn + 1 < found->second.size()) ++turn;
    if (answer->aliases.empty()) answer->canonical = question.name;
    return answer;
  }

  void prefetch(std::span<const Question> questions) override { prefetched += questions.size(); }

  std::atomic<std::size_t> asked{0};
  std::atomic<std::size_t> prefetched{0};

 private:
  std::mutex mutex_;
  std::unordered_map<Question, std::vector<Answer>> answers_;
  std::unordered_map<Question, std::size_t> turns_;
};

/// All of an answer that a replay must give back, to the octet.
inline std::string shown(const Answer& answer) {
  auto octets = [](std::string_view text) {
    std::string hex;
    for (char c : text) {
      hex += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
      hex += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
    }
    return hex;
  };
  auto text = std::string(to_string(answer.status)) + ' ' + std::string(to_string(answer.failure)) +
              " at " + to_string(answer.canonical);
  for (const auto* records : {&answer.aliases, &answer.records}) {
    text += " [";
    for (const auto& record : *records)
      text += to_string(record.owner) + ' ' + std::to_string(record.ttl) + ' ' +
              to_string(record.type) + ' ' + octets(record.data) + "; ";
    text += ']';
  }
  // How long a negative answer may be kept, the file cannot say.
  if (answer.status == Status::found) text += ' ' + std::to_string(answer.ttl);
  return text;
}

}  // namespace mailtrust::dns::test
