#pragma once
// The words of an address field. RFC 5322 sections 3.2 and 4.1 (obsolete: controls, unquoted dots).

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "message/address.hpp"

namespace mailtrust::message {

struct Token {
  enum class Kind {
    atom,
    quoted,
    literal,  ///< `[192.0.2.1]`
    special,  ///< one of `<>@,;:.`
    other,    ///< an octet that may stand nowhere
    end,
  };

  Kind kind = Kind::end;
  std::string text;           ///< unquoted; a literal keeps its brackets
  std::size_t at = 0;         ///< in the value, from 0
  bool blank_before = false;  ///< blanks or a comment stand before it
  bool comment_before = false;

  [[nodiscard]] bool is(char c) const { return kind == Kind::special && text[0] == c; }

  [[nodiscard]] bool is_word() const { return kind == Kind::atom || kind == Kind::quoted; }
};

/// Reads a value from its start to its end, once. Octets that no text may hold are faults from the
/// beginning; the tokens hold them all the same.
class Tokens {
 public:
  Tokens(std::string_view value, std::vector<AddressFault>& faults);

  [[nodiscard]] const Token& now() const { return now_; }

  void advance();

  void fault(AddressFault::Kind kind, std::size_t at, std::string message);

 private:
  void check_octets();
  void skip_blanks();
  void skip_comment();
  void take_quoted();
  void take_literal();
  void take_atom();

  std::string_view value_;
  std::vector<AddressFault>& faults_;
  std::size_t at_ = 0;
  Token now_;
};

}  // namespace mailtrust::message
