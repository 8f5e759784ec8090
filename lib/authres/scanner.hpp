#pragma once
// Reads a structured field value from left to right: comments and folds anywhere, quoted strings.
// RFC 5322 section 3.2, RFC 2045 section 5.1 (token), RFC 6532 (UTF-8).

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mailtrust::authres {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  /// Passes over white space, folds and comments. False, standing at the comment, when one does not
  /// end or is nested deeper than limits::kAddressDepth.
  bool skip_cfws();

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }

  /// The next octet; NUL at the end (ask at_end() where that matters).
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }

  /// Takes the next octet if it is this one.
  bool take(char octet);

  /// Takes octets as long as they may be in a token; octets above 127 may.
  std::string_view take_token();

  /// Takes octets up to white space, a control, `;`, `(` or `"`: values as they occur, which hold
  /// `/`, `=` and `@` that a token may not.
  std::string_view take_word();

  /// Takes a quoted string and unquotes it. Nothing, without moving, when there is none, when it
  /// does not end, or when it holds a control.
  std::optional<std::string> take_quoted();

  /// Passes on to the next `;` outside of comments and quoted strings, or to the end, where one of
  /// those does not end.
  void skip_to_semicolon();

  [[nodiscard]] std::size_t position() const { return at_; }

  void go_back(std::size_t position) { at_ = position; }

 private:
  [[nodiscard]] std::size_t space_at(std::size_t at) const;
  [[nodiscard]] std::optional<std::size_t> comment_end() const;

  std::string_view text_;
  std::size_t at_ = 0;
};

/// RFC 2045 section 5.1, and octets above 127.
bool is_token_octet(char octet);

}  // namespace mailtrust::authres
