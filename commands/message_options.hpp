#pragma once
// The options of commands that take messages.

#include <cstddef>

#include "base/limits.hpp"
#include "cli/program.hpp"

namespace mailtrust::commands {

struct MessageOptions {
  std::size_t max_size = limits::kMessage;  ///< octets of a message
  mailbox::Quoting quoting = mailbox::Quoting::automatic;
};

/// --max-size and --mbox-format. `options` must live as long as what the command was given to do.
void add_message_options(cli::Command& command, MessageOptions& options);

/// "1000", "64K", "64M", "1G": powers of 1024; at least one octet.
Expected<std::size_t> parse_size(std::string_view text);

}  // namespace mailtrust::commands
