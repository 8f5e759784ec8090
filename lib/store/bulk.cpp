#include "store/bulk.hpp"

#include <new>
#include <optional>
#include <utility>
#include <vector>

#include <sqlite3.h>

#include "store/connection.hpp"
#include "store/error.hpp"

namespace mailtrust::store {
namespace {

constexpr const char* kModule = "incoming";

// What the virtual table reads from. https://www.sqlite.org/vtab.html
struct Feed {
  const NextRow& next;
  std::vector<Cell> cells;
  std::optional<Error> error = {};
  bool ended = false;
  sqlite3_int64 row = 0;

  int advance() {
    try {
      return take();
    } catch (const std::bad_alloc&) {
      return SQLITE_NOMEM;  // SQLite is C: no exception gets through it
    }
  }

  int take() {
    auto more = next(cells);
    if (!more) error = more.error();
    ended = !more || !*more;
    ++row;
    return more ? SQLITE_OK : SQLITE_ABORT;
  }
};

struct Table : sqlite3_vtab {
  Feed* feed = nullptr;
};

Feed& feed_of(sqlite3_vtab_cursor* cursor) {
  return *static_cast<Table*>(cursor->pVtab)->feed;
}

int declare(sqlite3* connection, std::size_t width) {
  std::string declaration = "CREATE TABLE incoming(c0";
  for (std::size_t i = 1; i < width; ++i) declaration += ", c" + std::to_string(i);
  return sqlite3_declare_vtab(connection, (declaration + ')').c_str());
}

int connect(sqlite3* connection, void* feed, int, const char* const*, sqlite3_vtab** out,
            char**) try {
  int code = declare(connection, static_cast<Feed*>(feed)->cells.size());
  if (code != SQLITE_OK) return code;
  auto* table = new Table;
  table->feed = static_cast<Feed*>(feed);
  *out = table;
  return SQLITE_OK;

} catch (const std::bad_alloc&) {
  return SQLITE_NOMEM;
}

int disconnect(sqlite3_vtab* table) {
  delete static_cast<Table*>(table);
  return SQLITE_OK;
}

int best_index(sqlite3_vtab*, sqlite3_index_info*) {
  return SQLITE_OK;
}

int open(sqlite3_vtab*, sqlite3_vtab_cursor** out) {
  *out = new (std::nothrow) sqlite3_vtab_cursor{};
  return *out != nullptr ? SQLITE_OK : SQLITE_NOMEM;
}

int close(sqlite3_vtab_cursor* cursor) {
  delete cursor;
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
  return feed_of(cursor).advance();
}

int next(sqlite3_vtab_cursor* cursor) {
  return feed_of(cursor).advance();
}

int eof(sqlite3_vtab_cursor* cursor) {
  return feed_of(cursor).ended ? 1 : 0;
}

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int index) {
  const auto& cell = feed_of(cursor).cells[static_cast<std::size_t>(index)];
  const char* octets = cell.octets.empty() ? "" : cell.octets.data();
  switch (cell.type) {
    case Cell::Type::null: sqlite3_result_null(context); break;
    case Cell::Type::integer: sqlite3_result_int64(context, cell.integer); break;
    case Cell::Type::text:
      sqlite3_result_text64(context, octets, cell.octets.size(), nullptr, SQLITE_UTF8);
      break;
    case Cell::Type::blob:
      sqlite3_result_blob64(context, octets, cell.octets.size(), nullptr);
      break;
  }
  return SQLITE_OK;
}

int row_id(sqlite3_vtab_cursor* cursor, sqlite3_int64* out) {
  *out = feed_of(cursor).row;
  return SQLITE_OK;
}

// Without xCreate the table exists only by the module's name, for as long as the module does.
sqlite3_module make_module() {
  sqlite3_module module{};
  module.xConnect = connect;
  module.xDisconnect = disconnect;
  module.xBestIndex = best_index;
  module.xOpen = open;
  module.xClose = close;
  module.xFilter = filter;
  module.xNext = next;
  module.xEof = eof;
  module.xColumn = column;
  module.xRowid = row_id;
  return module;
}

}  // namespace

Expected<void> insert_rows(Database& database, const std::string& table, const std::string& columns,
                           std::size_t width, const NextRow& next) {
  static const sqlite3_module kIncoming = make_module();
  Feed feed{next, std::vector<Cell>(width)};
  auto* connection = database.connection();
  int code = sqlite3_create_module_v2(connection, kModule, &kIncoming, &feed, nullptr);
  if (code != SQLITE_OK) return fail(error_of(connection, code, database.path()));
  auto done = database.execute("INSERT OR REPLACE INTO " + table + "(" + columns +
                               ") SELECT * FROM incoming");
  sqlite3_create_module_v2(connection, kModule, nullptr, nullptr, nullptr);
  return feed.error ? fail(*std::move(feed.error)) : done;
}

}  // namespace mailtrust::store
