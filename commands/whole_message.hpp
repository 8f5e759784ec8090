#pragma once
// A message that a command needs in one piece.

#include <cstddef>
#include <string>

#include "base/expected.hpp"
#include "mailbox/mailbox.hpp"

namespace mailtrust::commands {

/// Its octets, within the limits of message::Reader; else an Error of kind input that names the
/// limit.
Expected<std::string> read_whole(mailbox::Item& item, std::size_t most);

/// The same for files whose lines may end in a lone CR, which is LF then.
Expected<std::string> read_any_lines(mailbox::Item& item, std::size_t most);

}  // namespace mailtrust::commands
