#include "registration/spelled_sign.hpp"

#include "base/ascii.hpp"

namespace mailtrust::registration {
namespace {

constexpr std::size_t kMaxBlanks = 3;  // around a word or sign

char octet(std::string_view text, std::size_t i) {
  return i < text.size() ? text[i] : '\0';
}

char closing(char opening) {
  switch (opening) {
    case '(': return ')';
    case '[': return ']';
    case '{': return '}';
    case '<': return '>';
    case '_': return '_';
    default: return '\0';
  }
}

std::size_t blanks_before(std::string_view text, std::size_t i) {
  std::size_t count = 0;
  while (count < kMaxBlanks && count < i && text[i - count - 1] == ' ') ++count;
  return count;
}

std::size_t blanks_after(std::string_view text, std::size_t i) {
  std::size_t count = 0;
  while (count < kMaxBlanks && octet(text, i + count) == ' ') ++count;
  return count;
}

// What is from `begin` to before `end` with its brackets and blanks: "(at)", " [ at ] ", " at ".
std::optional<SpelledSign> framed(std::string_view text, std::size_t begin, std::size_t end) {
  auto inner = begin - blanks_before(text, begin);
  auto after = end + blanks_after(text, end);
  char close = inner > 0 ? closing(text[inner - 1]) : '\0';
  if (close != '\0' && octet(text, after) == close) {
    auto outer = inner - 1;
    return SpelledSign{outer - blanks_before(text, outer),
                       after + 1 + blanks_after(text, after + 1)};
  }
  if (inner == begin || after == end) return std::nullopt;
  return SpelledSign{inner, after, true};
}

}  // namespace

std::optional<SpelledSign> spelled_at(std::string_view text, std::size_t i) {
  if (octet(text, i) == '@') {
    auto spelled = framed(text, i, i + 1);
    return spelled ? SpelledSign{spelled->begin, spelled->end} : SpelledSign{i, i + 1};
  }
  if (ascii::lower(octet(text, i)) != 'a') return std::nullopt;
  bool is_word = ascii::lower(octet(text, i + 1)) == 't';
  auto spelled = framed(text, i, i + (is_word ? 2 : 1));
  if (!spelled || (!is_word && spelled->is_plain)) return std::nullopt;
  return spelled;
}

std::optional<SpelledSign> spelled_dot(std::string_view text, std::size_t i) {
  if (octet(text, i) == '.') return SpelledSign{i, i + 1};
  auto begin = i + blanks_after(text, i);
  if (closing(octet(text, begin)) != '\0') ++begin;
  begin += blanks_after(text, begin);
  bool is_word = begin < text.size() && ascii::istarts_with(text.substr(begin), "dot");
  if (begin == i || (!is_word && octet(text, begin) != '.')) return std::nullopt;
  auto spelled = framed(text, begin, begin + (is_word ? 3 : 1));
  if (!spelled || spelled->begin != i || (!is_word && spelled->is_plain)) return std::nullopt;
  return spelled;
}

}  // namespace mailtrust::registration
