#pragma once
// Logs that were rotated, in the order in which they were written.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "maillog/reader.hpp"

namespace mailtrust::maillog {

struct File {
  std::string path;
  std::optional<std::int64_t> first;  ///< the time of the first line that has one, Unix seconds
};

/// Sorted by the first time in each, whatever their names ("mail.log", "mail.log.1",
/// "mail.log.2.gz" in any order); those without any time come last, in the order given. Only the
/// first 64 KiB of each are looked at. An Error of kind input for a file that cannot be read.
Expected<std::vector<File>> in_order(std::span<const std::string> paths, const Options& options);

}  // namespace mailtrust::maillog
