#pragma once
// The values of the fields of a delivery status: a type, ";", what is told (RFC 3464
// section 2.1.2).

#include <string>
#include <string_view>

namespace mailtrust::bounce {

/// The mailbox of "rfc822; <a@b>", "utf-8; ...\x{00E9}..." (RFC 6533 section 3), "<a@b>"; what is
/// none (local names, X.400) as it stands.
std::string read_recipient(std::string_view value);

/// The same of Original-Recipient, in which "+" and "=" may stand as hexadecimal.
std::string decode_xtext(std::string_view text);

/// The host of "dns; mx.example.net. (192.0.2.1, ...)", in lower case.
std::string read_host(std::string_view value);

/// What a server or a queue said, without its type; "x-unix; 75" with it.
std::string read_diagnostic(std::string_view value);

}  // namespace mailtrust::bounce
