#include "received/tokens.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "base/limits.hpp"

namespace mailtrust::received {
namespace {

/// A comment that has both its parentheses, which stand at these offsets.
struct Parentheses {
  std::size_t open;
  std::size_t close;
};

// Exim lets a client that may say anything for HELO, or answers for an ident, have parentheses of
// its own, and folds behind what it says of the client: one comment up to there.
std::optional<Parentheses> comment_of_exim(std::string_view value) {
  auto line = value.substr(0, std::min(value.find('\n'), value.size()));
  auto open = line.find('(');
  auto close = line.rfind(')');
  if (close == std::string_view::npos || open > close) return std::nullopt;
  constexpr std::string_view kBegins[] = {"[", "helo=", "ident=", "port="};
  auto text = line.substr(open + 1);
  bool begins = std::ranges::any_of(kBegins, [&](auto word) { return text.starts_with(word); });
  bool ends = ascii::trim(line.substr(close + 1)).empty();
  if (!begins || !ends || value.find("(Exim ", line.size()) == std::string_view::npos)
    return std::nullopt;
  return Parentheses{open, close};
}

using Table = std::array<bool, 256>;  // asked of every octet

constexpr auto kOfComments = [] {
  Table table{};
  for (char c : {'(', ')', '\\'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

constexpr auto kMayEnd = [] {
  Table table{};
  for (unsigned octet = 0; octet < table.size(); ++octet) {
    auto c = static_cast<char>(octet);
    table[octet] = ascii::is_space(c) || c == '(' || c == ')' || c == ';';
  }
  return table;
}();

// The first octet from `at` on that is in the table; the size when there is none.
std::size_t find_any(std::string_view value, const Table& table, std::size_t at) {
  auto rest = value.substr(at);
  auto is_in = [&](char c) { return table[static_cast<unsigned char>(c)]; };
  return at + static_cast<std::size_t>(std::ranges::find_if(rest, is_in) - rest.begin());
}

// Finds the comments of a field.
class Comments {
 public:
  // The outermost first where one begins before another; in the order of their beginning.
  static std::vector<Parentheses> in(std::string_view value) {
    Comments comments;
    comments.found_.reserve(kUsual);
    std::size_t begin = 0;
    if (auto whole = comment_of_exim(value)) {
      comments.found_.push_back(*whole);
      begin = whole->close + 1;
    }
    comments.find(value, begin);
    comments.drop_open();
    return std::move(comments.found_);
  }

 private:
  static constexpr std::size_t kUsual = 8;
  static constexpr auto kNone = std::string_view::npos;

  void find(std::string_view value, std::size_t begin) {
    auto at = value.find('(', begin);
    while (at < value.size()) {
      if (value[at] == '\\') {
        ++at;
      } else if (value[at] == '(') {
        found_.push_back({at, innermost_});
        innermost_ = found_.size() - 1;
      } else {
        innermost_ = std::exchange(found_[innermost_].close, at);
      }
      ++at;
      // Outside of all comments nothing but the next one matters.
      if (innermost_ == kNone)
        at = value.find('(', at);
      else if (at < value.size())
        at = find_any(value, kOfComments, at);
    }
  }

  void drop_open() {
    if (innermost_ == kNone) return;
    while (innermost_ != kNone) innermost_ = std::exchange(found_[innermost_].close, 0);
    std::erase_if(found_, [](const Parentheses& pair) { return pair.close == 0; });
  }

  std::vector<Parentheses> found_;  // the `close` of one still open is the place of the one around
  std::size_t innermost_ = kNone;
};

// Of the word that begins there; `at` itself when none does.
std::size_t end_of_word(std::string_view value, std::size_t at) {
  while (true) {
    at = find_any(value, kMayEnd, at);
    if (at == value.size() || value[at] != ';') return at;
    if (at + 1 == value.size() || ascii::is_space(value[at + 1])) return at;
    ++at;
  }
}

Clause* clause_called(Clauses& clauses, std::string_view word) {
  struct Keyword {
    std::string_view word;
    Clause Clauses::*clause;
  };

  static constexpr Keyword kKeywords[] = {
      {"from", &Clauses::from}, {"by", &Clauses::by}, {"via", &Clauses::via},
      {"with", &Clauses::with}, {"id", &Clauses::id}, {"for", &Clauses::recipient},
  };
  if (word.size() < 2 || word.size() > 4) return nullptr;
  for (const auto& keyword : kKeywords)
    if (ascii::lower(word.front()) == keyword.word.front() && ascii::iequals(word, keyword.word))
      return &(clauses.*keyword.clause);
  return nullptr;
}

// "Mon,": what begins a date that no semicolon parts from the rest.
bool begins_date(std::string_view word) {
  constexpr std::string_view kDays = "montuewedthufrisatsun";
  if (word.size() != 4 || word[3] != ',') return false;
  for (std::size_t i = 0; i < kDays.size(); i += 3)
    if (ascii::iequals(word.substr(0, 3), kDays.substr(i, 3))) return true;
  return false;
}

// Puts tokens where they belong, one after the other.
class Sorter {
 public:
  explicit Sorter(Clauses& clauses) : clauses_(clauses) {}

  void sort() {
    for (auto& token : clauses_.tokens) {
      switch (token.kind) {
        case Token::Kind::comment: put_comment(token); break;
        case Token::Kind::semicolon: end_at(token); break;
        case Token::Kind::word: put_word(token); break;
      }
    }
  }

  /// Where the date begins; null when there is none.
  [[nodiscard]] const char* date() const { return date_; }

 private:
  void put_comment(const Token& token) {
    // Only the client's word may be missing altogether.
    if (current_ == &clauses_.from) {
      awaits_value_ = false;
      client_commented_ = true;
    }
    commented_ = true;
    extend(token);
  }

  void end_at(const Token& semicolon) {
    // In front of "by" it can only be the client's.
    if (clauses_.from.present && !clauses_.by.present) return extend(semicolon);
    current_ = nullptr;
    awaits_value_ = false;
    date_ = semicolon.text.data() + 1;
  }

  void put_word(Token& token) {
    // The client may call itself "by".
    bool clients = awaits_value_ && current_ == &clauses_.from;
    if (!clients && begin_clause(token)) return;
    if (current_ && awaits_value_) {
      current_->value = token.text;
      awaits_value_ = false;
    } else if (is_recipient(token.text)) {
      split_for(token);
      return;
    } else if (!date_ && begins_date(token.text)) {
      current_ = nullptr;
      date_ = token.text.data();
    }
    extend(token);
  }

  bool begin_clause(const Token& token) {
    auto* clause = clause_called(clauses_, token.text);
    if (clause == &clauses_.from && !clause->present) client_ = &token + 1;
    if (clause == &clauses_.by && may_be_clients()) give_to_client(token);
    if (!clause || clause->present || (date_ && clause != &clauses_.id)) return false;
    clause->present = true;
    current_ = clause;
    awaits_value_ = true;
    return true;
  }

  // A client may say "x by mx.example.org" or "x with ESMTPA" for a name, and some servers write it
  // down so. No server opens another clause between "from" and "by" before it has written a
  // comment.
  [[nodiscard]] bool may_be_clients() const {
    const auto& c = clauses_;
    bool opened =
        c.by.present || c.with.present || c.via.present || c.id.present || c.recipient.present;
    return opened && c.from.present && !date_ && !client_commented_;
  }

  void give_to_client(const Token& end) {
    auto& from = clauses_.from;
    from.tokens = {client_, &end};
    client_commented_ = commented_;
    for (auto* clause :
         {&clauses_.by, &clauses_.with, &clauses_.via, &clauses_.id, &clauses_.recipient})
      *clause = {};
  }

  // "id 846CF2117for <a@example.org>", as some write.
  [[nodiscard]] bool is_recipient(std::string_view word) const {
    return current_ == &clauses_.id && !clauses_.recipient.present && word.starts_with('<') &&
           current_->tokens.size() == 1 && current_->value.ends_with("for");
  }

  void split_for(const Token& token) {
    clauses_.id.value.remove_suffix(3);
    clauses_.recipient = {true, token.text, {}};
    current_ = &clauses_.recipient;
    extend(token);
  }

  void extend(const Token& token) {
    if (!current_) return;
    auto& part = current_->tokens;
    part = part.empty() ? std::span(&token, 1) : std::span(part.data(), part.size() + 1);
  }

  Clauses& clauses_;
  Clause* current_ = nullptr;
  bool awaits_value_ = false;
  const char* date_ = nullptr;
  const Token* client_ = nullptr;  ///< what follows the word "from"
  bool commented_ = false;         ///< a comment was met
  bool client_commented_ = false;  ///< one was met in the clause of the client
};

}  // namespace

std::vector<Token> tokens(std::string_view value) {
  constexpr std::size_t kUsual = 32;
  value = value.substr(0, limits::kReceivedField);
  auto comments = Comments::in(value);
  auto comment = comments.begin();
  std::vector<Token> found;
  found.reserve(kUsual);
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (auto end = end_of_word(value, at); end > at) {
      found.push_back({Token::Kind::word, value.substr(at, end - at)});
      at = end;
      if (at == value.size()) break;
    }
    if (value[at] == ';') found.push_back({Token::Kind::semicolon, value.substr(at, 1)});
    if (value[at] != '(') continue;
    while (comment != comments.end() && comment->open < at) ++comment;
    if (comment == comments.end() || comment->open != at) continue;
    auto text = value.substr(at + 1, comment->close - at - 1);
    found.push_back({Token::Kind::comment, ascii::trim(text)});
    at = comment->close;
  }
  return found;
}

Clauses clauses(std::string_view value) {
  value = value.substr(0, limits::kReceivedField);
  Clauses sorted;
  sorted.tokens = tokens(value);
  Sorter sorter(sorted);
  sorter.sort();
  if (sorter.date() != nullptr) {
    auto at = static_cast<std::size_t>(sorter.date() - value.data());
    sorted.date = ascii::trim(value.substr(at));
  }
  return sorted;
}

}  // namespace mailtrust::received
