#include "store/connection.hpp"

#include <utility>

#include <sqlite3.h>

#include "store/error.hpp"
#include "store/file.hpp"

namespace mailtrust::store {
namespace {

// A row holds a line of 64 KiB at most, or a cached answer of 8 MiB.
constexpr int kMostOctets = 16 << 20;

int wait_for_others(void* data, int times) {
  auto& patience = *static_cast<Patience*>(data);
  if (times == 0) patience.restart();
  return patience.wait() ? 1 : 0;
}

// Nothing that a file from elsewhere holds can run, or reach other files.
void restrain(sqlite3* connection) {
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, kMostOctets);
  sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
  for (auto [option, value] :
       {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1}, std::pair{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        std::pair{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, std::pair{SQLITE_DBCONFIG_ENABLE_VIEW, 0}})
    sqlite3_db_config(connection, option, value, nullptr);
}

// Before the first connection of the process: one thread uses a connection at a time, and nobody
// asks how much memory SQLite has.
void prepare_library() {
  static const bool done = [] {
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return sqlite3_initialize() == SQLITE_OK;
  }();
  static_cast<void>(done);
}

// RFC 3986 section 2.1, all but what every path is made of.
std::string immutable_uri(const std::string& path) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string uri = "file:";
  for (char c : path) {
    auto octet = static_cast<unsigned char>(c);
    if (c != '%' && c != '?' && c != '#' && octet > 0x20 && octet < 0x7f) {
      uri += c;
      continue;
    }
    uri += '%';
    uri += kHex[octet >> 4];
    uri += kHex[octet & 0xf];
  }
  return uri + "?immutable=1";
}

}  // namespace

Database::Impl::Impl(std::string path)
    : path_(std::make_shared<const std::string>(std::move(path))), patience_(*path_) {}

Database::Impl::~Impl() {
  sqlite3_close_v2(connection_);
}

Expected<void> Database::Impl::connect(const std::string& name, int flags) {
  prepare_library();
  sqlite3_close_v2(std::exchange(connection_, nullptr));
  flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_NOFOLLOW;
  int code = sqlite3_open_v2(name.c_str(), &connection_, flags, nullptr);
  if (code != SQLITE_OK) return fail(error_of(connection_, code, *path_));
  restrain(connection_);
  sqlite3_busy_handler(connection_, wait_for_others, &patience_);
  return execute("PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA synchronous=FULL");
}

Expected<void> Database::Impl::connect_file(int flags) {
  // Resolved, so that only the file itself could still be a link, which SQLite refuses.
  auto name = resolved(*path_);
  return name ? connect(*name, flags) : fail(name.error());
}

Expected<void> Database::Impl::connect_immutable() {
  auto name = resolved(*path_);
  return name ? connect(immutable_uri(*name), SQLITE_OPEN_READONLY) : fail(name.error());
}

Expected<void> Database::Impl::connect_memory() {
  return connect(":memory:", SQLITE_OPEN_READWRITE);
}

Expected<void> Database::Impl::execute(std::string_view sql) {
  int code = sqlite3_exec(connection_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(error_of(connection_, code, *path_));
  return {};
}

Expected<std::int64_t> Database::Impl::number(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v2(connection_, sql.data(), static_cast<int>(sql.size()), &statement,
                                nullptr);
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(statement, sqlite3_finalize);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  if (code != SQLITE_ROW) return fail(error_of(connection_, code, *path_));
  return sqlite3_column_int64(statement, 0);
}

void Database::Impl::keep_hands_off() {
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

bool Database::Impl::is_read_only() const {
  return sqlite3_db_readonly(connection_, "main") == 1;
}

}  // namespace mailtrust::store
