#pragma once
// What a broken key record was probably meant to be, ready to publish.

#include <optional>
#include <string>

#include "dkim/key_record.hpp"

namespace mailtrust::dkim {

/// The text without what commonly slips into it: backslashes in front of semicolons, quotation
/// marks, the BEGIN and END lines of a PEM file, empty tags, v= elsewhere than first or in another
/// spelling, tags of RFC 4871; and the key in the wrapping that verifiers read. Nothing when the
/// result is not a sound record, or is the record as it stands.
std::optional<std::string> repair(const ParsedKey& parsed);

}  // namespace mailtrust::dkim
