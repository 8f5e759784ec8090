#pragma once
// Small things that notices quote: mailboxes and hosts.

#include <string>
#include <string_view>

namespace mailtrust::bounce {

/// The mailbox of "<a@b>", "Anna <a@b>", "a@b (Anna)", "mailto:a@b", "\"a b\"@c",
/// "@relay:a@b" (RFC 5321 section 4.1.2), "smtp:a@b"; without "@" what stands there, without
/// brackets.
std::string mailbox_of(std::string_view text);

/// Could it be a mailbox: a local part, "@", a domain or a literal, no blanks outside quotes? At
/// most 320 octets.
bool is_mailbox(std::string_view text);

/// What stands for a recipient where the message was to be written into a file or handed to a
/// program ("/var/mail/ann", "|/usr/bin/filter"), or an address of another world than SMTP's
/// (X.400, Exchange's "IMCEAEX-").
bool is_no_mailbox(std::string_view text);

/// The first host of "mx.example.net. (192.0.2.1)", "[192.0.2.1]", in lower case.
std::string host_of(std::string_view text);

}  // namespace mailtrust::bounce
