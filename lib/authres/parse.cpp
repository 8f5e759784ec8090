#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "authres/authres.hpp"
#include "authres/head.hpp"
#include "authres/scanner.hpp"
#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace mailtrust::authres {
namespace {

// RFC 8601 section 2.2: Keyword of RFC 5321, and "_" as some write it.
std::string take_keyword(Scanner& in) {
  auto start = in.position();
  auto token = in.take_token();
  auto fits = [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_'; };
  auto length = std::ranges::find_if_not(token, fits) - token.begin();
  in.go_back(start + static_cast<std::size_t>(length));
  return std::string(token.substr(0, static_cast<std::size_t>(length)));
}

// RFC 8601 section 2.2: pvalue. A quoted string, a word, or an address made of both, with CFWS
// around its "@". Nothing when there is none; `""` is one.
std::optional<std::string> take_value(Scanner& in) {
  std::string value;
  bool any_quoted = false;
  for (bool more = true; more;) {
    in.skip_cfws();
    auto quoted = in.take_quoted();
    any_quoted = any_quoted || quoted;
    value += quoted ? *quoted : in.take_word();
    auto end = in.position();
    bool at_before = !quoted && value.ends_with('@');  // one in quotes is part of the string
    in.skip_cfws();
    more = in.peek() == '@' || (at_before && in.peek() != ';' && in.position() > end);
    if (!more) in.go_back(end);
    if (more && in.at_end()) break;
  }
  if (value.empty() && !any_quoted) return std::nullopt;
  return value;
}

class Parser {
 public:
  explicit Parser(std::string_view value) : in_(value) {}

  Results run() {
    auto head = read_head(in_);
    results_.authserv_id = std::move(head.authserv_id);
    results_.problem = std::move(head.problem);
    if (head.missing) read_statement();
    while (!in_.at_end()) {
      if (!in_.take(';')) {
        in_.skip_to_semicolon();
        continue;
      }
      read_statement();
    }
    if (results_.statements.empty() && !none_) complain("there is neither a result nor none");
    return std::move(results_);
  }

 private:
  void complain(std::string problem) {
    if (results_.problem.empty()) results_.problem = std::move(problem);
  }

  // Whatever stands here was not expected.
  void complain_here(std::string_view expected) {
    auto start = in_.position();
    auto word = in_.peek() == '"' ? std::string_view("\"") : in_.take_word();
    in_.go_back(start);
    auto found = in_.at_end() ? "the end" : quote(word.empty() ? std::string(1, in_.peek()) : word);
    complain("octet " + std::to_string(start + 1) + ": " + found + " where " +
             std::string(expected) + " should be");
  }

  bool space() {
    if (in_.skip_cfws()) return true;
    complain("octet " + std::to_string(in_.position() + 1) +
             ": a comment that does not end, or is nested too deep");
    return false;
  }

  bool take(char octet, std::string_view expected) {
    if (!space()) return false;
    if (in_.take(octet)) return space();
    complain_here(expected);
    return false;
  }

  // `resinfo` or `none`, after the semicolon.
  void read_statement() {
    if (!space() || in_.at_end() || in_.peek() == ';') return;
    Statement statement{take_keyword(in_), {}, {}, {}};
    if (!space()) return;
    if (ascii::iequals(statement.method, "none") && (in_.at_end() || in_.peek() == ';')) {
      none_ = true;
      return;
    }
    if (!read_result(statement)) return;
    while (space() && !in_.at_end() && in_.peek() != ';')
      if (!read_property(statement)) break;
    results_.statements.push_back(std::move(statement));
  }

  bool read_result(Statement& statement) {
    if (statement.method.empty()) {
      complain_here("a method");
      return false;
    }
    if (in_.take('/')) {
      if (!space() || take_keyword(in_).empty()) return false;
    }
    if (!take('=', "\"=\" and a result")) return false;
    statement.result = take_keyword(in_);
    if (statement.result.empty()) complain_here("a result");
    return !statement.result.empty();
  }

  // `reasonspec` or `propspec`. Some write a property without its ptype: it is read all the same.
  bool read_property(Statement& statement) {
    auto name = take_keyword(in_);
    if (name.empty()) {
      complain_here("a property");
      return false;
    }
    if (!space()) return false;
    bool typed = in_.take('.');
    if (typed) {
      if (!space()) return false;
      name += '.';
      name += in_.take_token();
    }
    if (!take('=', "\"=\" and a value")) return false;
    auto value = take_value(in_);
    if (!value) {
      complain_here("a value");
      return false;
    }
    bool is_reason = !typed && ascii::iequals(name, "reason");
    if (!typed && !is_reason) complain("a property without a type: " + quote(name));
    if (is_reason && statement.reason.empty()) {
      statement.reason = std::move(*value);
    } else {
      statement.properties.emplace_back(std::move(name), std::move(*value));
    }
    return true;
  }

  Scanner in_;
  Results results_;
  bool none_ = false;
};

}  // namespace

Results parse(std::string_view value) {
  return Parser(value).run();
}

}  // namespace mailtrust::authres
