#include "dns/overlay_resolver.hpp"

#include <algorithm>

namespace mailtrust::dns {
namespace {

constexpr std::size_t kMaxString = 255;

}  // namespace

std::string encode_txt(std::string_view text) {
  std::string data;
  do {
    auto string = text.substr(0, kMaxString);
    data += static_cast<char>(string.size());
    data += string;
    text.remove_prefix(string.size());
  } while (!text.empty());
  return data;
}

void OverlayResolver::set_txt(const Name& name, const std::vector<std::string>& texts) {
  Answer answer;
  answer.status = texts.empty() ? Status::no_data : Status::found;
  answer.failure = Failure::none;
  answer.canonical = name;
  for (const auto& text : texts)
    answer.records.push_back({name, Type::txt, answer.ttl, encode_txt(text)});
  answers_[name] = std::make_shared<const Answer>(std::move(answer));
}

AnswerPtr OverlayResolver::query(const Question& question) {
  auto known = question.type == Type::txt ? answers_.find(question.name) : answers_.end();
  return known != answers_.end() ? known->second : below_.query(question);
}

void OverlayResolver::prefetch(std::span<const Question> questions) {
  std::vector<Question> rest;
  for (const auto& question : questions)
    if (question.type != Type::txt || !answers_.contains(question.name)) rest.push_back(question);
  below_.prefetch(rest);
}

}  // namespace mailtrust::dns
