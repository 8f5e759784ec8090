#include "cli/suggest.hpp"

#include <algorithm>
#include <utility>

namespace mailtrust::cli {
namespace {

constexpr std::size_t kLongest = 80;  // nobody misspells a longer word

}  // namespace

// Damerau's distance by rows, with the restriction that no part is edited twice.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      auto replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        current[j] = std::min(current[j], before[j - 2] + 1);
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

std::vector<std::string> nearest(std::string_view word, std::span<const std::string> candidates,
                                 std::size_t most) {
  if (word.empty() || word.size() > kLongest) return {};
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const auto& candidate : candidates) {
    auto edits = distance(word, candidate);
    bool prefix = word.size() > 2 && candidate.starts_with(word);
    if (edits <= 1 + word.size() / 5 || prefix) near.emplace_back(edits, candidate);
  }
  std::ranges::stable_sort(near, {}, &std::pair<std::size_t, std::string>::first);
  std::vector<std::string> words;
  for (auto& [edits, candidate] : near) {
    bool told = std::ranges::find(words, candidate) != words.end();
    if (words.size() < most && !told) words.push_back(std::move(candidate));
  }
  return words;
}

std::string suggestion(std::string_view word, std::span<const std::string> candidates) {
  auto words = nearest(word, candidates);
  return words.empty() ? std::string{} : "; did you mean " + alternatives(words) + '?';
}

std::string alternatives(std::span<const std::string> words) {
  std::string text;
  for (const auto& word : words) {
    if (&word != &words.front()) text += &word == &words.back() ? " or " : ", ";
    text += word;
  }
  return text;
}

}  // namespace mailtrust::cli
