#pragma once
// A Received field cut into words, comments and clauses. RFC 5321 section 4.4, and what servers
// write instead.

#include <string_view>
#include <vector>

namespace mailtrust::received {

/// Octets of a field that are read; the rest is left out.
inline constexpr std::size_t kMaxField = 64U << 10;

struct Token {
  enum class Kind { word, comment, semicolon };

  Kind kind = Kind::word;
  std::string_view text;  ///< of a comment what is between its parentheses, nested ones included
};

/// Never fails, linear. A parenthesis without its partner parts words and means nothing. A `;`
/// counts only in front of white space or the end.
std::vector<Token> tokens(std::string_view value);

/// What follows one of the words from, by, via, with, id, for.
struct Clause {
  bool present = false;
  std::string_view value;               ///< the next word, even if it is a keyword itself
  std::vector<std::string_view> words;  ///< further ones
  std::vector<std::string_view> comments;
};

struct Clauses {
  Clause from, by, via, with, id, recipient;
  std::vector<std::string_view> leading_comments;  ///< in front of the first clause
  std::string_view date;                           ///< after the last `;`, trimmed
};

/// Each clause once: a second one of its name is words of the clause it stands in, but for an id
/// after the date, where some put it.
Clauses clauses(std::string_view value);

}  // namespace mailtrust::received
