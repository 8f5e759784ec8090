#include "received/tokens.hpp"

#include <algorithm>
#include <cstddef>

#include "base/ascii.hpp"

namespace mailtrust::received {
namespace {

// For each offset that opens a comment the offset of its end; 0 for all others.
std::vector<std::size_t> comment_ends(std::string_view value) {
  std::vector<std::size_t> ends(value.size(), 0);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && !open.empty()) {
      ++i;
    } else if (value[i] == '(') {
      open.push_back(i);
    } else if (value[i] == ')' && !open.empty()) {
      ends[open.back()] = i;
      open.pop_back();
    }
  }
  return ends;
}

bool ends_word(std::string_view value, std::size_t i) {
  if (ascii::is_space(value[i]) || value[i] == '(' || value[i] == ')') return true;
  return value[i] == ';' && (i + 1 == value.size() || ascii::is_space(value[i + 1]));
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
  for (const auto& keyword : kKeywords)
    if (ascii::iequals(word, keyword.word)) return &(clauses.*keyword.clause);
  return nullptr;
}

// Puts tokens where they belong, one after the other.
class Sorter {
 public:
  void put(const Token& token) {
    if (token.kind == Token::Kind::comment) {
      (current_ ? current_->comments : clauses_.leading_comments).push_back(token.text);
      awaits_value_ = false;
    } else if (token.kind == Token::Kind::semicolon) {
      current_ = nullptr;
      awaits_value_ = false;
      dated_ = true;
    } else {
      put_word(token.text);
    }
  }

  Clauses take() && { return std::move(clauses_); }

 private:
  void put_word(std::string_view word) {
    if (current_ && awaits_value_) {
      current_->value = word;
      awaits_value_ = false;
      return;
    }
    auto* clause = clause_called(clauses_, word);
    if (clause && !clause->present && (!dated_ || clause == &clauses_.id)) {
      clause->present = true;
      current_ = clause;
      awaits_value_ = true;
    } else if (current_) {
      current_->words.push_back(word);
    }
  }

  Clauses clauses_;
  Clause* current_ = nullptr;
  bool awaits_value_ = false;
  bool dated_ = false;
};

}  // namespace

std::vector<Token> tokens(std::string_view value) {
  value = value.substr(0, kMaxField);
  auto ends = comment_ends(value);
  std::vector<Token> found;
  for (std::size_t i = 0; i < value.size();) {
    if (ends[i] != 0) {
      found.push_back({Token::Kind::comment, ascii::trim(value.substr(i + 1, ends[i] - i - 1))});
      i = ends[i] + 1;
    } else if (ends_word(value, i)) {
      if (value[i] == ';') found.push_back({Token::Kind::semicolon, value.substr(i, 1)});
      ++i;
    } else {
      auto start = i;
      while (i < value.size() && !ends_word(value, i)) ++i;
      found.push_back({Token::Kind::word, value.substr(start, i - start)});
    }
  }
  return found;
}

Clauses clauses(std::string_view value) {
  Sorter sorter;
  const Token* last_semicolon = nullptr;
  auto found = tokens(value);
  for (const auto& token : found) {
    sorter.put(token);
    if (token.kind == Token::Kind::semicolon) last_semicolon = &token;
  }
  auto sorted = std::move(sorter).take();
  if (last_semicolon) {
    auto after = last_semicolon->text.data() + 1 - value.data();
    sorted.date = ascii::trim(value.substr(static_cast<std::size_t>(after)));
  }
  return sorted;
}

}  // namespace mailtrust::received
