#include "store/database.hpp"

#include <utility>

#include <sqlite3.h>

#include "store/connection.hpp"
#include "store/error.hpp"

namespace mailtrust::store {

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Expected<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v3(impl_->get(), sql.data(), static_cast<int>(sql.size()),
                                SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return fail(error_of(impl_->get(), code, path()));
  return Statement(statement, impl_->path());
}

Expected<void> Database::execute(std::string_view sql) {
  return impl_->execute(sql);
}

std::int64_t Database::last_row_id() const {
  return sqlite3_last_insert_rowid(impl_->get());
}

bool Database::is_idle() const {
  return sqlite3_get_autocommit(impl_->get()) != 0;
}

const std::string& Database::path() const {
  return *impl_->path();
}

sqlite3* Database::connection() const {
  return impl_->get();
}

Expected<Transaction> Transaction::write(Database& database) {
  if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) return fail(begun.error());
  return Transaction(&database);
}

Expected<Transaction> Transaction::read(Database& database) {
  if (!database.is_idle()) return Transaction(nullptr);
  if (auto begun = database.execute("BEGIN"); !begun) return fail(begun.error());
  return Transaction(&database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) undo(*database_);
}

// After some failures SQLite has rolled back by itself. Where it cannot, for lack of memory, what
// was not committed goes with the connection.
void Transaction::undo(Database& database) noexcept {
  if (database.is_idle()) return;
  sqlite3_exec(database.connection(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Expected<void> Transaction::commit() {
  auto* database = std::exchange(database_, nullptr);
  if (database == nullptr) return {};
  auto done = database->execute("COMMIT");
  if (!done) undo(*database);
  return done;
}

}  // namespace mailtrust::store
