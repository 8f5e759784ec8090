#include "dns/recorder.hpp"

#include "base/file.hpp"
#include "base/limits.hpp"
#include "dns/zone_record.hpp"

namespace mailtrust::dns {

AnswerPtr Recorder::query(const Question& question) {
  return query_until(question, Deadline::max());
}

AnswerPtr Recorder::query_until(const Question& question, Deadline deadline) {
  if (!is_data_type(question.type)) return next_.query_until(question, deadline);
  Question open;
  {
    std::lock_guard lock(mutex_);
    if (auto known = recording_.answer(question, open)) return known;
  }
  // What is known of the aliases is usually nothing, and the answer then brings all of them.
  open = question;
  while (true) {
    auto received = next_.query_until(open, deadline);
    std::lock_guard lock(mutex_);
    recording_.learn(open, received);
    // Whatever came tells of the step at `open`, so this gets on, by kAliases steps at most.
    if (auto answer = recording_.answer(question, open)) return answer;
  }
}

void Recorder::prefetch(std::span<const Question> questions) {
  next_.prefetch(questions);
}

void Recorder::give_up(const Question& question) {
  {
    std::lock_guard lock(mutex_);
    recording_.give_up(question);
  }
  next_.give_up(question);
}

std::string Recorder::text() {
  std::lock_guard lock(mutex_);
  return recording_.text();
}

std::optional<Error> Recorder::save(const std::string& path) {
  if (path == "-")
    return Error{Error::Kind::usage, path,
                 "standard output is for the answers; expected the name of a file"};
  auto octets = text();
  if (octets.size() > limits::kZoneFile)
    return Error{Error::Kind::input, path,
                 "not written: the recording has " + std::to_string(octets.size()) +
                     " octets, a zone file at most " + std::to_string(limits::kZoneFile)};
  return write_file_atomically(path, octets);
}

}  // namespace mailtrust::dns
