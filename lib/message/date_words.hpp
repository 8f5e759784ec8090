#pragma once
// The words of a date one after the other.

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/ascii.hpp"

namespace mailtrust::message {

/// The first octet that is something else; the size when there is none.
inline std::size_t find_other(std::string_view text, bool (*is)(char)) {
  // Not find_first_not_of, which calls memchr for every octet.
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is) - text.begin());
}

/// Comments, blanks and commas part words.
class DateWords {
 public:
  explicit DateWords(std::string_view text) : rest_(text) {}

  /// Empty at the end.
  std::string_view next() {
    skip();
    auto is_inside = [](char c) { return !parts(c); };
    auto word = rest_.substr(0, find_other(rest_, is_inside));
    rest_.remove_prefix(word.size());
    return word;
  }

 private:
  static bool parts(char c) { return ascii::is_space(c) || c == ',' || c == '(' || c == ')'; }

  void skip() {
    while (!rest_.empty() && parts(rest_.front())) {
      if (rest_.front() == '(')
        skip_comment();
      else
        rest_.remove_prefix(1);
    }
  }

  // One without its end hides the rest.
  void skip_comment() {
    std::size_t depth = 0;
    std::size_t i = 0;
    for (; i < rest_.size(); ++i) {
      if (rest_[i] == '\\')
        ++i;
      else if (rest_[i] == '(')
        ++depth;
      else if (rest_[i] == ')' && --depth == 0)
        break;
    }
    rest_.remove_prefix(std::min(i + 1, rest_.size()));
  }

  std::string_view rest_;
};

}  // namespace mailtrust::message
