#pragma once
// Many rows into a table by one statement: what SQLite does for each statement it does once.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "store/database.hpp"

namespace mailtrust::store {

/// A value of a row.
struct Cell {
  enum class Type : std::uint8_t { null, integer, text, blob };

  Type type = Type::null;
  std::int64_t integer = 0;
  std::string_view octets = {};  ///< valid until the next row
};

/// Fills the cells of the next row; false when there are no more. They come cleared to null only
/// before the first row.
using NextRow = std::function<Expected<bool>(std::span<Cell> cells)>;

/// Rows for `columns` ("list, key, comment", `width` of them) of `table`, best in the order of its
/// key. Rows with a key that is there take its place. The first Error of `next` ends it.
Expected<void> insert_rows(Database& database, const std::string& table, const std::string& columns,
                           std::size_t width, const NextRow& next);

}  // namespace mailtrust::store
