#pragma once
// What `bounce` says about one mail.

#include <string>

#include "bounce/notice.hpp"
#include "cli/report.hpp"

namespace mailtrust::commands {

/// `name` is the mail's, for people. With `for_people` the page is made too, else only what JSON
/// has.
void add_notice(cli::Report& report, const bounce::Notice& notice, const std::string& name,
                bool for_people);

/// bad: an address that will never work. unknown: somebody failed and why was not
/// found out, or more failed than limits::kBounceRecipients.
cli::Verdict verdict_of(const bounce::Notice& notice);

}  // namespace mailtrust::commands
