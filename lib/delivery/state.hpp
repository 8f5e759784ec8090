#pragma once
// What `bounce report --remember` knows from earlier runs, in the store: how far each log was read,
// which mails were counted, the counts, the evidence. All of a run, or nothing of it.

#include <cstdint>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "delivery/ledger.hpp"
#include "maillog/place.hpp"
#include "store/database.hpp"

namespace mailtrust::delivery {

/// What a run read of a log.
struct ReadLog {
  maillog::Place place;
  std::uint64_t skipped = 0;  ///< up to where an earlier run had read it
};

class State {
 public:
  /// The store at `path`, made if need be.
  static Expected<State> open(const std::string& path);

  /// Fills what a Ledger may know from before: its evidence and its mails.
  Expected<void> load(Ledger& ledger);

  /// After load().
  [[nodiscard]] const std::vector<maillog::Place>& places() const { return places_; }

  /// For maillog::Reader::restore().
  [[nodiscard]] const std::string& queue() const { return queue_; }

  /// Adds what the run counted to what is known, and forgets what is older than kWeeksKept, by the
  /// clock or by the newest week counted where the clock is ahead of it; on disk when it returns.
  /// Temporary when another run came first: then nothing of this one is kept, and running it again
  /// counts everything once.
  Expected<void> add(Ledger& ledger, const std::vector<ReadLog>& logs, const std::string& queue,
                     std::int64_t now);

  /// All that is counted, of this run and those before.
  Expected<void> read_counts(Tally& tally);

 private:
  explicit State(store::Database database) : database_(std::move(database)) {}

  Expected<void> load_places();
  Expected<void> load_mails(Ledger& ledger);
  Expected<void> load_evidence(EvidenceTable& table);
  Expected<std::int64_t> generation();
  Expected<void> add_counts(const Tally& tally);
  Expected<void> add_evidence(EvidenceTable& table);
  Expected<void> add_mails(const Ledger& ledger, std::int64_t now);
  Expected<void> add_places(const std::vector<ReadLog>& logs, std::int64_t now);
  Expected<void> put_value(std::string_view name, std::string_view value);
  Expected<std::int64_t> newest_week(std::int64_t otherwise);
  Expected<void> forget(std::int64_t now);

  store::Database database_;
  std::int64_t generation_ = 0;
  std::vector<maillog::Place> places_;
  std::string queue_;
};

}  // namespace mailtrust::delivery
