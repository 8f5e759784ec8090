#pragma once
// The time a line of a log begins with. RFC 3164 section 4.1.2, RFC 5424 section 6.2.3, the forms
// of journalctl(1), Exim's own, Unix seconds.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "maillog/reader.hpp"

namespace mailtrust::maillog {

class Clock {
 public:
  explicit Clock(const Options& options) : options_(options) {}

  struct Stamp {
    std::int64_t time = 0;   ///< Unix seconds
    std::size_t length = 0;  ///< octets of the line up to what follows, white space included
  };

  /// "Nov 22 10:00:00", "2026-11-22T10:00:00.123456+01:00", "2026-11-22 10:00:00.123 +0100",
  /// "Sun 2026-11-22 10:00:00 CET", "1795341600.123456". A date no calendar has is nothing. A year
  /// that is not told is the last one in which the date is not after tomorrow.
  std::optional<Stamp> read(std::string_view line);

 private:
  std::optional<Stamp> read_syslog(std::string_view line);
  std::optional<Stamp> read_iso(std::string_view line);
  std::int64_t day_without_year(unsigned month, unsigned day) const;
  std::int64_t to_utc(std::int64_t local);

  Options options_;
  // Lines of a log share their day and hour: what came of them last is kept.
  std::string syslog_day_;  // "Nov 22"
  std::int64_t syslog_midnight_ = 0;
  std::string iso_day_;  // "2026-11-22"
  std::int64_t iso_midnight_ = 0;
  std::int64_t zone_hour_ = -1;
  std::int64_t zone_offset_ = 0;
};

}  // namespace mailtrust::maillog
