#pragma once
// Where DNS answers come from in this run: a recorder over a cache over the network or zone files,
// as the options say. The only place that knows the makers of resolvers.

#include <atomic>
#include <memory>
#include <optional>
#include <string_view>

#include "base/expected.hpp"
#include "base/once.hpp"
#include "cli/context.hpp"
#include "dns/recorder.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::cli {

/// May this be given to --resolver? The Error has no `where`.
Expected<void> check_server(std::string_view text);

/// Asks through the stack, which is built when the first question comes. Thread-safe.
class Resolvers : public dns::Resolver {
 public:
  explicit Resolvers(const Globals& globals);
  ~Resolvers() override;

  /// Reads the zone files, if there are any. To be called before a command that asks; what is
  /// wrong with a file is an Error for each bad place.
  std::vector<Error> prepare();

  dns::AnswerPtr query(const dns::Question& question) override;
  dns::AnswerPtr query_until(const dns::Question& question, Deadline deadline) override;
  void prefetch(std::span<const dns::Question> questions) override;
  void give_up(const dns::Question& question) override;

  /// Writes the recording, if one is wanted and prepare() found no fault. Also while questions are
  /// under way.
  std::optional<Error> finish();

  /// For the end of a run: that no resolver was reached, which no domain is to blame for.
  [[nodiscard]] std::optional<Error> trouble() const;

 private:
  std::vector<Error> open();
  dns::Resolver& top();
  dns::AnswerPtr noted(dns::AnswerPtr answer);

  const Globals& globals_;
  std::atomic<bool> refused_ = false;  // prepare() found faults
  std::atomic<bool> reached_ = false;  // a question left this host
  std::atomic<bool> alone_ = false;    // a question could not
  Once once_;
  std::unique_ptr<dns::Resolver> source_;
  std::unique_ptr<dns::Recorder> recorder_;  // in front of the source, when a recording is wanted
};

}  // namespace mailtrust::cli
