#pragma once
// Whole files, with a bound on their size.

#include <cstddef>
#include <string>

#include "base/expected.hpp"

namespace mailtrust {

/// The octets of a file, a pipe, or for `-` standard input. An Error of kind input when it cannot
/// be read or holds more than `limit` octets; `where` is the path.
Expected<std::string> read_file(const std::string& path, std::size_t limit);

}  // namespace mailtrust
