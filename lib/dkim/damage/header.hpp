#pragma once
// What happened to the header: the suspects alone and together, against b=.

#include <optional>
#include <string_view>

#include "dkim/damage/findings.hpp"
#include "dkim/verify.hpp"
#include "message/header.hpp"

namespace mailtrust::dkim::damage {

/// For a Verification whose b= does not match. `body`, as far as it is there, tells what fields its
/// parts have. Bounded as HeaderProbe is.
Findings examine_header(const message::Header& header, const Verification& verification,
                        std::string_view body);

}  // namespace mailtrust::dkim::damage
