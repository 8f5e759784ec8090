#pragma once
// Who failed and what was said, read from a notice of which no layout is known: an address, and
// behind it the lines about it.

#include <span>
#include <string>
#include <vector>

#include "bounce/failure.hpp"
#include "bounce/mail.hpp"

namespace mailtrust::bounce {

/// `recipients` are those of the message that came back: they may stand anywhere, others only where
/// a notice names who failed (at the beginning of a line, behind a label, in RCPT TO, behind a
/// reply code). In the order of the text, each once. Linear.
std::vector<Failure> read_free_text(const Mail& mail, std::span<const std::string> recipients);

/// Does a line look like what a server said: a reply code at its beginning, "<<<"?
bool quotes_a_server(const Mail& mail);

/// The paragraph before the first address that a line begins with, on one line: what introduces the
/// list of those who failed, and often says why.
std::string introduction(const Mail& mail);

/// Everything in the text that looks like what a server or a queue said, on one line: what is left
/// when nothing stands beside the address.
std::string sayings(const Mail& mail);

}  // namespace mailtrust::bounce
