#include "list/change.hpp"

#include <array>
#include <span>

#include "list/operation.hpp"
#include "store/bulk.hpp"

namespace mailtrust::list {
namespace {

// Of a change that adds more, the entries themselves tell which they are: they have it as their
// origin. So an import costs the history nearly nothing.
constexpr std::uint64_t kAddedToHistory = 1000;

constexpr std::size_t kColumns = 8;  // of the table entry

}  // namespace

// Prepared once for a change, however many entries it has.
struct Change::Statements {
  store::Statement get;
  store::Statement put;
  store::Statement remove;
  store::Statement note;

  static Expected<std::unique_ptr<Statements>> prepare(store::Database& database) {
    auto get = database.prepare(get_entry_sql());
    if (!get) return fail(get.error());
    auto put = database.prepare(put_entry_sql());
    if (!put) return fail(put.error());
    auto remove = database.prepare(remove_entry_sql());
    if (!remove) return fail(remove.error());
    auto note = database.prepare(
        "INSERT INTO change(operation, key, before, after) VALUES(?1, ?2, ?3, ?4)");
    if (!note) return fail(note.error());
    return std::make_unique<Statements>(
        Statements{std::move(*get), std::move(*put), std::move(*remove), std::move(*note)});
  }
};

Change::Change(store::Database& database, store::Transaction transaction, Deed deed, Mode mode)
    : database_(&database),
      transaction_(std::move(transaction)),
      deed_(std::move(deed)),
      mode_(mode) {}

Change::Change(Change&&) noexcept = default;
Change::~Change() = default;

Expected<Change> Change::begin(Store& store, const std::string& list, Deed deed, Mode mode) {
  auto& database = store.database();
  auto transaction =
      mode == Mode::real ? store::Transaction::write(database) : store::Transaction::read(database);
  if (!transaction) return fail(transaction.error());
  Change change(database, std::move(*transaction), std::move(deed), mode);
  auto statements = Statements::prepare(database);
  if (!statements) return fail(statements.error());
  change.statements_ = std::move(*statements);
  if (auto found = change.find_list(list); !found) return fail(found.error());
  return change;
}

Expected<void> Change::find_list(const std::string& name) {
  name_ = name;
  auto found = find_record(*database_, name);
  if (!found) return fail(found.error());
  if (!*found) return {};
  list_ = (*found)->id;
  if (!(*found)->dropped) listed_ = before_ = (*found)->listed;
  return {};
}

Expected<void> Change::begin_operation() {
  if (operation_ != 0 || !is_real()) return {};
  if (auto done = forget_undone(*database_, list_); !done) return done;
  Operation operation{.list = list_,
                      .at = deed_.now,
                      .author = deed_.author,
                      .what = deed_.what,
                      .detail = deed_.detail};
  if (before_) operation.other = attributes_of(*before_);
  auto id = insert_operation(*database_, operation);
  if (!id) return fail(id.error());
  operation_ = *id;
  statements_->note.bind(1, operation_);
  return {};
}

Expected<void> Change::create(Verdict verdict, bool exclusive) {
  listed_ = Listed{name_, verdict, exclusive, deed_.now, 0};
  list_changed_ = true;
  if (!is_real()) return {};
  if (list_ == 0) {
    auto id = insert_list(*database_, name_);
    if (!id) return fail(id.error());
    list_ = *id;
  }
  return begin_operation();
}

Expected<void> Change::drop() {
  if (auto begun = begin_operation(); !begun) return begun;
  Expected<void> noted;
  auto read = range({}, {}, [&](std::string_view key, const Row& row) {
    noted = note(key, &row, nullptr);
    ++counts_.removed;
    return noted.has_value();
  });
  if (!read || !noted) return read ? noted : read;
  list_changed_ = true;
  listed_.reset();
  return is_real() ? remove_entries(*database_, list_) : Expected<void>{};
}

Expected<std::optional<Row>> Change::get(std::string_view key) {
  if (list_ == 0) return std::optional<Row>{};
  auto& query = statements_->get;
  auto found = query.bind(1, list_).bind_blob(2, key).step();
  if (!found) return fail(found.error());
  std::optional<Row> row;
  if (*found) read_row(query, 0, row.emplace());
  query.reset();
  return row;
}

Expected<void> Change::range(std::string_view after, std::string_view upto, const Visit& visit) {
  // No key is empty, and none begins with the octet that bounds the last of them.
  auto query = database_->prepare("SELECT " + std::string(kRowColumns) +
                                  ", key FROM entry WHERE list = ?1 AND key > ?2 AND key <= ?3 "
                                  "ORDER BY key");
  if (!query) return fail(query.error());
  query->bind(1, list_).bind_blob(2, after).bind_blob(3, upto.empty() ? "\xff" : upto);
  return each_entry(*query, visit);
}

Expected<std::int64_t> Change::origin(const std::string& file) {
  if (!is_real()) return 0;
  if (auto begun = begin_operation(); !begun) return fail(begun.error());
  return insert_origin(*database_, operation_, file);
}

Expected<void> Change::write_entry(std::string_view key, const Row& row) {
  if (!is_real()) return {};
  auto& put = statements_->put;
  put.bind(1, list_).bind_blob(2, key);
  bind_row(put, 3, row);
  return put.run();
}

Expected<void> Change::note(std::string_view key, const Row* before, const Row* after) {
  if (!is_real()) return {};
  auto& note = statements_->note;
  auto was = before != nullptr ? pack(*before) : std::string();
  auto is = after != nullptr ? pack(*after) : std::string();
  note.bind_blob(2, key);
  before != nullptr ? note.bind_blob(3, was) : note.bind_null(3);
  after != nullptr ? note.bind_blob(4, is) : note.bind_null(4);
  return note.run();
}

Expected<void> Change::add(std::string_view key, const Row& row) {
  if (++counts_.added <= kAddedToHistory)
    if (auto noted = note(key, nullptr, &row); !noted) return noted;
  return write_entry(key, row);
}

Expected<void> Change::add_all(const NextEntry& next) {
  NewEntry entry;
  auto next_row = [&](std::span<store::Cell> cells) -> Expected<bool> {
    auto more = next(entry);
    if (!more || !*more) return more;
    if (++counts_.added <= kAddedToHistory)
      if (auto noted = note(entry.key, nullptr, entry.row); !noted) return fail(noted.error());
    cells[1] = {store::Cell::Type::blob, 0, entry.key};
    fill_cells(cells.subspan(2), *entry.row);
    return true;
  };
  std::array<store::Cell, kColumns> unused;
  if (!is_real()) {
    auto more = next_row(unused);
    while (more && *more) more = next_row(unused);
    return more ? Expected<void>{} : fail(more.error());
  }
  auto with_list = [&](std::span<store::Cell> cells) {
    cells[0] = {store::Cell::Type::integer, list_, {}};
    return next_row(cells);
  };
  return store::insert_rows(*database_, "entry", "list, key, " + std::string(kRowColumns), kColumns,
                            with_list);
}

Expected<void> Change::update(std::string_view key, const Row& before, const Row& after) {
  ++counts_.updated;
  if (auto noted = note(key, &before, &after); !noted) return noted;
  return write_entry(key, after);
}

Expected<void> Change::remove(std::string_view key, const Row& before) {
  ++counts_.removed;
  if (!is_real()) return {};
  if (auto begun = begin_operation(); !begun) return begun;
  if (auto noted = note(key, &before, nullptr); !noted) return noted;
  return statements_->remove.bind(1, list_).bind_blob(2, key).run();
}

Expected<Change::Origin> Change::find_origin(std::int64_t id) {
  if (known_id_ == id) return known_origin_;
  auto query = database_->prepare(
      "SELECT operation.at, origin.file FROM origin JOIN operation ON operation.id = "
      "origin.operation WHERE origin.id = ?1");
  if (!query) return fail(query.error());
  auto found = query->bind(1, id).step();
  if (!found) return fail(found.error());
  if (!*found) return fail(Error::Kind::input, database_->path(), "is damaged: an origin is gone");
  known_id_ = id;
  known_origin_ = {query->integer(0), std::string(query->text(1))};
  return known_origin_;
}

Expected<Row> Change::revised(const Row& before) {
  auto from = find_origin(before.origin);
  if (!from) return fail(from.error());
  auto mine = origin(from->file);
  if (!mine) return fail(mine.error());
  Row row = before;
  row.created = before.created.value_or(from->at);
  row.origin = *mine;
  return row;
}

Expected<void> Change::commit() {
  if (!is_real() || operation_ == 0) return {};
  Record record{
      .id = list_, .listed = listed_.value_or(before_.value_or(Listed{})), .dropped = !listed_};
  record.listed.entries = record.listed.entries + counts_.added - counts_.removed;
  if (auto written = write_record(*database_, record); !written) return written;
  if (auto written = write_counts(*database_, operation_, counts_); !written) return written;
  return transaction_.commit();
}

}  // namespace mailtrust::list
