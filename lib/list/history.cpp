#include "list/history.hpp"

#include <utility>

#include "list/operation.hpp"
#include "store/rows.hpp"

namespace mailtrust::list {
namespace {

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::done: return "done";
    case Standing::undone: return "undone";
    case Standing::abandoned: return "abandoned";
    case Standing::remark: return "remark";
  }
  return "done";
}

std::optional<EntryChange::Side> side_of(const store::Statement& query, int column) {
  if (query.is_null(column)) return std::nullopt;
  auto row = unpack(query.blob(column));
  if (!row) return std::nullopt;
  return EntryChange::Side{row->state, std::move(row->comment), row->expires};
}

Expected<std::vector<EntryChange>> changes_of(store::Database& database, std::int64_t operation,
                                              std::size_t most) {
  auto query = database.prepare(
      "SELECT key, before, after FROM change WHERE operation = ?1 ORDER BY key LIMIT ?2");
  if (!query) return fail(query.error());
  query->bind(1, operation).bind(2, static_cast<std::int64_t>(most));
  std::vector<EntryChange> out;
  auto read = store::each_row(*query, [&] {
    out.push_back(
        {entry_from(query->blob(0)).value_or(Entry{}), side_of(*query, 1), side_of(*query, 2)});
  });
  if (!read) return fail(read.error());
  return out;
}

}  // namespace

Event event_of(const Operation& operation) {
  return {operation.id,     operation.at,
          operation.author, operation.what,
          operation.detail, to_string(operation.standing),
          operation.counts, {}};
}

Expected<Record> find_with_history(Store& store, std::string_view name) {
  auto record = find_record(store.database(), name);
  if (!record) return fail(record.error());
  if (*record) return **record;
  return fail(Error::Kind::input, name,
              "no such list, and none that was dropped; `list show` tells which there are");
}

Expected<std::vector<Event>> history(Store& store, std::string_view name, std::size_t changes) {
  auto& database = store.database();
  auto moment = store::Transaction::read(database);
  if (!moment) return fail(moment.error());
  auto record = find_with_history(store, name);
  if (!record) return fail(record.error());
  auto operations = operations_of(database, record->id);
  if (!operations) return fail(operations.error());
  std::vector<Event> out;
  for (const auto& operation : *operations) {
    out.push_back(event_of(operation));
    auto changed = changes_of(database, operation.id, changes);
    if (!changed) return fail(changed.error());
    out.back().changes = *std::move(changed);
  }
  return out;
}

}  // namespace mailtrust::list
