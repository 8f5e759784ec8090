#pragma once
// Lines, whatever ends them: CRLF, LF, or the lone CR of files that came through old systems.

#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::bounce {

/// Is there a CR that no LF follows?
bool has_lone_cr(std::string_view octets);

/// Every line end as one LF; CRs before an LF belong to it ("\r\r\n").
std::string with_lf(std::string_view octets);

/// The lines without their ends, and without white space before those. Views into `text`.
std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace mailtrust::bounce
