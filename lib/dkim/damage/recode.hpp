#pragma once
// Transfer encodings and character sets, forth and back, the ways mail software writes them.
// RFC 2045 sections 6.7 and 6.8.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mailtrust::dkim::damage {

/// How quoted-printable is written where RFC 2045 leaves a choice.
struct QuotedStyle {
  std::size_t most = 76;      ///< octets of a line, the "=" at its end included
  bool exact = true;          ///< a line that fits without a soft break may use all of them
  bool protect_from = false;  ///< "From " at the start of a line is written "=46rom "
  bool protect_dot = false;   ///< so is a "." there: "=2E"
};

inline constexpr std::array<QuotedStyle, 4> kQuotedStyles = {{
    {76, true, false, false},
    {76, false, false, false},
    {76, true, true, true},
    {72, false, false, false},
}};

/// "=C3"
void append_escaped(std::string& out, char octet);

/// Lines in CRLF, in and out. What is no quoted-printable stays as it is.
std::string decode_quoted_printable(std::string_view text);
std::string encode_quoted_printable(std::string_view text, const QuotedStyle& style);

/// Nothing when it is no base64.
std::optional<std::string> decode_base64_lines(std::string_view text);

/// Lines of `width` characters in CRLF, the last one too.
std::string encode_base64_lines(std::string_view octets, std::size_t width);

enum class Charset { utf8, latin1, latin9, windows1252 };

inline constexpr std::array<Charset, 4> kCharsets = {Charset::utf8, Charset::latin1,
                                                     Charset::windows1252, Charset::latin9};

std::string_view to_string(Charset charset);  ///< "iso-8859-1"

bool is_ascii(std::string_view text);

/// Nothing when the text is not in `from`, or has what `to` has not.
std::optional<std::string> convert(std::string_view text, Charset from, Charset to);

}  // namespace mailtrust::dkim::damage
