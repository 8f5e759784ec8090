#pragma once
// Lines of Exim's main log, as a file or by syslog. "The Exim specification", chapter "Log files":
// <=, =>, ->, >>, **, ==, Completed, rejected.

#include <cstdint>
#include <string_view>

#include "maillog/ledger.hpp"

namespace mailtrust::maillog {

/// Does this stand where Exim writes, behind the time: a message id (16 octets, 23 since Exim
/// 4.97), "H=" of a refusal, either perhaps behind "[pid] "?
bool is_exim(std::string_view text);

/// `text` is what follows the time.
Outcome read_exim(std::string_view text, std::int64_t time, Ledger& ledger);

}  // namespace mailtrust::maillog
