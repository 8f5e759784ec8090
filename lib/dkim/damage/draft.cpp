#include "dkim/damage/draft.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/ascii.hpp"
#include "dkim/canonical.hpp"

namespace mailtrust::dkim::damage {
namespace {

// Fields of a name that are kept beyond those that h= selects: one of the selected may be an added
// one.
constexpr std::size_t kSpareFields = 3;

// An edit of more fields is one of its own.
constexpr std::size_t kFewChanges = 64;

}  // namespace

SplitField split_field(std::string_view raw) {
  if (raw.ends_with("\r\n")) raw.remove_suffix(2);
  auto colon = std::min(raw.find(':'), raw.size());
  return {std::string(raw.substr(0, colon)),
          std::string(raw.substr(std::min(colon + 1, raw.size())))};
}

bool Edit::touches_what(const Edit& other) const {
  if (changes.size() > kFewChanges || other.changes.size() > kFewChanges) return true;
  return std::ranges::any_of(changes, [&](const Replacement& change) {
    return std::ranges::find(other.changes, change.group, &Replacement::group) !=
           other.changes.end();
  });
}

Draft::Draft(const message::Header& header, const Signature& signature, std::size_t field)
    : form_(signature.header_canonicalization) {
  read_order(signature);
  read_fields(header, field);
  for (std::size_t i = 0; i < groups_.size(); ++i)
    canonical_.push_back(canonical(i, groups_[i].fields, form_));
}

void Draft::read_order(const Signature& signature) {
  std::unordered_map<std::string, std::size_t> places;
  for (const auto& name : signature.signed_fields) {
    auto [place, is_new] = places.try_emplace(ascii::to_lower(name), groups_.size());
    if (is_new) groups_.push_back({place->first, name, 0, {}});
    order_.emplace_back(place->second, groups_[place->second].wanted++);
  }
}

void Draft::read_fields(const message::Header& header, std::size_t field) {
  std::unordered_map<std::string_view, Group*> places;
  for (auto& group : groups_) places.emplace(group.name, &group);
  for (auto i = header.fields().size(); i-- > 0;) {
    const auto& candidate = header.fields()[i];
    if (!candidate.is_field() || i == field) continue;
    auto place = places.find(ascii::to_lower(candidate.name));
    if (place == places.end()) continue;
    auto& group = *place->second;
    if (group.fields.size() < group.wanted + kSpareFields) group.fields.emplace_back(candidate.raw);
  }
  auto own = without_signature(header.fields()[field].raw);
  order_.emplace_back(groups_.size(), 0);
  groups_.push_back({"dkim-signature", "DKIM-Signature", 1, {own}});
}

std::vector<std::string> Draft::canonical(std::size_t group, std::span<const std::string> fields,
                                          Canonicalization form) const {
  std::vector<std::string> canonical;
  for (const auto& raw : fields.first(std::min(fields.size(), groups_[group].wanted)))
    append_canonical(canonical.emplace_back(), raw, form);
  return canonical;
}

bool Draft::is_change(const Replacement& replacement) const {
  return replacement.canonical != canonical_[replacement.group];
}

std::string Draft::octets(std::span<const Edit* const> edits) const {
  std::vector<const std::vector<std::string>*> now;
  now.reserve(canonical_.size());
  for (const auto& group : canonical_) now.push_back(&group);
  for (const auto* edit : edits)
    for (const auto& change : edit->changes) now[change.group] = &change.canonical;

  std::string octets;
  for (auto [group, which] : order_)
    if (which < now[group]->size()) octets += (*now[group])[which];
  if (octets.ends_with("\r\n")) octets.resize(octets.size() - 2);
  return octets;
}

}  // namespace mailtrust::dkim::damage
