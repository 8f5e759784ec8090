#pragma once
// What SQLite says, as our Error.

#include <string>

#include "base/expected.hpp"

struct sqlite3;

namespace mailtrust::store {

/// For a failed call on `connection` (which may be null) of the file at `path`. A file that is not
/// whole is of kind input; locks, a full disk and what else may be better later are temporary.
Error error_of(sqlite3* connection, int code, const std::string& path);

}  // namespace mailtrust::store
