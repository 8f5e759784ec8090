#pragma once
// The line between the messages of an mbox. RFC 4155 appendix A: "From SENDER DATE".

#include <cstddef>
#include <string_view>

namespace mailtrust::mailbox {

/// So many octets of a line say whether it is a separator.
inline constexpr std::size_t kSeparatorOctets = 512;

/// Is this line, without its end, a separator? Behind an empty line a sender alone, or any words
/// with a time of day among them, are enough; behind another line the whole date must be there, as
/// some programs write no empty line. "From the start" is text in both places.
bool is_separator(std::string_view line, bool behind_empty_line);

}  // namespace mailtrust::mailbox
