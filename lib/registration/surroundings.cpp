#include "registration/surroundings.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.hpp"

namespace mailtrust::registration {
namespace {

constexpr auto kNone = std::string_view::npos;

enum class Sense { abuse, complaint, elsewhere, noc, technical, administrative, negation };

struct Word {
  std::string_view text;
  Sense sense;
};

constexpr Word kWords[] = {
#include "registration/remark_words.inc"
};

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

bool is_word_octet(char c) {
  return ascii::is_alnum(c) || !is_ascii(c);
}

// Words of scripts without blanks may begin anywhere; those before U+1100 have blanks.
bool begins_anywhere(std::string_view word) {
  return static_cast<unsigned char>(word.front()) >= 0xe1 && word.find(' ') == kNone;
}

bool matches(std::string_view rest, std::string_view word) {
  if (!word.ends_with(' ')) return rest.starts_with(word);
  word.remove_suffix(1);
  return rest.starts_with(word) &&
         (rest.size() == word.size() || !is_word_octet(rest[word.size()]));
}

// Where in the clause each sense was met, in one pass.
class Senses {
 public:
  explicit Senses(std::string_view clause) {
    auto lower = ascii::to_lower(clause);
    std::string_view text = lower;
    bool at_start = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
      bool is_letter = is_word_octet(text[i]);
      if (is_letter) note(text.substr(i), at_start);
      at_start = !is_letter;
    }
  }

  [[nodiscard]] bool has(Sense sense) const { return met_[static_cast<std::size_t>(sense)]; }

 private:
  void note(std::string_view rest, bool at_start) {
    for (const auto& [word, sense] : kWords)
      if (word.front() == rest.front() && (at_start || begins_anywhere(word)) &&
          matches(rest, word))
        met_[static_cast<std::size_t>(sense)] = true;
  }

  std::array<bool, 7> met_{};
};

std::optional<Role> role_of(const Senses& said) {
  bool is_abuse = said.has(Sense::abuse);
  if (is_abuse) return said.has(Sense::negation) ? Role::other : Role::remark;
  if (said.has(Sense::elsewhere)) return Role::other;
  if (said.has(Sense::complaint)) return said.has(Sense::negation) ? Role::other : Role::remark;
  if (said.has(Sense::noc)) return Role::noc;
  if (said.has(Sense::technical)) return Role::technical;
  if (said.has(Sense::administrative)) return Role::administrative;
  return std::nullopt;
}

bool ends_clause(std::string_view text, std::size_t i) {
  char c = text[i];
  if (c == '\n' || c == ',' || c == ';' || c == '|') return true;
  bool ends_sentence = c == '.' || c == '!' || c == '?';
  return ends_sentence && i + 1 < text.size() && ascii::is_space(text[i + 1]);
}

bool is_join_word(std::string_view word) {
  constexpr std::array<std::string_view, 14> kJoints = {
      "or", "and", "und", "oder", "y", "e", "et", "ou", "o", "en", "cc", "to", "with", "copy"};
  return std::ranges::any_of(kJoints, [&](auto joint) { return ascii::iequals(word, joint); });
}

}  // namespace

std::optional<Role> role_before(std::string_view text) {
  bool negated = false;
  for (auto end = text.size(); end > 0;) {
    auto begin = end;
    while (begin > 0 && !ends_clause(text, begin - 1)) --begin;
    Senses said(text.substr(begin, end - begin));
    // "For abuse, please do not write to ..."
    negated = negated || said.has(Sense::negation);
    if (auto role = role_of(said)) return negated && *role == Role::remark ? Role::other : role;
    end = begin > 0 ? begin - 1 : 0;
  }
  return std::nullopt;
}

std::size_t first_clause(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && !ends_clause(text, end)) ++end;
  return end;
}

std::optional<Role> role_after(std::string_view text) {
  return role_of(Senses(text.substr(0, first_clause(text))));
}

bool is_joint(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    auto begin = i;
    while (i < text.size() && is_word_octet(text[i])) ++i;
    if (i > begin && !is_join_word(text.substr(begin, i - begin))) return false;
    if (i == begin) ++i;
  }
  return true;
}

}  // namespace mailtrust::registration
