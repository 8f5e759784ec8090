#pragma once
// Writes a header field of words that others had a hand in: nothing in them can end the line, the
// string or the comment they stand in. RFC 5322 sections 2.1.1 and 2.2.3, RFC 2045 section 5.1.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace mailtrust::authres {

/// Longest value written, in octets; a longer one is cut and ends in "...".
inline constexpr std::size_t kMaxValue = 400;

/// A token as it is, anything else as a quoted string. Controls, octets that are not UTF-8 and what
/// is unsafe on a screen become "?". An addr-spec or "@domain" of harmless octets stays unquoted.
std::string written_value(std::string_view value);

/// A dot-atom (RFC 5322 section 3.2.3) as it is, anything else as a quoted string.
std::string written_dot_atom(std::string_view value);

/// A token (RFC 2045 section 5.1) as it is, anything else as a quoted string.
std::string written_token(std::string_view value);

/// Always as a quoted string.
std::string quoted_value(std::string_view value);

/// What can stand in parentheses.
std::string written_comment(std::string_view text);

/// What a method, result or property may be made of; others become "-".
std::string written_keyword(std::string_view text);

class FoldedField {
 public:
  /// `start` with its colon: "Received-SPF:".
  explicit FoldedField(std::string_view start) : text_(start), column_(start.size()) {}

  /// `word` after a blank, on a new line where it would pass column 78.
  FoldedField& word(std::string_view word);

  /// As it is, where it stands: the `;` after a word.
  FoldedField& mark(std::string_view mark);

  /// What follows begins a new line.
  FoldedField& fold();

  /// With its CRLF.
  [[nodiscard]] std::string finish() && { return std::move(text_) + "\r\n"; }

 private:
  std::string text_;
  std::size_t column_ = 0;
  bool fold_ = false;
};

}  // namespace mailtrust::authres
