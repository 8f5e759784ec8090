#pragma once
// Hands a mail to the program that sends it. The one place that starts another program, and only
// where --send asks for it.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.hpp"

namespace mailtrust::commands {

/// Runs `program -t -i` (the path, no shell, no search in PATH) with the mail on its standard
/// input. Ended after `bound`. The Error is of kind usage where the program cannot be started, else
/// temporary: how it ended, and the first line it said.
std::optional<Error> hand_to_sendmail(const std::string& program, std::string_view mail,
                                      std::chrono::milliseconds bound);

}  // namespace mailtrust::commands
