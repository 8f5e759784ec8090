#pragma once
// A Resolver that remembers what another one said, for `--record-zone`.

#include <mutex>
#include <optional>
#include <string>

#include "base/limits.hpp"
#include "dns/recording.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::dns {

/// Stands in front of the Resolver that does the work. Each question is passed on once; its answer,
/// a failure too, then holds for the rest of the run, so that answers which rotate or expire cannot
/// make the replay differ from the run. Where an answer contradicts an earlier one (a name whose
/// CNAME rotates), the earlier holds, and the rest of the way is asked for: at most
/// limits::kAliases questions more. Thread-safe.
///
/// Questions of types that no zone can hold (ANY, AXFR) are passed on and not recorded. Whether an
/// answer was authentic, and how long a negative one may be kept, a master file cannot say.
class Recorder final : public Resolver {
 public:
  /// `next` must outlive the recorder.
  explicit Recorder(Resolver& next) : next_(next) {}

  AnswerPtr query(const Question& question) override;
  AnswerPtr query_until(const Question& question, Deadline deadline) override;
  void prefetch(std::span<const Question> questions) override;
  void give_up(const Question& question) override;

  /// The master file so far; ZoneResolver then answers every recorded question the same.
  [[nodiscard]] std::string text();

  /// Writes it as write_file_atomically() does. `-` is refused: standard output is for answers. So
  /// is a recording over limits::kZoneFile, which could not be replayed.
  [[nodiscard]] std::optional<Error> save(const std::string& path);

 private:
  Resolver& next_;
  std::mutex mutex_;
  Recording recording_;
};

}  // namespace mailtrust::dns
