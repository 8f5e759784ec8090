#include "dns/recording.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "dns/recording_text.hpp"
#include "dns/zone_record.hpp"
#include "dns/zone_text.hpp"

namespace mailtrust::dns {
namespace {

AnswerPtr failed(const Name& name, Failure failure) {
  auto answer = std::make_shared<Answer>();
  answer->failure = failure;
  answer->canonical = name;
  return answer;
}

bool is_sound(const Answer& answer, Type type) {
  if (answer.status != Status::found) return answer.records.empty();
  return !answer.records.empty() && std::ranges::all_of(answer.records, [&](const auto& record) {
    return record.type == type && record.data.size() <= kMaxCarried && has_shape(record);
  });
}

// The end of an answer, without the aliases that led there.
AnswerPtr end_of(const Question& question, const AnswerPtr& received) {
  if (!is_sound(*received, question.type)) return failed(question.name, Failure::malformed);
  if (received->aliases.empty() && received->canonical == question.name)
    return respell(received, question.name);
  auto end = std::make_shared<Answer>(*received);
  end->aliases.clear();
  end->canonical = question.name;
  // The time to live was that of the whole chain.
  if (!end->records.empty())
    end->ttl = std::ranges::min_element(end->records, {}, &Record::ttl)->ttl;
  return respell(std::move(end), question.name);
}

// Ends an answer that has followed aliases as `end` says.
AnswerPtr finish(Answer answer, const Answer& end) {
  answer.status = end.status;
  answer.failure = end.failure;
  answer.ttl = std::min(answer.ttl, end.ttl);
  answer.authentic = end.authentic;
  answer.records = end.records;
  for (auto& record : answer.records) record.owner = answer.canonical;
  return std::make_shared<const Answer>(std::move(answer));
}

AnswerPtr looped(Answer answer) {
  answer.failure = Failure::alias_loop;
  answer.ttl = 0;
  return std::make_shared<const Answer>(std::move(answer));
}

bool leads_back(const Answer& answer) {
  return std::ranges::find(answer.aliases, answer.canonical, &Record::owner) !=
         answer.aliases.end();
}

AnswerPtr found_alias(const Name& name, Record alias) {
  Answer answer;
  answer.status = Status::found;
  answer.failure = Failure::none;
  answer.canonical = name;
  answer.ttl = alias.ttl;
  alias.owner = name;
  answer.records.push_back(std::move(alias));
  return std::make_shared<const Answer>(std::move(answer));
}

}  // namespace

AnswerPtr Recording::answer(const Question& question, Question& open) {
  Answer answer;
  answer.canonical = question.name;
  answer.ttl = 0x7fffffff;
  while (true) {
    open = {answer.canonical, question.type};
    auto end = ends_.find(open);
    if (end != ends_.end())
      return answer.aliases.empty() ? respell(end->second, question.name)
                                    : finish(std::move(answer), *end->second);
    auto alias = aliases_.find(open.name);
    if (question.type == Type::cname)
      return alias == aliases_.end() ? nullptr : found_alias(question.name, alias->second);
    bool is_full = answer.aliases.size() == limits::kAliases;
    if (is_full && (alias != aliases_.end() || beyond_.contains(open))) {
      beyond_.insert(open);
      return looped(std::move(answer));
    }
    if (alias == aliases_.end()) return nullptr;
    answer.aliases.push_back(alias->second);
    answer.aliases.back().owner = answer.canonical;
    answer.ttl = std::min(answer.ttl, alias->second.ttl);
    answer.canonical = *decode_name(alias->second);
    if (leads_back(answer)) return looped(std::move(answer));
  }
}

void Recording::learn(const Question& question, const AnswerPtr& received) {
  if (question.type == Type::cname) return learn_end(question, received);
  Question at = question;
  for (const auto& alias : received->aliases) {
    if (ends_.contains(at)) return;
    auto target = decode_name(alias);
    if (!target) {
      ends_.emplace(at, failed(at.name, Failure::malformed));
      return;
    }
    learn_alias(at.name, alias);
    // Another answer led elsewhere from here, and what follows is not about that.
    if (decode_name(aliases_.at(at.name)) != target) return;
    at.name = *target;
  }
  bool loops = received->failure == Failure::alias_loop && !received->aliases.empty();
  if (loops && received->aliases.size() >= limits::kAliases)
    beyond_.insert(at);
  else if (!loops || !aliases_.contains(at.name))  // else the aliases say that it is a circle
    learn_end(at, received);
}

void Recording::learn_alias(const Name& name, Record alias) {
  alias.owner = name;
  alias.type = Type::cname;
  aliases_.try_emplace(name, std::move(alias));
}

void Recording::learn_end(const Question& question, const AnswerPtr& received) {
  // Aliases may have answered it already.
  if (Question open; answer(question, open)) return;
  auto end = end_of(question, received);
  // This name was told to lead on when a long chain came by.
  if (beyond_.contains(question)) end = failed(question.name, Failure::alias_loop);
  if (question.type == Type::cname && end->status == Status::found)
    learn_alias(question.name, end->records[0]);
  else
    ends_.try_emplace(question, std::move(end));
}

void Recording::give_up(const Question& question) {
  given_up_.insert(question);
}

std::string Recording::text() {
  RecordingText text;
  for (const auto& [name, alias] : aliases_) text.add({alias});
  for (const auto& [question, end] : ends_) {
    if (end->status == Status::found)
      text.add(end->records);
    else
      text.add({question.name, question.type, end->status, end->failure});
  }
  // Only where a chain was cut short is there nothing else to say how it goes on.
  for (const auto& question : beyond_)
    if (!ends_.contains(question) && !aliases_.contains(question.name))
      text.add({question.name, question.type, Status::failed, Failure::alias_loop});
  Question open;
  for (const auto& question : given_up_)
    if (!answer(question, open)) text.add({open.name, open.type, Status::failed, Failure::timeout});
  return text.compose();
}

}  // namespace mailtrust::dns
