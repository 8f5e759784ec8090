// Fields added, removed, put in another order, and what z= remembers of them.

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "dkim/canonical.hpp"
#include "dkim/damage/header_suspects.hpp"
#include "dkim/damage/kinds.hpp"
#include "dkim/damage/recode.hpp"
#include "tag_list/tag_list.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kQuoted = 60;
constexpr std::size_t kFieldsToDrop = 4;
constexpr std::size_t kFieldsToPermute = 4;
constexpr std::size_t kMostCopies = 200;

std::string shown(std::string_view raw) {
  return quote(ascii::trim(split_field(raw).value), kQuoted);
}

// Lists and relays add these.
bool is_often_added(std::string_view name) {
  constexpr std::array<std::string_view, 7> kNames = {
      "reply-to",   "sender",    "mime-version", "content-type", "content-transfer-encoding",
      "precedence", "message-id"};
  return name.starts_with("list-") || std::ranges::find(kNames, name) != kNames.end();
}

void suspect_added(SuspectList& list, std::size_t group) {
  const auto& now = list.draft().groups()[group];
  auto places = std::min(now.fields.size(), kFieldsToDrop);
  for (std::size_t i = 0; i < places; ++i) {
    auto fields = now.fields;
    fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(i));
    std::string which = now.fields.size() > 1 ? "a second " : "the ";
    list.fields(group, fields,
                make("field-added", "would verify without " + which + now.written + " field (" +
                                        shown(now.fields[i]) + "): it was added on the way"),
                is_often_added(now.name) || now.fields.size() > 1 ? 0 : 2);
  }
}

void suspect_order(SuspectList& list, std::size_t group) {
  const auto& now = list.draft().groups()[group];
  auto count = now.fields.size();
  if (count < 2) return;
  auto damage = [&] {
    return make("header-order", "would verify with the " + std::to_string(count) + " " +
                                    now.written + " fields in another order");
  };
  auto fields = now.fields;
  std::ranges::reverse(fields);
  list.fields(group, fields, damage(), 1);
  if (count > kFieldsToPermute) return;
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  while (std::ranges::next_permutation(order).found) {
    for (std::size_t i = 0; i < count; ++i) fields[i] = now.fields[order[i]];
    list.fields(group, fields, damage(), 2);
  }
}

// RFC 2369 fields come together.
void suspect_all_list_fields(SuspectList& list) {
  Edit edit;
  std::string names;
  for (std::size_t i = 0; i < list.draft().signature_group(); ++i) {
    const auto& group = list.draft().groups()[i];
    if (!group.name.starts_with("list-") || group.fields.empty()) continue;
    edit.changes.push_back({i, {}});
    names += (names.empty() ? "" : ", ") + group.written;
  }
  if (edit.changes.size() < 2) return;
  edit.damages.push_back(
      make("field-added", "would verify without " + names + ": they were added on the way"));
  list.add(std::move(edit));
}

struct Copy {
  std::string name;
  std::string raw;
};

// RFC 6376 section 3.5, z=: fields between bars, in DKIM's quoted-printable; white space is none.
std::vector<Copy> copies_of(std::string_view z) {
  std::vector<Copy> copies;
  auto text = tag_list::without_space(z);
  for (auto piece : ascii::split(text, '|')) {
    auto colon = piece.find(':');
    if (colon == std::string_view::npos || colon == 0) continue;
    auto raw = decode_quoted_printable(piece) + "\r\n";
    if (copies.size() == kMostCopies) break;
    copies.push_back({ascii::to_lower(piece.substr(0, colon)), std::move(raw)});
  }
  return copies;
}

}  // namespace

void suspect_order_and_number(SuspectList& list) {
  suspect_all_list_fields(list);
  for (std::size_t i = 0; i < list.draft().signature_group(); ++i) {
    suspect_added(list, i);
    suspect_order(list, i);
  }
}

void suspect_removed_fields(SuspectList& list) {
  auto suspect = [&](std::string_view name, std::string_view raw) {
    auto group = list.find(name);
    if (!group || !list.draft().groups()[*group].fields.empty()) return;
    auto field = list.draft().groups()[*group].written + ":" + std::string(raw) + "\r\n";
    list.fields(*group, std::span(&field, 1),
                make("field-removed", "would verify with a field " +
                                          quote(field.substr(0, field.size() - 2), kQuoted) +
                                          ": it was removed on the way"),
                1);
  };
  suspect("mime-version", " 1.0");
  auto from = list.find("from");
  if (!from || !list.draft().groups()[*from].is_signed()) return;
  auto author = split_field(list.draft().groups()[*from].fields.front()).value;
  suspect("reply-to", author);
  suspect("sender", author);
}

void suspect_what_copies_tell(SuspectList& list, std::string_view copies) {
  Edit all;
  for (const auto& copy : copies_of(copies)) {
    auto group = list.find(copy.name);
    if (!group || list.draft().groups()[*group].wanted == 0) continue;
    const auto& now = list.draft().groups()[*group];
    auto fields = now.fields;
    if (fields.empty()) fields.emplace_back();
    fields.front() = copy.raw;
    Replacement change{*group, list.draft().canonical(*group, fields, list.draft().form())};
    if (!list.draft().is_change(change)) continue;
    auto damage =
        make("field-rewritten", "would verify with the " + now.written +
                                    " that the signature keeps a copy of (z=): " + shown(copy.raw));
    list.fields(*group, fields, damage, 1);
    bool first = std::ranges::find(all.changes, *group, &Replacement::group) == all.changes.end();
    if (!first) continue;
    all.changes.push_back(std::move(change));
    all.damages.push_back(std::move(damage));
  }
  all.weight = 1;
  if (all.changes.size() > 1) list.add(std::move(all));
}

}  // namespace mailtrust::dkim::damage
