#pragma once
// Lines and MIME parts that were added on the way, taken out again. Texts are canonical bodies:
// structure shows in them as it does in what came, and lines taken out of them need no second
// canonicalization.

#include <cstddef>
#include <string_view>
#include <vector>

#include "dkim/damage/body_probe.hpp"
#include "dkim/damage/mime_parts.hpp"
#include "dkim/diagnose.hpp"

namespace mailtrust::dkim::damage {

/// All that follows `end` was appended.
Damage removed_end(std::string_view canonical, std::size_t end);

/// A multipart that software made of the body, or a part that it added to one. Empty: none fits.
std::vector<Damage> find_added_part(const ContentFields& fields, std::string_view canonical,
                                    BodyProbe& probe);

/// The same, and text appended inside a part or before the end of HTML.
std::vector<Damage> find_removal(const ContentFields& fields, std::string_view canonical,
                                 BodyProbe& probe);

/// Text put before the first line of the body or of its first parts.
std::vector<Damage> find_prepended(const ContentFields& fields, std::string_view canonical,
                                   BodyProbe& probe);

}  // namespace mailtrust::dkim::damage
