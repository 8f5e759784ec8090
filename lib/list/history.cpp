#include "list/history.hpp"

#include <utility>

#include "list/operation.hpp"

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
  return fail(Error::Kind::input, name, "no such list in the store, and none that was dropped");
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
  for (;;) {
    auto found = query->step();
    if (!found) return fail(found.error());
    if (!*found) return out;
    out.push_back(
        {entry_from(query->blob(0)).value_or(Entry{}), side_of(*query, 1), side_of(*query, 2)});
  }
}

// What an operation only added, and so did not tell, is told before it is taken away.
Expected<void> tell_added(store::Database& database, std::int64_t list, std::int64_t operation) {
  auto query = database.prepare("SELECT " + std::string(kRowColumns) +
                                ", key FROM entry WHERE list = ?1 AND origin IN "
                                "(SELECT id FROM origin WHERE operation = ?2)");
  if (!query) return fail(query.error());
  auto note = database.prepare(
      "INSERT OR IGNORE INTO change(operation, key, before, after) VALUES(?1, ?2, NULL, ?3)");
  if (!note) return fail(note.error());
  query->bind(1, list).bind(2, operation);
  note->bind(1, operation);
  Row row;
  for (;;) {
    auto found = query->step();
    if (!found) return fail(found.error());
    if (!*found) return {};
    read_row(*query, 0, row);
    auto packed = pack(row);
    if (auto done = note->bind_blob(2, query->blob(6)).bind_blob(3, packed).run(); !done)
      return done;
  }
}

// Every entry that the operation changed becomes what `side` of the change says.
Expected<void> apply(store::Database& database, std::int64_t list, std::int64_t operation,
                     std::string_view side) {
  auto query = database.prepare("SELECT key, " + std::string(side) +
                                " FROM change WHERE operation = ?1 ORDER BY key");
  if (!query) return fail(query.error());
  auto put = database.prepare(put_entry_sql());
  if (!put) return fail(put.error());
  auto remove = database.prepare(remove_entry_sql());
  if (!remove) return fail(remove.error());
  query->bind(1, operation);
  for (;;) {
    auto found = query->step();
    if (!found) return fail(found.error());
    if (!*found) return {};
    bool is_there = !query->is_null(1);
    auto row = unpack(query->blob(1));
    if (is_there && !row)
      return fail(Error::Kind::input, database.path(), "is damaged: its history cannot be read");
    auto& statement = is_there ? *put : *remove;
    statement.bind(1, list).bind_blob(2, query->blob(0));
    if (is_there) bind_row(statement, 3, *row);
    if (auto done = statement.run(); !done) return done;
  }
}

// The attributes of the list and those the operation remembers change places.
void swap_attributes(Record& record, Operation& operation) {
  Attributes now = attributes_of(record.listed);
  now.dropped = record.dropped;
  const auto& other = operation.other;
  record.listed.verdict = other.verdict;
  record.listed.exclusive = other.exclusive;
  record.listed.created = other.created;
  record.dropped = other.dropped;
  operation.other = now;
}

// One direction of time.
struct Direction {
  Standing from;
  Standing to;
  std::string_view side;
  std::string_view nothing;
};

constexpr Direction kBack{Standing::done, Standing::undone, "before", "there is nothing to undo"};
constexpr Direction kForth{Standing::undone, Standing::done, "after",
                           "there is nothing to do again"};

// Backwards the newest that is done, forwards the oldest that is undone.
Expected<Operation> choose(store::Database& database, const Record& record,
                           const Direction& direction) {
  auto operations = operations_of(database, record.id);
  if (!operations) return fail(operations.error());
  std::optional<Operation> chosen;
  for (auto& operation : *operations) {
    if (operation.standing != direction.from) continue;
    bool first = !chosen.has_value();
    if (first || direction.from == Standing::undone) chosen = std::move(operation);
  }
  if (chosen) return *chosen;
  return fail(Error::Kind::input, record.listed.name, std::string(direction.nothing));
}

std::size_t entries_after(const Record& record, const Counts& counts, bool backwards) {
  auto entries = record.listed.entries;
  return backwards ? entries - counts.added + counts.removed
                   : entries + counts.added - counts.removed;
}

Expected<void> remark(store::Database& database, const Operation& done, const Deed& deed,
                      bool backwards) {
  Operation remark{.list = done.list,
                   .at = deed.now,
                   .author = deed.author,
                   .what = deed.what,
                   .detail = std::to_string(done.id),
                   .standing = Standing::remark,
                   .counts = done.counts};
  if (backwards) std::swap(remark.counts.added, remark.counts.removed);
  auto id = insert_operation(database, remark);
  return id ? Expected<void>{} : fail(id.error());
}

Expected<Event> travel(Store& store, std::string_view name, const Deed& deed,
                       const Direction& direction) {
  auto& database = store.database();
  auto transaction = store::Transaction::write(database);
  if (!transaction) return fail(transaction.error());
  auto record = find_with_history(store, name);
  if (!record) return fail(record.error());
  auto operation = choose(database, *record, direction);
  if (!operation) return fail(operation.error());
  bool backwards = direction.from == Standing::done;
  Expected<void> done;
  if (backwards) done = tell_added(database, record->id, operation->id);
  if (done) done = apply(database, record->id, operation->id, direction.side);
  record->listed.entries = entries_after(*record, operation->counts, backwards);
  swap_attributes(*record, *operation);
  operation->standing = direction.to;
  if (done) done = write_record(database, *record);
  if (done) done = write_standing(database, *operation);
  if (done) done = remark(database, *operation, deed, backwards);
  if (done) done = transaction->commit();
  if (!done) return fail(done.error());
  return event_of(*operation);
}

}  // namespace

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

Expected<Event> undo(Store& store, std::string_view name, const Deed& deed) {
  return travel(store, name, deed, kBack);
}

Expected<Event> redo(Store& store, std::string_view name, const Deed& deed) {
  return travel(store, name, deed, kForth);
}

}  // namespace mailtrust::list
