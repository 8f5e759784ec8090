#pragma once
// The steps of read_feedback(), a file for each.

#include <string_view>

#include "complaint/feedback.hpp"
#include "message/header.hpp"
#include "message/mime.hpp"

namespace mailtrust::complaint {

/// The fields of a message/feedback-report part, which is decoded.
void read_report_fields(std::string_view text, Feedback& feedback);

/// What the message that is complained about says of itself; `octets` may be its header alone.
void read_original(std::string_view octets, Original kind, Feedback& feedback);

/// Holds what the report says against the message it attaches.
void compare_with_original(std::string_view octets, Feedback& feedback);

/// A XARF document of version 3 or 4. An Error of kind input when it is neither.
Expected<void> read_xarf(std::string_view json, Feedback& feedback);

/// The lines "Name: value" of X-ARF 0.1 and 0.2 (YAML, of which they use no more).
void read_xarf_lines(std::string_view text, Feedback& feedback);

/// The header of a message within a report, of which limits::kHeader octets are read.
message::Header header_within(std::string_view octets);

/// Adds an oddity, up to a hundred.
void tell(Feedback& feedback, Oddity::Kind kind, std::string message);

/// Adds a value once, up to kMaxValues.
void add_value(std::vector<std::string>& values, std::string value, Feedback& feedback);

/// Does it look like a mailbox that was made unreadable: "redacted@", "xxx@", a hash, no "@"?
bool looks_redacted(std::string_view mailbox);

}  // namespace mailtrust::complaint
