#pragma once
// Findings about complaints, written and read. RFC 5965, RFC 6590, RFC 6650.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kComplaint = std::to_array<Entry>({
    {"complaint.contradiction", Severity::warning, "RFC 5965 section 8",
     "The report says other than the message",
     "A feedback report names an address, a date, a number of incidents; it also attaches the "
     "message. Here the two do not fit: the address stands in none of the message's Received "
     "fields, or the dates cannot both be right.\n"
     "\n"
     "Anybody can send such a report, and false ones are sent to have somebody's mail stopped. "
     "Before you act, find the message in your own logs by its Message-ID. Some providers shorten "
     "the header of what they attach; then the fields are missing for that reason alone."},
    {"complaint.header-only", Severity::info, "RFC 5965 section 2",
     "Not all of the message is attached",
     "A complaint attaches the messages it is about, up to 20 of them and 10 MiB. Beyond that a "
     "message is there by its header alone, or only counted. A message with NUL, a lone CR or "
     "lines over 998 octets cannot travel as it is: its header is attached as text, and all of it "
     "in base64.\n"
     "\n"
     "With --single each message gets a complaint of its own."},
    {"complaint.malformed", Severity::warning, "RFC 5965 section 3",
     "The report is not as the standard says",
     "A feedback report has Feedback-Type, User-Agent and Version, each once, and fields that a "
     "program can read. This one does not, so something of it was left out.\n"
     "\n"
     "The rest is read and shown. If it comes from a feedback loop, tell its provider."},
    {"complaint.no-original", Severity::info, "RFC 5965 section 2", "The message is not attached",
     "The third part of a feedback report is the message, or its header. Without it only what the "
     "report says itself can help to find the mail in your logs: the address, the time, the "
     "recipient if it is told."},
    {"complaint.redaction", Severity::info, "RFC 6590 section 5", "What redaction cannot promise",
     "Recipients' addresses were replaced by tokens, the same one for the same recipient. That "
     "does not make a message anonymous: names in the text stay, and senders put tokens of their "
     "own into links, which tell them who it was. Attachments are searched as octets only.\n"
     "\n"
     "Where that matters, read the complaint before it leaves."},
});

}  // namespace mailtrust::finding
