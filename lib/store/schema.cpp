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

constexpr auto kMigrations = std::to_array<std::string_view>({kVersion1});

}  // namespace

Schema schema() {
  return {kApplicationId, kMigrations};
}

}  // namespace mailtrust::store
