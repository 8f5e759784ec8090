#include "bounce/phrase_set.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mailtrust::bounce {
namespace {

constexpr std::string_view kOr = " | ";
constexpr std::string_view kThen = " * ";

template <typename Take>
void for_each_part(std::string_view text, std::string_view separator, Take take) {
  while (true) {
    auto end = text.find(separator);
    auto part = text.substr(0, end);
    if (!part.empty()) take(part);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + separator.size());
  }
}

// How far a wording of several pieces has come.
struct Progress {
  std::uint32_t pieces = 0;
  std::size_t end = 0;  // of the last one
};

}  // namespace

PhraseSet::PhraseSet(const std::vector<std::string_view>& phrases) : automaton_(collect(phrases)) {}

void PhraseSet::add(std::uint32_t phrase, std::string_view wording) {
  auto index = static_cast<std::uint32_t>(wordings_.size());
  Wording made{phrase, 0, 0};
  for_each_part(wording, kThen, [&](std::string_view piece) {
    made.length += static_cast<std::uint32_t>(piece.size());
    uses_.push_back({piece, index, made.pieces++});
  });
  if (made.pieces != 0) wordings_.push_back(made);
}

std::vector<std::string_view> PhraseSet::collect(const std::vector<std::string_view>& phrases) {
  for (std::uint32_t i = 0; i < phrases.size(); ++i)
    for_each_part(phrases[i], kOr, [&](std::string_view wording) { add(i, wording); });
  std::ranges::sort(uses_, {}, &Use::piece);
  std::vector<std::string_view> pieces;
  for (std::uint32_t i = 0; i < uses_.size(); ++i) {
    auto piece = uses_[i].piece;
    if (pieces.empty() || pieces.back() != piece) {
      pieces.push_back(piece);
      literals_.push_back(
          {static_cast<std::uint32_t>(piece.size()), i, i, ascii::is_alnum(piece.front())});
    }
    literals_.back().last = i + 1;
  }
  return pieces;
}

std::vector<PhraseSet::Hit> PhraseSet::find(std::string_view folded) const {
  std::vector<Hit> hits;
  std::vector<Progress> progress(wordings_.size());
  automaton_.scan(folded, [&](std::uint32_t index, std::size_t end) {
    const auto& literal = literals_[index];
    auto begin = end - literal.length;
    if (literal.at_word && begin > 0 && ascii::is_alnum(folded[begin - 1])) return;
    for (auto i = literal.first; i < literal.last; ++i) {
      auto& so_far = progress[uses_[i].wording];
      if (so_far.pieces != uses_[i].place || begin < so_far.end) continue;
      so_far = {so_far.pieces + 1, end};
      const auto& wording = wordings_[uses_[i].wording];
      if (so_far.pieces == wording.pieces) hits.push_back({wording.phrase, wording.length});
    }
  });
  return hits;
}

}  // namespace mailtrust::bounce
