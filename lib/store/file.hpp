#pragma once
// The store as a file: found, made, refused, before SQLite sees it.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/expected.hpp"

namespace mailtrust::store {

/// What is at a path.
enum class Presence { missing, there };

/// Symbolic links, folders, pipes and empty files are an Error of kind input.
Expected<Presence> look_for(const std::string& path);

/// What is before the last slash; `.` without one.
std::string folder_of(const std::string& path);

/// The path with its folder resolved, so that only the file itself could still be a link. One that
/// is longer than SQLite takes is an Error of kind input.
Expected<std::string> resolved(const std::string& path);

/// Makes the folders to `path`, mode 0700 under any umask (0750 inside /var/lib/mailtrust).
Expected<void> make_folder(const std::string& path);

/// Puts a new file with these octets at `path`, mode 0600 under any umask (0640 inside
/// /var/lib/mailtrust), on disk when it returns. Whole or not at all, and never in place of another
/// one: a file that came there meanwhile stays, and that is no Error.
Expected<void> make_file(const std::string& path, std::string_view octets);

/// In octets; 0 when there is no file.
std::int64_t size_of(const std::string& path);

/// Is there a log with changes that are not in the file yet?
bool has_log(const std::string& path);

/// Are there files of SQLite beside it: does somebody use it, or was somebody killed?
bool is_in_use(const std::string& path);

/// Can the file be changed by us, and others be made beside it?
bool is_writable(const std::string& path);

}  // namespace mailtrust::store
