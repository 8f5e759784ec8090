#pragma once
// What was found out about an address, as the contract has it and for people.

#include "cli/report.hpp"
#include "commands/ip_answer.hpp"

namespace mailtrust::commands {

cli::Report report_of(const IpAnswer& answer);

}  // namespace mailtrust::commands
