#pragma once
// SQLite with the settings that the promises rest on: write-ahead log, every commit on disk when it
// is reported, defensive, schema not trusted. With statement.hpp the only way to SQL.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/expected.hpp"
#include "store/statement.hpp"

struct sqlite3;

namespace mailtrust::store {

enum class Access : std::uint8_t {
  read,   ///< the file must exist, and what it holds is not changed
  write,  ///< made if need be, with its folder
};

/// What makes a file ours, and how one of an older version becomes one of today.
struct Schema {
  std::int32_t application_id = 0;
  /// SQL, several statements each: the first makes version 1 of nothing, the next 2 of 1, ...
  std::span<const std::string_view> migrations;

  [[nodiscard]] std::int64_t version() const {
    return static_cast<std::int64_t>(migrations.size());
  }
};

/// One connection, for one thread.
class Database {
 public:
  class Impl;

  /// A file that is foreign, newer, damaged or a symbolic link is an Error of kind input, and stays
  /// as it is to the octet. An older one is migrated. Waits for others as patience.hpp says, then
  /// the Error is temporary.
  static Expected<Database> open(const std::string& path, Access access, const Schema& schema);

  /// One that is gone with the object.
  static Expected<Database> in_memory(const Schema& schema);

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  Expected<Statement> prepare(std::string_view sql);

  /// Statements without values.
  Expected<void> execute(std::string_view sql);

  [[nodiscard]] std::int64_t last_row_id() const;

  /// Is there no transaction now?
  [[nodiscard]] bool is_idle() const;

  [[nodiscard]] const std::string& path() const;

  /// For lib/store only.
  [[nodiscard]] sqlite3* connection() const;

 private:
  explicit Database(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

/// From here to commit() all or nothing; undone when it goes without one.
class Transaction {
 public:
  /// The only writer, having waited for the others.
  static Expected<Transaction> write(Database& database);

  /// What is read is the store at one moment. Inside another transaction it is that one's.
  static Expected<Transaction> read(Database& database);

  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// On disk when it returns.
  Expected<void> commit();

 private:
  explicit Transaction(Database* database) : database_(database) {}
  static void undo(Database& database) noexcept;

  Database* database_;
};

}  // namespace mailtrust::store
