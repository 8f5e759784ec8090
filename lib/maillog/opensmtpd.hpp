#pragma once
// Lines of OpenSMTPD: "smtpd[123]: 0123456789abcdef mta delivery evpid=... result="Ok" stat="..."",
// and the forms of releases before 6.6 ("mta event=delivery", "relay: Ok for ...:").

#include <cstdint>
#include <string_view>

#include "maillog/ledger.hpp"

namespace mailtrust::maillog {

/// `text` is what follows the tag "smtpd".
Outcome read_opensmtpd(std::string_view text, std::int64_t time, Ledger& ledger);

}  // namespace mailtrust::maillog
