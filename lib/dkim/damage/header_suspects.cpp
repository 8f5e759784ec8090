#include "dkim/damage/header_suspects.hpp"

#include <algorithm>

namespace mailtrust::dkim::damage {
std::optional<std::size_t> SuspectList::find(std::string_view name) const {
  auto groups = draft_.groups().first(draft_.signature_group());
  auto found = std::ranges::find(groups, name, &Group::name);
  if (found == groups.end()) return std::nullopt;
  return static_cast<std::size_t>(found - groups.begin());
}

void SuspectList::fields(std::size_t group, std::span<const std::string> raws, Damage damage,
                         int weight) {
  if (full()) return;
  Edit edit;
  edit.changes.push_back({group, draft_.canonical(group, raws, draft_.form())});
  edit.damages.push_back(std::move(damage));
  edit.weight = weight;
  add(std::move(edit));
}

void SuspectList::value(std::size_t group, std::size_t which, std::string_view value, Damage damage,
                        int weight) {
  if (full()) return;
  auto raws = draft_.groups()[group].fields;
  raws.at(which) = SplitField{split_field(raws[which]).name, std::string(value)}.raw();
  fields(group, raws, std::move(damage), weight);
}

void SuspectList::everything(
    const std::function<std::string(std::string_view raw, const Group&)>& change,
    Canonicalization form, bool all_but_signature, Damage damage, int weight) {
  if (full()) return;
  Edit edit;
  for (std::size_t i = 0; i < draft_.groups().size(); ++i) {
    if (all_but_signature && i == draft_.signature_group()) continue;
    const auto& group = draft_.groups()[i];
    std::vector<std::string> raws;
    for (const auto& raw :
         std::span(group.fields).first(std::min(group.fields.size(), group.wanted)))
      raws.push_back(change(raw, group));
    edit.changes.push_back({i, draft_.canonical(i, raws, form)});
  }
  edit.damages.push_back(std::move(damage));
  edit.weight = weight;
  add(std::move(edit));
}

void SuspectList::add(Edit edit) {
  std::erase_if(edit.changes, [&](const Replacement& change) { return !draft_.is_change(change); });
  auto same = [&](const Edit& other) { return other.changes == edit.changes; };
  if (edit.changes.empty() || full() || std::ranges::any_of(edits_, same)) return;
  for (const auto& change : edit.changes)
    for (const auto& text : change.canonical) octets_ += text.size();
  edits_.push_back(std::move(edit));
}

std::vector<Edit> SuspectList::take() {
  std::ranges::stable_sort(edits_, {}, &Edit::weight);
  return std::move(edits_);
}

}  // namespace mailtrust::dkim::damage
