#pragma once
// How bounces are told to people.

#include <string>
#include <string_view>

#include "bounce/advice.hpp"
#include "bounce/classify.hpp"

namespace mailtrust::commands {

/// "mailbox full", "listed address", ...
std::string_view bounce_reason(bounce::Reason reason);

/// "no such mailbox (bad_mailbox); hard: the address will never work".
std::string bounce_headline(const bounce::Verdict& verdict);

/// "you, who send", "whoever keeps the list of addresses".
std::string_view bounce_actor(bounce::Actor actor);

/// With spaces for the ends of lines: what a server says must not look like a line of ours.
std::string on_one_line(std::string text);

}  // namespace mailtrust::commands
