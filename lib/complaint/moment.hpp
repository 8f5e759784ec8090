#pragma once
// Moments as mails and JSON write them, in UTC.

#include <cstdint>
#include <string>

namespace mailtrust::complaint {

/// "Sun, 22 Nov 2026 07:40:37 +0000" (RFC 5322 section 3.3).
std::string mail_date(std::int64_t time);

/// "2026-11-22T07:40:37Z" (RFC 3339).
std::string json_date(std::int64_t time);

/// "Sun Nov 22 07:40:37 2026", as stands behind an mbox "From " (RFC 4155).
std::string mailbox_date(std::int64_t time);

}  // namespace mailtrust::complaint
