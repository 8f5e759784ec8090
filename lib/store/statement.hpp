#pragma once
// A prepared statement with its values. Values reach SQL as bound parameters only.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.hpp"

struct sqlite3_stmt;

namespace mailtrust::store {

class Statement {
 public:
  /// `?1` is place 1. Octets are not copied: they must live until the statement is run or reset. A
  /// place keeps its value when the statement is run again.
  Statement& bind(int place, std::int64_t value);
  Statement& bind(int place, std::optional<std::int64_t> value);
  Statement& bind_text(int place, std::string_view value);
  Statement& bind_blob(int place, std::string_view value);
  Statement& bind_null(int place);

  /// True: a row is there to be read. False: there are no more; the statement is reset.
  Expected<bool> step();

  /// To its end, rows ignored, and reset.
  Expected<void> run();

  void reset();

  /// Of the row: columns count from 0. What they point to lives until the next step.
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::optional<std::int64_t> integer_or_null(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string_view blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  friend class Database;

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  Statement(sqlite3_stmt* statement, std::shared_ptr<const std::string> path);

  Unexpected failed(int code);
  [[nodiscard]] std::string_view nothing() const;

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::shared_ptr<const std::string> path_;
};

}  // namespace mailtrust::store
