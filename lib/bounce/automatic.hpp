#pragma once
// Mail that programs write and that tells of no failure: answers of people who are away, of ticket
// systems, of filters that want a confirmation (RFC 3834), and read receipts (RFC 8098).

#include <string>

#include "bounce/mail.hpp"

namespace mailtrust::bounce {

/// Auto-Submitted: auto-replied and its elders (X-Autoreply, Precedence: auto_reply), or a subject
/// that says so in one of many languages; one that only speaks of absence beside another sign of a
/// program.
bool is_auto_reply(const Mail& mail);

/// Does a mail system write it: From is MAILER-DAEMON or postmaster, a mail delivery system?
bool is_from_mail_system(const Mail& mail);

/// Is the envelope sender null, as it is of what must not be answered (RFC 5321 section 4.5.5)?
bool has_null_path(const Mail& mail);

/// Is it about a delivery, as its subject or its report-type says?
bool is_about_delivery(const Mail& mail);

/// Does its text say that a message was not delivered, in one of many languages?
bool says_undelivered(const Mail& mail);

/// The address whose reader a read receipt tells of (Final-Recipient of the part
/// message/disposition-notification); empty when it is none.
std::string read_receipt(const Mail& mail);

}  // namespace mailtrust::bounce
