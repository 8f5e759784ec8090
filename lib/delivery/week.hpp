#pragma once
// Weeks as ISO 8601 has them: from Monday, 00:00 UTC.

#include <cstdint>
#include <string>

namespace mailtrust::delivery {

inline constexpr std::int64_t kDay = 86'400;
inline constexpr std::int64_t kWeek = 7 * kDay;  ///< seconds

/// How long counts and evidence are kept: a year to compare with.
inline constexpr std::int64_t kWeeksKept = 53;

/// The Monday, in Unix seconds, of the week that holds `time`.
constexpr std::int64_t week_of(std::int64_t time) {
  constexpr std::int64_t kFirstMonday = 4 * kDay;  // 1970-01-05
  auto since = time - kFirstMonday;
  auto within = since % kWeek;
  return time - (within < 0 ? within + kWeek : within);
}

/// "2026-W47", for the Monday of the week. The year is that of its Thursday, so 2025-12-29 is in
/// 2026-W01.
std::string week_name(std::int64_t week);

/// "2026-11-16"
std::string date_name(std::int64_t time);

}  // namespace mailtrust::delivery
