#include "authres/scanner.hpp"

#include "base/limits.hpp"

namespace mailtrust::authres {
namespace {

bool is_control(char octet) {
  auto code = static_cast<unsigned char>(octet);
  return code < 0x20 || code == 0x7f;
}

bool is_word_octet(char octet) {
  return !is_control(octet) && octet != ' ' && octet != ';' && octet != '(' && octet != '"';
}

}  // namespace

bool is_token_octet(char octet) {
  constexpr std::string_view kSpecials = "()<>@,;:\\\"/[]?=";
  return !is_control(octet) && octet != ' ' && kSpecials.find(octet) == std::string_view::npos;
}

// Octets of white space at `at`: a line end counts only where a fold is.
std::size_t Scanner::space_at(std::size_t at) const {
  auto rest = text_.substr(at, 3);
  auto blank = [&](std::size_t i) {
    return i < rest.size() && (rest[i] == ' ' || rest[i] == '\t');
  };
  if (blank(0)) return 1;
  if (rest.starts_with("\r\n") && blank(2)) return 3;
  return rest.starts_with('\n') && blank(1) ? 2 : 0;
}

// The offset after the comment that begins here.
std::optional<std::size_t> Scanner::comment_end() const {
  std::size_t depth = 0;
  for (auto at = at_; at < text_.size(); ++at) {
    if (text_[at] == '\\') {
      ++at;
    } else if (text_[at] == '(') {
      if (++depth > limits::kAddressDepth) return std::nullopt;
    } else if (text_[at] == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return std::nullopt;
}

bool Scanner::skip_cfws() {
  while (!at_end()) {
    if (auto space = space_at(at_)) {
      at_ += space;
    } else if (peek() == '(') {
      auto end = comment_end();
      if (!end) return false;
      at_ = *end;
    } else {
      break;
    }
  }
  return true;
}

bool Scanner::take(char octet) {
  if (at_end() || text_[at_] != octet) return false;
  ++at_;
  return true;
}

std::string_view Scanner::take_token() {
  auto start = at_;
  while (!at_end() && is_token_octet(text_[at_])) ++at_;
  return text_.substr(start, at_ - start);
}

std::string_view Scanner::take_word() {
  auto start = at_;
  while (!at_end() && is_word_octet(text_[at_])) ++at_;
  return text_.substr(start, at_ - start);
}

std::optional<std::string> Scanner::take_quoted() {
  if (peek() != '"') return std::nullopt;
  std::string text;
  for (auto at = at_ + 1; at < text_.size(); ++at) {
    if (text_[at] == '"') {
      at_ = at + 1;
      return text;
    }
    // RFC 5322 section 3.2.4: the line end of a fold is not part of the string, its blank is.
    if (auto space = space_at(at); space > 1) at += space - 1;
    if (text_[at] == '\\' && at + 1 < text_.size()) ++at;
    if (is_control(text_[at]) && text_[at] != '\t') return std::nullopt;
    text += text_[at];
  }
  return std::nullopt;
}

void Scanner::skip_to_semicolon() {
  while (!at_end() && peek() != ';') {
    bool readable = skip_cfws();
    if (at_end() || peek() == ';') return;
    if (peek() != '"' && readable) {
      ++at_;
    } else if (!readable || !take_quoted()) {
      at_ = text_.size();
    }
  }
}

}  // namespace mailtrust::authres
