#pragma once
// What happened to the body: the suspects one after the other, against bh=.

#include <string_view>

#include "dkim/damage/findings.hpp"
#include "dkim/verify.hpp"
#include "message/header.hpp"

namespace mailtrust::dkim::damage {

/// For a Verification whose body hash does not match. `body` is the whole body as it came. Hashes
/// at most 64 times its octets (a body under 16 KiB counts as that long).
Findings examine_body(const message::Header& header, const Signature& signature,
                      std::string_view body);

}  // namespace mailtrust::dkim::damage
