#pragma once
// Of which mailbox a failure tells, where the notice names something else: the file or the program
// that an alias led to, an address of another world, a name without its domain.

#include <span>
#include <string>
#include <vector>

#include "bounce/failure.hpp"

namespace mailtrust::bounce {

/// Puts the mailbox in place of what is none: the Original-Recipient of the same failure, else what
/// `layout` says of it (the same text, or the same place in a list as long), else that of
/// `recipients` (of the message that came back) with the same local part; for a file or a program
/// also the only one there. What no mailbox is found for stays. Linear.
void name_mailboxes(std::span<Failure> told, std::span<const Failure> layout,
                    std::span<const std::string> recipients);

}  // namespace mailtrust::bounce
