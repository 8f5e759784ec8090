#pragma once
// What the words of a reply tell beside the reason: which command was answered, and by whom.

#include <string_view>

#include "bounce/failure.hpp"

namespace mailtrust::bounce::layouts {

/// The SMTP command of "in reply to RCPT TO command", "after RCPT TO:<", "[RCPT_TO]", "does not
/// like recipient", "failed after I sent the message"; empty when none is told.
std::string_view command_in(std::string_view words);

/// The host of "host mx.example.org[192.0.2.1] said", "while talking to mx.example.org.:", "Remote
/// Server at mx.example.org"; empty when none is told.
std::string_view remote_in(std::string_view words);

/// Command, remote and code, where the reply tells them and the failure does not.
void fill_in(Failure& failure);

}  // namespace mailtrust::bounce::layouts
