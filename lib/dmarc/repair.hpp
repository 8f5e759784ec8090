#pragma once
// What a broken policy record was probably meant to be, ready to publish.

#include <optional>
#include <string>
#include <string_view>

namespace mailtrust::dmarc {

/// `text` with what commonly slips into it put right: the spelling of v=, of tags and of policies,
/// quotation marks, backslashes, empty and repeated tags, tags of RFC 7489, addresses without
/// "mailto:", words where a letter is meant; p= comes first, as older receivers want it, and is
/// "none" where it was missing. Nothing when a policy cannot be guessed, or nothing is to change.
std::optional<std::string> repair(std::string_view text);

}  // namespace mailtrust::dmarc
