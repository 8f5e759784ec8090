#include "store/schema.hpp"

#include <array>

namespace mailtrust::store {
namespace {

constexpr std::int32_t kApplicationId = 0x6d747374;  // "mtst"

// What stands in which column: list/row.hpp and list/store.hpp. Times are Unix seconds.
constexpr std::string_view kVersion1 = R"sql(
CREATE TABLE list(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
  verdict INTEGER NOT NULL, exclusive INTEGER NOT NULL, created INTEGER NOT NULL,
  dropped INTEGER NOT NULL, entries INTEGER NOT NULL) STRICT;

-- What was changed when by whom. Of the list itself: how it was before (after, once undone).
CREATE TABLE operation(
  id INTEGER PRIMARY KEY, list INTEGER NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL,
  what TEXT NOT NULL, detail TEXT NOT NULL, state INTEGER NOT NULL,
  added INTEGER NOT NULL, updated INTEGER NOT NULL, removed INTEGER NOT NULL,
  other_verdict INTEGER NOT NULL, other_exclusive INTEGER NOT NULL,
  other_created INTEGER NOT NULL, other_dropped INTEGER NOT NULL) STRICT;
CREATE INDEX operation_of_list ON operation(list);

-- Where entries came from: the operation that last wrote them, the file ('' when typed).
CREATE TABLE origin(
  id INTEGER PRIMARY KEY, operation INTEGER NOT NULL, file TEXT NOT NULL,
  UNIQUE(operation, file)) STRICT;

-- created: only where it differs from the time of the origin's operation.
CREATE TABLE entry(
  list INTEGER NOT NULL, key BLOB NOT NULL, origin INTEGER NOT NULL, line INTEGER,
  state INTEGER NOT NULL, created INTEGER, expires INTEGER, comment TEXT,
  PRIMARY KEY(list, key)) STRICT, WITHOUT ROWID;

-- One entry before and after an operation. What a large import only added is not told here: those
-- entries have it as their origin.
CREATE TABLE change(
  operation INTEGER NOT NULL, key BLOB NOT NULL, before BLOB, after BLOB,
  PRIMARY KEY(operation, key)) STRICT, WITHOUT ROWID;

CREATE TABLE matched(
  list INTEGER NOT NULL, key BLOB NOT NULL, last INTEGER NOT NULL, times INTEGER NOT NULL,
  PRIMARY KEY(list, key)) STRICT, WITHOUT ROWID;

CREATE TABLE cache(
  kind TEXT NOT NULL, key TEXT NOT NULL, fetched INTEGER NOT NULL, expires INTEGER,
  value BLOB NOT NULL, PRIMARY KEY(kind, key)) STRICT, WITHOUT ROWID;
)sql";

// What `bounce report --remember` counted: delivery/state.hpp. `dimension` and `reason` are those of
// delivery::By and the words of bounce::Reason; weeks are their Mondays.
constexpr std::string_view kVersion2 = R"sql(
CREATE TABLE delivery_count(
  dimension INTEGER NOT NULL, week INTEGER NOT NULL, key TEXT NOT NULL,
  delivered INTEGER NOT NULL, deferred INTEGER NOT NULL, hard INTEGER NOT NULL,
  soft INTEGER NOT NULL, unknown INTEGER NOT NULL, complaints INTEGER NOT NULL,
  PRIMARY KEY(dimension, week, key)) STRICT, WITHOUT ROWID;

CREATE TABLE delivery_address(
  address TEXT PRIMARY KEY,
  hard_count INTEGER NOT NULL, hard_first INTEGER NOT NULL, hard_last INTEGER NOT NULL,
  hard_reason TEXT NOT NULL, hard_rule TEXT NOT NULL, hard_reply BLOB NOT NULL,
  soft_count INTEGER NOT NULL, soft_first INTEGER NOT NULL, soft_last INTEGER NOT NULL,
  soft_reason TEXT NOT NULL, soft_rule TEXT NOT NULL, soft_reply BLOB NOT NULL,
  soft_weeks TEXT NOT NULL, delivered INTEGER NOT NULL, recent TEXT NOT NULL,
  touched INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- How far a log was read: maillog/place.hpp.
CREATE TABLE delivery_place(
  log TEXT NOT NULL, position INTEGER NOT NULL, before TEXT NOT NULL, seen INTEGER NOT NULL,
  PRIMARY KEY(log, position, before)) STRICT, WITHOUT ROWID;

-- Hashes of mails that were counted.
CREATE TABLE delivery_mail(
  hash BLOB PRIMARY KEY, seen INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE delivery_state(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
)sql";

constexpr auto kMigrations = std::to_array<std::string_view>({kVersion1, kVersion2});

}  // namespace

Schema schema() {
  return {kApplicationId, kMigrations};
}

}  // namespace mailtrust::store
