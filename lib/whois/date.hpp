#pragma once
// Dates as registries write them.

#include <cstdint>
#include <optional>
#include <string_view>

namespace mailtrust::whois {

/// The first date in the text, in Unix seconds: "2010-01-31", "20100131", "2010/01/31", each with a
/// time behind it ("T12:00:00Z", " 12:00:00 (JST)") or without (the start of the day, UTC).
/// Null for what no calendar has, and for what lies before 1980-01-01: so registries write "not
/// known".
std::optional<std::int64_t> read_date(std::string_view text);

}  // namespace mailtrust::whois
