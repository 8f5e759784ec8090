#pragma once
// Whole files: read with a bound on their size, written so that no half of one is ever seen.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.hpp"

namespace mailtrust {

/// The octets of a file, a pipe, or for `-` standard input. An Error of kind input when it cannot
/// be read or holds more than `limit` octets; `where` is the path.
Expected<std::string> read_file(const std::string& path, std::size_t limit);

/// Who may read a file that takes the place of another one.
enum class FileAccess {
  own,   ///< mode 0600
  kept,  ///< who could read the other one: its mode, owner and group, as far as they may be given
};

/// Puts `octets` where `path` names, mode 0600 under any umask unless `access` is kept, on disk
/// when it returns. What was there stays whole until the new file takes its place at once. Only a
/// path that names something other than a regular file (a pipe, /dev/stdout, a symbolic link) is
/// written in place. The Error, if any, is temporary: exit 3. `where` is the path.
std::optional<Error> write_file_atomically(const std::string& path, std::string_view octets,
                                           FileAccess access = FileAccess::own);

/// Makes a file that was not there, mode 0600 under any umask, on disk when it returns; a link that
/// leads nowhere counts as there. When it cannot be written whole it is gone again. The Error is of
/// kind input when there is something at `path`, else temporary. `where` is the path.
std::optional<Error> create_file(const std::string& path, std::string_view octets);

}  // namespace mailtrust
