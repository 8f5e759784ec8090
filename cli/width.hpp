#pragma once
// How much room text takes on a screen, and how it is broken to fit.

#include <cstddef>
#include <string>
#include <string_view>

namespace mailtrust::cli {

/// Columns one code point takes: 0 for combining marks, 2 for East Asian wide characters and emoji
/// (UAX 11), else 1.
int column_count(char32_t code_point);

/// Columns the text takes, UTF-8 without control characters.
std::size_t column_count(std::string_view text);

/// The longest start of `text` that fits into `columns`; at least one character of a text that has
/// any.
std::string_view fitting(std::string_view text, std::size_t columns);

/// Appends `text` broken at spaces so that no line passes `width`; words that are too long are
/// broken where they must. The first line starts where `out` ends, at `column`; the others are
/// indented by `indent`. Ends without a newline.
void append_wrapped(std::string& out, std::string_view text, std::size_t column, std::size_t indent,
                    std::size_t width);

}  // namespace mailtrust::cli
