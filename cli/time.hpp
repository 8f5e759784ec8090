#pragma once
// Times as the command line writes them.

#include <chrono>
#include <cstdint>
#include <string_view>

#include "base/expected.hpp"

namespace mailtrust::cli {

/// `500ms`, `2s`, `1m`, `1h`; a bare number is seconds. Above zero, at most a day. The Error has no
/// `where`.
Expected<std::chrono::milliseconds> parse_duration(std::string_view text);

/// Unix seconds, or RFC 3339 (`2024-02-29T12:00:00Z`, `...+01:00`; fractions are cut off). The
/// Error has no `where`.
Expected<std::int64_t> parse_time(std::string_view text);

}  // namespace mailtrust::cli
