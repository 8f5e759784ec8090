#include "message/address_token.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"

namespace mailtrust::message {
namespace {

constexpr std::size_t kMostFaults = 100;
constexpr std::string_view kSpecials = "<>@,;:.";

using Kind = AddressFault::Kind;

bool is_control(char c) {
  return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f;
}

// RFC 5322 section 3.2.3, and RFC 6532 section 3.2: whatever is not ASCII.
bool is_atext(char c) {
  constexpr std::string_view kOthers = "!#$%&'*+-/=?^_`{|}~";
  return ascii::is_alnum(c) || c < 0 || kOthers.find(c) != std::string_view::npos;
}

// `a@b.example (<c@d.example>)`: who does not know comments sees the second.
bool has_hidden_address(std::string_view comment) {
  return comment.find('@') != std::string_view::npos &&
         comment.find_first_of("<>,;") != std::string_view::npos;
}

bool is_fold(std::string_view value, std::size_t at) {
  if (value.substr(at, 2) != "\r\n" || at + 2 >= value.size()) return false;
  return value[at + 2] == ' ' || value[at + 2] == '\t';
}

}  // namespace

Tokens::Tokens(std::string_view value, std::vector<AddressFault>& faults)
    : value_(value), faults_(faults) {
  check_octets();
  advance();
}

void Tokens::fault(Kind kind, std::size_t at, std::string message) {
  if (faults_.size() < kMostFaults) faults_.push_back({kind, at + 1, std::move(message)});
}

void Tokens::check_octets() {
  for (std::size_t at = 0; at < value_.size();) {
    auto [code_point, length] = decode_utf8(value_.substr(at));
    if (is_fold(value_, at))
      ++at;
    else if (is_control(value_[at]))
      fault(Kind::control, at, "expected text, found the control " + quote(value_.substr(at, 1)));
    else if (length == 0)
      fault(Kind::not_utf8, at, "expected UTF-8, found the octet " + quote(value_.substr(at, 1)));
    at += std::max<std::size_t>(length, 1);
  }
}

void Tokens::advance() {
  now_ = Token{};
  skip_blanks();
  now_.at = at_;
  if (at_ == value_.size()) return;
  char c = value_[at_];
  if (c == '"') return take_quoted();
  if (c == '[') return take_literal();
  if (is_atext(c)) return take_atom();
  now_.kind =
      kSpecials.find(c) != std::string_view::npos ? Token::Kind::special : Token::Kind::other;
  now_.text = c;
  ++at_;
}

void Tokens::skip_blanks() {
  while (at_ < value_.size()) {
    char c = value_[at_];
    if (c == '(')
      skip_comment();
    else if (c == ' ' || c == '\t')
      ++at_;
    else if (is_fold(value_, at_))
      at_ += 2;
    else
      return;
    now_.blank_before = true;
  }
}

// RFC 5322 section 3.2.2. A comment that is deeper than the limit is counted to its end.
void Tokens::skip_comment() {
  auto start = at_;
  std::size_t depth = 0;
  std::size_t deepest = 0;
  for (; at_ < value_.size(); ++at_) {
    char c = value_[at_];
    if (c == '\\') ++at_;
    if (c == '(') deepest = std::max(deepest, ++depth);
    if (c == ')' && --depth == 0) break;
  }
  bool closed = at_ < value_.size();
  at_ = std::min(at_ + 1, value_.size());
  now_.comment_before = true;
  if (!closed) fault(Kind::syntax, start, "the comment does not end: expected \")\"");
  if (deepest > limits::kAddressDepth) {
    auto most = std::to_string(limits::kAddressDepth);
    fault(Kind::too_deep, start, "comments are nested deeper than " + most);
  }
  if (auto text = value_.substr(start, at_ - start); has_hidden_address(text))
    fault(Kind::hidden, start, "a comment that some read as an address: " + quote(text));
}

// RFC 5322 section 3.2.4. Folds are no part of the text.
void Tokens::take_quoted() {
  now_.kind = Token::Kind::quoted;
  for (++at_; at_ < value_.size() && value_[at_] != '"'; ++at_) {
    if (value_[at_] == '\\' && at_ + 1 < value_.size()) ++at_;
    if (is_fold(value_, at_))
      ++at_;
    else
      now_.text += value_[at_];
  }
  if (at_ == value_.size())
    fault(Kind::syntax, now_.at, "the quoted string does not end: expected '\"'");
  else
    ++at_;
}

// RFC 5322 section 3.4.1. Blanks are no part of the literal.
void Tokens::take_literal() {
  now_.kind = Token::Kind::literal;
  auto end = value_.find_first_of("]<>,", at_);
  bool closed = end != std::string_view::npos && value_[end] == ']';
  if (!closed) fault(Kind::syntax, at_, "the domain literal does not end: expected \"]\"");
  end = std::min(end, value_.size()) + (closed ? 1 : 0);
  for (; at_ < end; ++at_)
    if (!ascii::is_space(value_[at_])) now_.text += value_[at_];
  if (auto inner = now_.text.find('[', 1); inner != std::string::npos)
    fault(Kind::syntax, now_.at, "a \"[\" within a domain literal");
}

void Tokens::take_atom() {
  now_.kind = Token::Kind::atom;
  auto end = at_;
  while (end < value_.size() && is_atext(value_[end])) ++end;
  now_.text = value_.substr(at_, end - at_);
  at_ = end;
}

}  // namespace mailtrust::message
