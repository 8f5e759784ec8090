#include "cli/suggest.hpp"

#include <algorithm>
#include <utility>

#include "base/distance.hpp"

namespace mailtrust::cli {
namespace {

constexpr std::size_t kLongest = 80;  // nobody misspells a longer word

}  // namespace

std::vector<std::string> nearest(std::string_view word, std::span<const std::string> candidates,
                                 std::size_t most) {
  if (word.empty() || word.size() > kLongest) return {};
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const auto& candidate : candidates) {
    auto edits = edit_distance(word, candidate);
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
