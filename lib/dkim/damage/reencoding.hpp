#pragma once
// Transfer encodings and character sets that were rewritten on the way, written back.
// RFC 2045 section 6, RFC 6152 (why relays convert 8-bit text).

#include <string_view>
#include <vector>

#include "dkim/damage/body_probe.hpp"
#include "dkim/damage/mime_parts.hpp"
#include "dkim/diagnose.hpp"

namespace mailtrust::dkim::damage {

/// `body`: lines in CRLF, not canonical. All text parts at once, then each of the first few alone.
/// Empty: none fits.
std::vector<Damage> find_reencoding(const ContentFields& fields, std::string_view body,
                                    BodyProbe& probe);

}  // namespace mailtrust::dkim::damage
