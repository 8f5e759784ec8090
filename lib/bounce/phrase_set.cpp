#include "bounce/phrase_set.hpp"

#include <algorithm>
#include <limits>

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

}  // namespace

PhraseSet::PhraseSet(const std::vector<std::string_view>& phrases) : automaton_(collect(phrases)) {}

void PhraseSet::add(std::uint32_t phrase, std::string_view wording) {
  auto index = static_cast<std::uint32_t>(wordings_.size());
  Wording made{phrase, 0, 0, 0};
  for_each_part(wording, kThen, [&](std::string_view piece) {
    bool to_word_end = piece.ends_with('$') && piece.size() > 1;
    if (to_word_end) piece.remove_suffix(1);
    made.length += static_cast<std::uint32_t>(piece.size());
    uses_.push_back({piece, index, made.pieces++, to_word_end});
  });
  if (made.pieces > 1) made.track = tracks_++;
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
      literals_.push_back({static_cast<std::uint32_t>(piece.size()), i, i});
    }
    literals_.back().last = i + 1;
  }
  return pieces;
}

bool PhraseSet::advance(Progress& so_far, const Use& use, std::size_t begin, std::size_t end) {
  if (so_far.pieces != use.place || begin < so_far.end) return false;
  so_far = {so_far.pieces + 1, static_cast<std::uint32_t>(end)};
  return true;
}

std::vector<PhraseSet::Hit> PhraseSet::find(std::string_view folded) const {
  folded = folded.substr(0, std::numeric_limits<std::uint32_t>::max());
  std::vector<Hit> hits;
  std::vector<Progress> progress(tracks_);
  std::vector<bool> found(wordings_.size());
  automaton_.scan(folded, [&](std::uint32_t index, std::size_t end) {
    const auto& literal = literals_[index];
    auto begin = end - literal.length;
    bool in_word = end < folded.size() && ascii::is_alnum(folded[end]);
    for (auto i = literal.first; i < literal.last; ++i) {
      const auto& use = uses_[i];
      if (found[use.wording] || (in_word && use.to_word_end)) continue;
      const auto& wording = wordings_[use.wording];
      if (wording.pieces > 1) {
        auto& so_far = progress[wording.track];
        if (!advance(so_far, use, begin, end) || so_far.pieces < wording.pieces) continue;
      }
      found[use.wording] = true;
      hits.push_back({wording.phrase, wording.length});
    }
  });
  return hits;
}

}  // namespace mailtrust::bounce
