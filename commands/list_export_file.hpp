#pragma once
// The file that `list export --output` keeps: written only when it would say something else.

#include <cstdint>
#include <string>

#include "base/expected.hpp"
#include "list/export.hpp"

namespace mailtrust::commands {

/// The serial for a zone in place of what is at `path`: `now`, or one more than what is there, as
/// secondaries take a zone only when its serial has grown. Formats without serials take any.
std::uint32_t next_serial(const list::Format& format, const std::string& path, std::int64_t now);

/// Replaces the file at once unless it says the same already, apart from a serial, so that what
/// watches it does not load it again. Its mode and owner stay. True when it was written.
Expected<bool> keep_file(const list::Format& format, const std::string& path,
                         const std::string& octets);

}  // namespace mailtrust::commands
