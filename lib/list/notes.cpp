#include "list/notes.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace mailtrust::list {

void Notes::keep(Note note) {
  auto& kept = kept_[static_cast<std::size_t>(note.code)];
  kept.notes.push_back(std::move(note));
  if (kept.notes.size() == 2 * kMostNotes) prune(kept);
}

void Notes::prune(Kept& kept) {
  if (kept.notes.size() <= kMostNotes) return;
  auto last = kept.notes.begin() + (kMostNotes - 1);
  std::ranges::nth_element(kept.notes, last, {}, &Note::line);
  kept.last_line = last->line;
  kept.notes.resize(kMostNotes);
}

std::vector<Note> Notes::take() {
  std::vector<Note> all;
  for (auto& kept : kept_) {
    prune(kept);
    std::ranges::move(kept.notes, std::back_inserter(all));
  }
  std::ranges::sort(all, [](const Note& a, const Note& b) {
    return std::tie(a.line, a.code) < std::tie(b.line, b.code);
  });
  return all;
}

}  // namespace mailtrust::list
