#pragma once
// What DNS said in one run, as one zone that never contradicts itself.

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/limits.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::dns {

/// Holds what a zone file can: for each name where it leads (a CNAME), for each name and type how
/// the lookup ends there. The first word on each stays; what contradicts it later (a record set
/// that rotates, a name that expired) is not taken in. So an answer made from it is the same now,
/// later, and in the replay. Not thread-safe.
///
/// A name and type without records takes 320 octets, with one A record 430 (measured, names of 40
/// octets), however often it is asked; text() takes the size of the file twice more and a loaded
/// zone beside it.
class Recording {
 public:
  /// The answer that follows from what is known, as ZoneResolver gives it to `text()`. Null when
  /// the known aliases end at a name whose data is not known; then `open` is the question there.
  [[nodiscard]] AnswerPtr answer(const Question& question, Question& open);

  /// Takes in what `received` says beyond what is known. Answers whose records are no data of their
  /// type are Failure::malformed.
  void learn(const Question& question, const AnswerPtr& received);

  /// A question that nobody had the time to ask. Unless it is answered after all, the replay has a
  /// time-out there, for it must not take the name for absent.
  void give_up(const Question& question);

  /// The master file, sorted by name in canonical order (RFC 4034 section 6.1), then by type: the
  /// same octets in whatever order the answers came. Records stand as they are; no data and
  /// failures are fault lines (dns/zone_fault.hpp), and so is a name that did not exist, where the
  /// other lines would make it exist.
  [[nodiscard]] std::string text();

 private:
  void learn_alias(const Name& name, Record alias);
  void learn_end(const Question& question, const AnswerPtr& received);

  std::unordered_map<Name, Record> aliases_;      // one CNAME each: RFC 2181 section 10.1
  std::unordered_map<Question, AnswerPtr> ends_;  // without aliases; found CNAMEs are in aliases_
  std::unordered_set<Question> beyond_;           // told to lead on, past limits::kAliases
  std::unordered_set<Question> given_up_;
};

}  // namespace mailtrust::dns
