#pragma once
// Which Authentication-Results must a receiver take out, as they pretend to be its own?
// RFC 8601 section 5.

#include <string_view>

namespace mailtrust::authres {

/// Is, or may be read as, the field written by `own` or by a host below it? True too for a field
/// without an authserv-id, and for one whose head is malformed and holds that name in any disguise.
/// Never when `own` is empty.
bool may_be_of(std::string_view value, std::string_view own);

}  // namespace mailtrust::authres
