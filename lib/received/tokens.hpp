#pragma once
// A Received field cut into words, comments and clauses. RFC 5321 section 4.4, and what servers
// write instead.

#include <span>
#include <string_view>
#include <vector>

namespace mailtrust::received {

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
  std::string_view value;         ///< the next word; after "from" even if it is a keyword itself
  std::span<const Token> tokens;  ///< all of the clause but the keyword: words and comments

  /// The first comment for which `is` holds; null when there is none.
  template <typename Predicate>
  [[nodiscard]] const Token* find_comment(Predicate is) const {
    for (const auto& token : tokens)
      if (token.kind == Token::Kind::comment && is(token.text)) return &token;
    return nullptr;
  }
};

struct Clauses {
  Clauses() = default;
  Clauses(const Clauses&) = delete;  // the clauses are parts of its own tokens
  Clauses& operator=(const Clauses&) = delete;
  Clauses(Clauses&&) noexcept = default;
  Clauses& operator=(Clauses&&) noexcept = default;
  ~Clauses() = default;

  std::vector<Token> tokens;  ///< of the whole field
  Clause from, by, via, with, id, recipient;
  std::string_view date;  ///< after the last `;`, or from the name of a day on; trimmed
};

/// Each clause once: a second one of its name is words of the clause it stands in, but for an id
/// after the date, where some put it.
Clauses clauses(std::string_view value);

}  // namespace mailtrust::received
