#include "store/error.hpp"

#include <new>

#include <sqlite3.h>

#include "base/limits.hpp"

namespace mailtrust::store {
namespace {

std::string text_of(sqlite3* connection, int code) {
  return connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
}

}  // namespace

Error error_of(sqlite3* connection, int code, const std::string& path) {
  using Kind = Error::Kind;
  // The log is written, and nobody can tell what of it the disk has taken.
  if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
    return {Kind::temporary, path,
            "cannot be flushed to disk: the change may be there or not; mend the disk, then look "
            "and make it again"};
  switch (code & 0xff) {
    case SQLITE_NOMEM: throw std::bad_alloc();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:  // others were quicker, too many times
      return {Kind::temporary, path,
              "is locked by another program, which has not moved for " +
                  std::to_string(limits::kStoreWait) + " s: try again later"};
    case SQLITE_FULL:
      return {Kind::temporary, path, "cannot be written: the disk is full; nothing was changed"};
    case SQLITE_READONLY:
      return {Kind::temporary, path, "cannot be written: it or its folder is read-only"};
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return {Kind::temporary, path, "cannot be opened: " + text_of(connection, code)};
    case SQLITE_IOERR:
      return {Kind::temporary, path,
              "cannot be read or written: " + text_of(connection, code) + "; nothing was changed"};
    case SQLITE_NOTADB: return {Kind::input, path, "is not a mailtrust store: left as it is"};
    case SQLITE_CORRUPT:
      return {Kind::input, path, "is damaged, and left as it is: put back a copy that is whole"};
    default:
      return {Kind::input, path,
              "is damaged (" + text_of(connection, code) +
                  "), and left as it is: put back a copy that is whole"};
  }
}

}  // namespace mailtrust::store
