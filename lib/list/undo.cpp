#include "list/undo.hpp"

#include <utility>

#include "list/change.hpp"
#include "list/operation.hpp"
#include "list/row.hpp"
#include "store/rows.hpp"

namespace mailtrust::list {
namespace {

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
  return each_entry(*query, [&](std::string_view key, const Row& row) -> Expected<bool> {
    auto packed = pack(row);
    if (auto done = note->bind_blob(2, key).bind_blob(3, packed).run(); !done)
      return fail(done.error());
    return true;
  });
}

// Every entry that the operation changed becomes what `side` of the change says; `visit` sees those
// that are there then.
Expected<void> apply(store::Database& database, std::int64_t list, std::int64_t operation,
                     std::string_view side, const Change::Visit& visit) {
  auto query = database.prepare("SELECT key, " + std::string(side) +
                                " FROM change WHERE operation = ?1 ORDER BY key");
  if (!query) return fail(query.error());
  auto put = database.prepare(put_entry_sql());
  if (!put) return fail(put.error());
  auto remove = database.prepare(remove_entry_sql());
  if (!remove) return fail(remove.error());
  query->bind(1, operation);
  return store::each_row(*query, [&]() -> Expected<bool> {
    bool is_there = !query->is_null(1);
    auto row = unpack(query->blob(1));
    if (is_there && !row)
      return fail(Error::Kind::input, database.path(), "is damaged: its history cannot be read");
    auto& statement = is_there ? *put : *remove;
    statement.bind(1, list).bind_blob(2, query->blob(0));
    if (is_there) bind_row(statement, 3, *row);
    if (auto done = statement.run(); !done) return fail(done.error());
    if (is_there) visit(query->blob(0), *row);
    return true;
  });
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
  const char* what;
  Standing from;
  Standing to;
  std::string_view side;
  std::string_view nothing;

  [[nodiscard]] bool is_back() const { return from == Standing::done; }
};

constexpr Direction kBack{"undo", Standing::done, Standing::undone, "before",
                          "there is nothing to undo"};
constexpr Direction kForth{"redo", Standing::undone, Standing::done, "after",
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

Expected<void> remark(store::Database& database, const Operation& done, const Actor& actor,
                      const Direction& direction) {
  Operation remark{.list = done.list,
                   .at = actor.now,
                   .author = actor.author,
                   .what = direction.what,
                   .detail = std::to_string(done.id),
                   .standing = Standing::remark,
                   .counts = done.counts};
  if (direction.is_back()) std::swap(remark.counts.added, remark.counts.removed);
  auto id = insert_operation(database, remark);
  return id ? Expected<void>{} : fail(id.error());
}

// Would the list as it is now still admit whoever does this?
Expected<void> check_admission(store::Database& database, const Record& record,
                               const Actor& actor) {
  Admission admission(record.listed, actor.address, actor.now);
  if (!admission.is_needed() || record.dropped) return {};
  auto query =
      database.prepare("SELECT " + std::string(kRowColumns) + ", key FROM entry WHERE list = ?1");
  if (!query) return fail(query.error());
  query->bind(1, record.id);
  auto read =
      each_entry(*query, [&](std::string_view key, const Row& row) { admission.see(key, row); });
  return read ? admission.check(actor.force) : read;
}

// One way through the history, in one transaction.
class Travel {
 public:
  Travel(Store& store, const Direction& direction, const Actor& actor, Vetting& vetting)
      : store_(store), direction_(direction), actor_(actor), vetting_(vetting) {}

  Expected<Event> run(std::string_view name) {
    auto transaction = store::Transaction::write(database_);
    if (!transaction) return fail(transaction.error());
    auto record = find_with_history(store_, name);
    if (!record) return fail(record.error());
    auto operation = choose(database_, *record, direction_);
    if (!operation) return fail(operation.error());
    record->listed.entries = entries_after(*record, operation->counts, direction_.is_back());
    swap_attributes(*record, *operation);
    operation->standing = direction_.to;
    auto done = move_entries(*record, *operation);
    if (done) done = check_admission(database_, *record, actor_);
    if (done) done = write_record(database_, *record);
    if (done) done = write_standing(database_, *operation);
    if (done) done = remark(database_, *operation, actor_, direction_);
    if (done) done = transaction->commit();
    if (!done) return fail(done.error());
    return event_of(*operation);
  }

 private:
  Expected<void> move_entries(const Record& record, const Operation& operation) {
    if (direction_.is_back())
      if (auto told = tell_added(database_, record.id, operation.id); !told) return told;
    auto vet = [&](std::string_view key, const Row& row) {
      auto entry = entry_from(key);
      bool counts = row.state == State::active && (!row.expires || *row.expires > actor_.now);
      const auto& listed = record.listed;
      if (entry && counts)
        look(vetting_.vetters, *entry, listed.verdict, to_string(*entry), vetting_.found);
      return true;
    };
    auto done = apply(database_, record.id, operation.id, direction_.side, vet);
    if (!done || !vetting_.found.stops || actor_.force) return done;
    return fail(Error::Kind::usage, record.listed.name,
                "nothing was changed; --force does it all the same");
  }

  Store& store_;
  const Direction& direction_;
  const Actor& actor_;
  Vetting& vetting_;
  store::Database& database_ = store_.database();
};

}  // namespace

Expected<Event> undo(Store& store, std::string_view name, const Actor& actor, Vetting& vetting) {
  return Travel(store, kBack, actor, vetting).run(name);
}

Expected<Event> redo(Store& store, std::string_view name, const Actor& actor, Vetting& vetting) {
  return Travel(store, kForth, actor, vetting).run(name);
}

}  // namespace mailtrust::list
