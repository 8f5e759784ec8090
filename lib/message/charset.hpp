#pragma once
// Text in other character sets as UTF-8, for people and for the rules that read words. The names
// are those of the IANA registry, and what mail programs write instead.

#include <optional>
#include <string>
#include <string_view>

namespace mailtrust::message {

/// `octets` of the character set `charset` as UTF-8; octets that are invalid in it are passed over,
/// but what is said to be UTF-8 or ASCII stays as it is: encoded words divide characters.
/// Nothing for a set that is not known here; of the host's own conversions (iconv(3)) only those in
/// a list of ours are used. Linear. Thread-safe.
std::optional<std::string> to_utf8(std::string_view charset, std::string_view octets);

/// Does it switch to Japanese characters as ISO-2022-JP does (RFC 1468)? Such text is often sent
/// without a word about its set.
bool has_iso_2022_jp(std::string_view octets);

}  // namespace mailtrust::message
