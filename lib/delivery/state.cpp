#include "delivery/state.hpp"

#include <algorithm>
#include <utility>

#include "base/number.hpp"
#include "delivery/evidence_row.hpp"
#include "delivery/week.hpp"
#include "store/rows.hpp"
#include "store/schema.hpp"

namespace mailtrust::delivery {
namespace {

// Of this length after its last use a pairing is of no more use: no server keeps mail longer.
constexpr std::int64_t kPairingKept = 14 * kDay;

std::int64_t integer(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

std::uint64_t natural(const store::Statement& row, int column) {
  return static_cast<std::uint64_t>(row.integer(column));
}

Sums read_sums(const store::Statement& row, int column) {
  return {natural(row, column),     natural(row, column + 1), natural(row, column + 2),
          natural(row, column + 3), natural(row, column + 4), natural(row, column + 5)};
}

void bind_sums(store::Statement& statement, int place, const Sums& sums) {
  statement.bind(place, integer(sums.delivered))
      .bind(place + 1, integer(sums.deferred))
      .bind(place + 2, integer(sums.hard))
      .bind(place + 3, integer(sums.soft))
      .bind(place + 4, integer(sums.unknown))
      .bind(place + 5, integer(sums.complaints));
}

// Runs `take` on each row of a query.
template <typename Take>
Expected<void> each_row(store::Database& database, std::string_view sql, Take take) {
  auto query = database.prepare(sql);
  if (!query) return fail(query.error());
  return store::each_row(*query, [&] { take(*query); });
}

}  // namespace

Expected<State> State::open(const std::string& path) {
  auto database = store::Database::open(path, store::Access::write, store::schema());
  if (!database) return fail(database.error());
  return State(std::move(*database));
}

Expected<void> State::load(Ledger& ledger) {
  auto transaction = store::Transaction::read(database_);
  if (!transaction) return fail(transaction.error());
  auto generation = this->generation();
  if (!generation) return fail(generation.error());
  generation_ = *generation;
  if (auto read = load_places(); !read) return read;
  if (auto read = load_mails(ledger); !read) return read;
  return load_evidence(ledger.evidence);
}

Expected<std::int64_t> State::generation() {
  std::int64_t number = 0;
  auto read = each_row(database_, "SELECT value FROM delivery_state WHERE name = 'generation'",
                       [&](const store::Statement& row) {
                         number = integer(parse_number<std::uint64_t>(row.blob(0)).value_or(0));
                       });
  if (!read) return fail(read.error());
  return number;
}

Expected<void> State::load_places() {
  auto read = each_row(
      database_, "SELECT log, position, before FROM delivery_place",
      [&](const store::Statement& row) {
        places_.push_back({std::string(row.text(0)), natural(row, 1), std::string(row.text(2))});
      });
  if (!read) return read;
  return each_row(database_, "SELECT value FROM delivery_state WHERE name = 'queue'",
                  [&](const store::Statement& row) { queue_ = row.blob(0); });
}

Expected<void> State::load_mails(Ledger& ledger) {
  return each_row(database_, "SELECT hash FROM delivery_mail",
                  [&](const store::Statement& row) { ledger.known_mails.emplace(row.blob(0)); });
}

Expected<void> State::load_evidence(EvidenceTable& table) {
  auto sql = std::string("SELECT ") + kEvidenceColumns + " FROM delivery_address";
  return each_row(database_, sql, [&](const store::Statement& row) {
    if (auto* evidence = table.at(row.text(0))) *evidence = read_evidence(row);
  });
}

Expected<void> State::add(Ledger& ledger, const std::vector<ReadLog>& logs,
                          const std::string& queue, std::int64_t now) {
  auto transaction = store::Transaction::write(database_);
  if (!transaction) return fail(transaction.error());
  auto generation = this->generation();
  if (!generation) return fail(generation.error());
  if (*generation != generation_)
    return fail(
        Error::Kind::temporary, database_.path(),
        "another run has added to it meanwhile; nothing of this one was kept, run it again");
  if (auto done = add_counts(ledger.tally); !done) return done;
  if (auto done = add_evidence(ledger.evidence); !done) return done;
  auto newest = newest_week(now);
  if (!newest) return fail(newest.error());
  // A clock that was behind for a run must not make what it read seem old, nor one that was ahead
  // everything else.
  auto seen = std::max(now, *newest);
  if (auto done = add_mails(ledger, seen); !done) return done;
  if (auto done = add_places(logs, seen); !done) return done;
  if (auto done = put_value("queue", queue); !done) return done;
  if (auto done = put_value("generation", std::to_string(++generation_)); !done) return done;
  if (auto done = forget(std::min(now, *newest + kWeek)); !done) return done;
  return transaction->commit();
}

Expected<void> State::add_counts(const Tally& tally) {
  auto put = database_.prepare(
      "INSERT INTO delivery_count VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
      "ON CONFLICT DO UPDATE SET delivered = delivered + ?4, deferred = deferred + ?5, "
      "hard = hard + ?6, soft = soft + ?7, unknown = unknown + ?8, complaints = complaints + ?9");
  if (!put) return fail(put.error());
  for (std::size_t by = 0; by < kBys; ++by)
    for (const auto& row : tally.rows(static_cast<By>(by))) {
      put->bind(1, integer(by)).bind(2, row.week).bind_text(3, row.key);
      bind_sums(*put, 4, row.sums);
      if (auto done = put->run(); !done) return done;
    }
  return {};
}

Expected<void> State::add_evidence(EvidenceTable& table) {
  auto put =
      database_.prepare(std::string("INSERT OR REPLACE INTO delivery_address(") + kEvidenceColumns +
                        ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
                        "?14, ?15, ?16, ?17)");
  if (!put) return fail(put.error());
  for (auto& [address, evidence] : table.all()) {
    if (!std::exchange(evidence.changed, false)) continue;
    if (auto done = put_evidence(*put, address, evidence); !done) return done;
  }
  return {};
}

Expected<void> State::add_mails(const Ledger& ledger, std::int64_t now) {
  auto put = database_.prepare("INSERT OR REPLACE INTO delivery_mail VALUES(?1, ?2)");
  if (!put) return fail(put.error());
  put->bind(2, now);
  for (const auto& hash : ledger.new_mails)
    if (auto done = put->bind_blob(1, hash).run(); !done) return done;
  return {};
}

Expected<void> State::add_places(const std::vector<ReadLog>& logs, std::int64_t now) {
  auto drop = database_.prepare("DELETE FROM delivery_place WHERE log = ?1 AND position = ?2");
  auto put = database_.prepare("INSERT OR REPLACE INTO delivery_place VALUES(?1, ?2, ?3, ?4)");
  if (!drop) return fail(drop.error());
  if (!put) return fail(put.error());
  for (const auto& [place, skipped] : logs) {
    if (place.log.empty()) continue;
    if (skipped > 0)
      if (auto done = drop->bind_text(1, place.log).bind(2, integer(skipped)).run(); !done)
        return done;
    put->bind_text(1, place.log).bind(2, integer(place.offset));
    if (auto done = put->bind_text(3, place.before).bind(4, now).run(); !done) return done;
  }
  return {};
}

Expected<void> State::put_value(std::string_view name, std::string_view value) {
  auto put = database_.prepare("INSERT OR REPLACE INTO delivery_state VALUES(?1, ?2)");
  if (!put) return fail(put.error());
  return put->bind_text(1, name).bind_blob(2, value).run();
}

Expected<std::int64_t> State::newest_week(std::int64_t otherwise) {
  auto week = otherwise;
  auto read =
      each_row(database_, "SELECT max(week) FROM delivery_count",
               [&](const store::Statement& row) { week = row.integer_or_null(0).value_or(week); });
  if (!read) return fail(read.error());
  return week;
}

Expected<void> State::forget(std::int64_t now) {
  auto oldest = week_of(now) - kWeeksKept * kWeek;
  constexpr std::string_view kStatements[] = {
      "DELETE FROM delivery_count WHERE week < ?1",
      "DELETE FROM delivery_address WHERE touched < ?1",
      "DELETE FROM delivery_place WHERE seen < ?1",
      "DELETE FROM delivery_mail WHERE seen < ?1",
  };
  for (auto sql : kStatements) {
    auto drop = database_.prepare(sql);
    if (!drop) return fail(drop.error());
    if (auto done = drop->bind(1, oldest).run(); !done) return done;
  }
  auto drop = database_.prepare(
      "DELETE FROM delivery_address WHERE hard_count = 0 AND soft_count = 0 AND touched < ?1");
  if (!drop) return fail(drop.error());
  return drop->bind(1, now - kPairingKept).run();
}

Expected<void> State::read_counts(Tally& tally) {
  return each_row(database_, "SELECT * FROM delivery_count", [&](const store::Statement& row) {
    auto by = row.integer(0);
    if (by < 0 || by >= static_cast<std::int64_t>(kBys)) return;
    tally.add(static_cast<By>(by), {row.integer(1), row.text(2), read_sums(row, 3)});
  });
}

}  // namespace mailtrust::delivery
