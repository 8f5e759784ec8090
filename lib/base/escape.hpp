#pragma once
// How text from outside is made safe to print: every string that came from DNS, a message, a file
// or the command line passes through here before a person or a program sees it.

#include <cstddef>
#include <string>
#include <string_view>

namespace mailtrust {

/// How many characters of input an error message quotes at most.
inline constexpr std::size_t kMaxQuoted = 80;

/// Is this code point unsafe on a screen: C0, DEL, C1, bidirectional and other format controls
/// (Cf), line and paragraph separators, private use, noncharacters?
bool is_unsafe(char32_t code_point);

/// Decodes the UTF-8 sequence at the start of `text`. Length 0 when it is malformed (overlong,
/// surrogate, above U+10FFFF, truncated); then the first octet stands alone.
struct Utf8 {
  char32_t code_point = 0;
  std::size_t length = 0;
};

Utf8 decode_utf8(std::string_view text);

/// Text for a terminal: safe characters as they are, others as `\xHH` (octets that are not UTF-8,
/// C0, DEL) or `\u{HHHH}`; a backslash becomes `\\` so that the result is unambiguous.
std::string escape_text(std::string_view text);

/// The same, but a backslash stays one: for text that is escaped already, and text to be pasted.
std::string escape_unsafe(std::string_view text);

/// Is it printable ASCII that no escape applies to, neither here nor in JSON?
bool is_plain(std::string_view text);

/// The body of a JSON string (no quotes): valid UTF-8 whatever came in. Unsafe code points become
/// `\uXXXX`; an octet that is not UTF-8 becomes the six characters `\\xHH` inside the string.
void append_json(std::string& out, std::string_view text);

/// At most `limit` escaped characters of the text in double quotes, "..." after a cut one.
std::string quote(std::string_view text, std::size_t limit = kMaxQuoted);

}  // namespace mailtrust
