#pragma once
// How bounces are told to people.

#include <string>
#include <string_view>

#include "bounce/advice.hpp"
#include "bounce/classify.hpp"

namespace mailtrust::commands {

/// "mailbox full", "listed address", ...
std::string_view bounce_reason(bounce::Reason reason);

/// "no such mailbox (hard): the address will never work".
std::string bounce_headline(const bounce::Verdict& verdict);

/// "you, who send", "whoever keeps the list of addresses".
std::string_view bounce_actor(bounce::Actor actor);

}  // namespace mailtrust::commands
