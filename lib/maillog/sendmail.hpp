#pragma once
// Lines of sendmail: "sm-mta[123]: 4AMA0xyz: to=<a@example.com>, ..., dsn=2.0.0, stat=Sent (ok)".
// "Sendmail Installation and Operation Guide", section 2.1 (The System Log).

#include <cstdint>
#include <string_view>

#include "maillog/ledger.hpp"

namespace mailtrust::maillog {

/// "sendmail", "sm-mta", "sm-msp-queue" and the like.
bool is_sendmail(std::string_view tag);

/// `text` is what follows the tag.
Outcome read_sendmail(std::string_view text, std::int64_t time, Ledger& ledger);

}  // namespace mailtrust::maillog
