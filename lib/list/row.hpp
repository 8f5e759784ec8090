#pragma once
// An entry as the store keeps it: a key that sorts like the entry, and a row of plain values. For
// lib/list only.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "list/entry.hpp"
#include "list/line.hpp"
#include "list/store.hpp"
#include "store/bulk.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"

namespace mailtrust::list {

/// Kind and family, then: the first address in network order and the prefix length, or the
/// complement of the last address; or the name. Keys compare as octets the way entries do.
std::string key_of(const Entry& entry);

/// The same for a line, appended.
void append_key(std::string& out, const Line& line);

/// Nothing for octets that are no key.
std::optional<Entry> entry_from(std::string_view key);

struct Row {
  std::int64_t origin = 0;
  std::optional<std::int64_t> line = {};
  State state = State::active;
  std::optional<std::int64_t> created = {};  ///< nothing: the time of the origin's operation
  std::optional<std::int64_t> expires = {};
  std::string comment = {};

  friend bool operator==(const Row&, const Row&) = default;
};

/// Statements about one entry: ?1 is the list, ?2 the key; in put_entry_sql() what bind_row() binds
/// follows from ?3 on.
std::string get_entry_sql();
std::string put_entry_sql();
std::string remove_entry_sql();

/// The columns of a query that begin at `column`, in the order of kRowColumns.
inline constexpr std::string_view kRowColumns = "origin, line, state, created, expires, comment";
void read_row(const store::Statement& query, int column, Row& row);

/// Calls `visit(key, row)` for each row of a query for kRowColumns and then the key, as
/// store::each_row does.
template <typename Visit>
Expected<void> each_entry(store::Statement& query, Visit visit) {
  Row row;
  return store::each_row(query, [&] {
    read_row(query, 0, row);
    return visit(query.blob(6), row);
  });
}

/// Binds the same columns from `place` on; `row` must live until the statement is run.
void bind_row(store::Statement& statement, int place, const Row& row);

/// The same as cells.
void fill_cells(std::span<store::Cell> cells, const Row& row);

/// As one value, for the history.
std::string pack(const Row& row);
std::optional<Row> unpack(std::string_view octets);

}  // namespace mailtrust::list
