#pragma once
// Dates of messages as moments. RFC 5322 section 3.3 and its obsolete forms (section 4.3), and what
// servers write instead.

#include <cstdint>
#include <optional>
#include <string_view>

namespace mailtrust::message {

struct Date {
  std::int64_t time = 0;   ///< Unix seconds; leap seconds count as the last second before
  bool has_zone = false;   ///< false: none was given, or one that says nothing; read as UTC
  int offset_minutes = 0;  ///< east of Greenwich
};

/// "Tue, 3 Feb 2004 11:14:06 -0500 (EST)", "8 Mar 04 12:23:56 -0000", "Thu Nov 10 08:24:21 2005",
/// "2004-02-03T11:14:06Z". Comments may stand anywhere, words of any case. Nothing for what no
/// calendar has (31 Feb, 25:00), and for years before 1970.
std::optional<Date> read_date(std::string_view text);

}  // namespace mailtrust::message
