#pragma once
// Words that others had a hand in, made fit for the header and the text of a mail of ours: nothing
// in them can end the line, or the field, they stand in. RFC 5322 section 2.2, RFC 2047.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::complaint {

/// One line of valid UTF-8 without controls and format characters, blanks in one, at most `most`
/// octets ("..." at the end of a cut one). What is no UTF-8 becomes U+FFFD.
std::string clean(std::string_view text, std::size_t most = 400);

/// "Name: text", folded near 76 columns, without the final line end; what is not ASCII in encoded
/// words. `text` is cleaned.
std::string unstructured_field(std::string_view name, std::string_view text,
                               std::string_view line_end);

/// "Name: a, b", one item a line once they do not fit. Items are ASCII and clean already.
std::string list_field(std::string_view name, const std::vector<std::string>& items,
                       std::string_view line_end);

/// Is it a mailbox that may stand in a header, bare or in angle brackets, without quoting: a dot
/// atom, "@", and a domain of letters, digits and hyphens (RFC 5322 section 3.4.1)? At most 254
/// octets.
bool is_plain_mailbox(std::string_view text);

/// What is behind the last "@"; all of it without one.
std::string_view domain_of(std::string_view mailbox);

/// The text in lines of at most `width` columns, broken at blanks where there are any; each after
/// the first begins with `indent` spaces.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace mailtrust::complaint
