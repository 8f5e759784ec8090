#include "store/statement.hpp"

#include <new>
#include <utility>

#include <sqlite3.h>

#include "store/error.hpp"

namespace mailtrust::store {

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement::Statement(sqlite3_stmt* statement, std::shared_ptr<const std::string> path)
    : statement_(statement), path_(std::move(path)) {}

Statement& Statement::bind(int place, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), place, value);
  return *this;
}

Statement& Statement::bind(int place, std::optional<std::int64_t> value) {
  return value ? bind(place, *value) : bind_null(place);
}

Statement& Statement::bind_text(int place, std::string_view value) {
  // A null pointer would be NULL, not the empty text.
  const char* octets = value.empty() ? "" : value.data();
  sqlite3_bind_text64(statement_.get(), place, octets, value.size(), nullptr, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_blob(int place, std::string_view value) {
  const char* octets = value.empty() ? "" : value.data();
  sqlite3_bind_blob64(statement_.get(), place, octets, value.size(), nullptr);
  return *this;
}

Statement& Statement::bind_null(int place) {
  sqlite3_bind_null(statement_.get(), place);
  return *this;
}

Expected<bool> Statement::step() {
  int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) return failed(code);
  sqlite3_reset(statement_.get());
  return false;
}

Expected<void> Statement::run() {
  int code = sqlite3_step(statement_.get());
  while (code == SQLITE_ROW) code = sqlite3_step(statement_.get());
  if (code != SQLITE_DONE) return failed(code);
  sqlite3_reset(statement_.get());
  return {};
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
}

Unexpected Statement::failed(int code) {
  auto error = error_of(sqlite3_db_handle(statement_.get()), code, *path_);
  sqlite3_reset(statement_.get());
  return fail(std::move(error));
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::optional<std::int64_t> Statement::integer_or_null(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

// A value that is not there is NULL or empty, or there is no memory for it.
std::string_view Statement::nothing() const {
  if (sqlite3_errcode(sqlite3_db_handle(statement_.get())) == SQLITE_NOMEM) throw std::bad_alloc();
  return {};
}

std::string_view Statement::text(int column) const {
  const auto* octets = sqlite3_column_text(statement_.get(), column);
  auto size = sqlite3_column_bytes(statement_.get(), column);
  if (octets == nullptr) return nothing();
  return {reinterpret_cast<const char*>(octets), static_cast<std::size_t>(size)};
}

std::string_view Statement::blob(int column) const {
  const auto* octets = sqlite3_column_blob(statement_.get(), column);
  auto size = sqlite3_column_bytes(statement_.get(), column);
  if (octets == nullptr) return nothing();
  return {static_cast<const char*>(octets), static_cast<std::size_t>(size)};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

}  // namespace mailtrust::store
