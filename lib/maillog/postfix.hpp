#pragma once
// Lines of Postfix: "postfix/smtp[123]: 4bKqXz1: to=<a@example.com>, relay=..., status=sent (...)".
// Forms from log_adhoc(3), smtpd(8), postscreen(8), cleanup(8), qmgr(8).

#include <cstdint>
#include <string_view>

#include "maillog/ledger.hpp"

namespace mailtrust::maillog {

/// Of the tag "postfix/smtp", "postfix-out/smtp", "postfix/submission/smtpd" (and of any other
/// syslog_name), the last part, where that is a program of Postfix; else empty.
std::string_view postfix_service(std::string_view tag);

/// `text` is what follows the tag.
Outcome read_postfix(std::string_view service, std::string_view text, std::int64_t time,
                     Ledger& ledger);

}  // namespace mailtrust::maillog
