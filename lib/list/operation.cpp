#include "list/operation.hpp"

#include <utility>

#include "store/rows.hpp"

namespace mailtrust::list {
namespace {

// Undone and abandoned changes of this size leave the history with their entries.
constexpr std::int64_t kLargeChange = 1000;

Verdict verdict_of(std::int64_t number) {
  return number == 0 ? Verdict::allow : Verdict::deny;
}

std::int64_t number_of(Verdict verdict) {
  return verdict == Verdict::allow ? 0 : 1;
}

Expected<void> run(Expected<store::Statement> statement, std::int64_t value) {
  if (!statement) return fail(statement.error());
  return statement->bind(1, value).run();
}

void bind_attributes(store::Statement& statement, int place, const Attributes& other) {
  statement.bind(place, number_of(other.verdict)).bind(place + 1, std::int64_t{other.exclusive});
  statement.bind(place + 2, other.created).bind(place + 3, std::int64_t{other.dropped});
}

}  // namespace

Attributes attributes_of(const Listed& listed) {
  return {listed.verdict, listed.exclusive, listed.created, false};
}

Expected<std::optional<Record>> find_record(store::Database& database, std::string_view name) {
  auto query = database.prepare(
      "SELECT id, verdict, exclusive, created, entries, dropped FROM list WHERE name = ?1");
  if (!query) return fail(query.error());
  auto found = query->bind_text(1, name).step();
  if (!found) return fail(found.error());
  if (!*found) return std::optional<Record>{};
  return Record{query->integer(0),
                {std::string(name), verdict_of(query->integer(1)), query->integer(2) != 0,
                 query->integer(3), static_cast<std::size_t>(query->integer(4))},
                query->integer(5) != 0};
}

Expected<std::int64_t> insert_list(store::Database& database, std::string_view name) {
  auto statement = database.prepare(
      "INSERT INTO list(name, verdict, exclusive, created, dropped, entries) "
      "VALUES(?1, 1, 0, 0, 1, 0)");
  if (!statement) return fail(statement.error());
  if (auto done = statement->bind_text(1, name).run(); !done) return fail(done.error());
  return database.last_row_id();
}

Expected<void> write_record(store::Database& database, const Record& record) {
  auto statement = database.prepare(
      "UPDATE list SET verdict = ?2, exclusive = ?3, created = ?4, dropped = ?5, entries = ?6 "
      "WHERE id = ?1");
  if (!statement) return fail(statement.error());
  const auto& listed = record.listed;
  bind_attributes(statement->bind(1, record.id), 2,
                  {listed.verdict, listed.exclusive, listed.created, record.dropped});
  auto entries = record.dropped ? 0 : static_cast<std::int64_t>(listed.entries);
  return statement->bind(6, entries).run();
}

Expected<void> remove_entries(store::Database& database, std::int64_t list) {
  return run(database.prepare("DELETE FROM entry WHERE list = ?1"), list);
}

Expected<std::int64_t> insert_operation(store::Database& database, const Operation& operation) {
  auto statement = database.prepare(
      "INSERT INTO operation(list, at, author, what, detail, state, other_verdict, "
      "other_exclusive, other_created, other_dropped, added, updated, removed) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
  if (!statement) return fail(statement.error());
  statement->bind(1, operation.list).bind(2, operation.at).bind_text(3, operation.author);
  statement->bind_text(4, operation.what).bind_text(5, operation.detail);
  statement->bind(6, static_cast<std::int64_t>(operation.standing));
  bind_attributes(*statement, 7, operation.other);
  statement->bind(11, static_cast<std::int64_t>(operation.counts.added));
  statement->bind(12, static_cast<std::int64_t>(operation.counts.updated));
  statement->bind(13, static_cast<std::int64_t>(operation.counts.removed));
  if (auto done = statement->run(); !done) return fail(done.error());
  return database.last_row_id();
}

Expected<void> write_counts(store::Database& database, std::int64_t id, const Counts& counts) {
  auto statement =
      database.prepare("UPDATE operation SET added = ?2, updated = ?3, removed = ?4 WHERE id = ?1");
  if (!statement) return fail(statement.error());
  statement->bind(1, id).bind(2, static_cast<std::int64_t>(counts.added));
  statement->bind(3, static_cast<std::int64_t>(counts.updated));
  return statement->bind(4, static_cast<std::int64_t>(counts.removed)).run();
}

Expected<void> write_standing(store::Database& database, const Operation& operation) {
  auto statement = database.prepare(
      "UPDATE operation SET state = ?2, other_verdict = ?3, other_exclusive = ?4, "
      "other_created = ?5, other_dropped = ?6 WHERE id = ?1");
  if (!statement) return fail(statement.error());
  statement->bind(1, operation.id).bind(2, static_cast<std::int64_t>(operation.standing));
  bind_attributes(*statement, 3, operation.other);
  return statement->run();
}

Expected<void> forget_undone(store::Database& database, std::int64_t list) {
  auto forget = database.prepare(
      "DELETE FROM change WHERE operation IN (SELECT id FROM operation WHERE list = ?1 AND "
      "state = 1 AND added + updated + removed > ?2)");
  if (!forget) return fail(forget.error());
  if (auto done = forget->bind(1, list).bind(2, kLargeChange).run(); !done) return done;
  return run(database.prepare("UPDATE operation SET state = 2 WHERE list = ?1 AND state = 1"),
             list);
}

Expected<std::int64_t> insert_origin(store::Database& database, std::int64_t operation,
                                     std::string_view file) {
  auto query = database.prepare(
      "INSERT INTO origin(operation, file) VALUES(?1, ?2) "
      "ON CONFLICT DO UPDATE SET file = file RETURNING id");
  if (!query) return fail(query.error());
  auto found = query->bind(1, operation).bind_text(2, file).step();
  if (!found) return fail(found.error());
  auto id = query->integer(0);
  // To its end, or the row is not there.
  if (auto done = query->step(); !done) return fail(done.error());
  return id;
}

Expected<std::vector<Operation>> operations_of(store::Database& database, std::int64_t list) {
  auto query = database.prepare(
      "SELECT id, at, author, what, detail, state, added, updated, removed, other_verdict, "
      "other_exclusive, other_created, other_dropped FROM operation WHERE list = ?1 "
      "ORDER BY id DESC");
  if (!query) return fail(query.error());
  query->bind(1, list);
  std::vector<Operation> out;
  auto read = store::each_row(*query, [&] {
    auto number = [&](int column) { return static_cast<std::uint64_t>(query->integer(column)); };
    out.push_back({query->integer(0),
                   list,
                   query->integer(1),
                   std::string(query->text(2)),
                   std::string(query->text(3)),
                   std::string(query->text(4)),
                   static_cast<Standing>(query->integer(5)),
                   {number(6), number(7), number(8)},
                   {verdict_of(query->integer(9)), query->integer(10) != 0, query->integer(11),
                    query->integer(12) != 0}});
  });
  if (!read) return fail(read.error());
  return out;
}

}  // namespace mailtrust::list
