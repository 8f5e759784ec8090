// Folding, blanks and case, which break c=simple, and the other canonicalization; the character set
// of 8-bit fields. RFC 6376 section 3.4.

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "dkim/damage/field_changes.hpp"
#include "dkim/damage/header_suspects.hpp"
#include "dkim/damage/kinds.hpp"
#include "dkim/damage/recode.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kFoldsToTry = 20;

std::string unchanged(std::string_view raw, const Group& /*group*/) {
  return std::string(raw);
}

void suspect_in_all_fields(SuspectList& list) {
  for (const auto& suspect : field_changes())
    for (bool all_but_signature : {true, false})
      list.everything(
          suspect.change, list.draft().form(), all_but_signature,
          make(suspect.kind, "would verify with the signed fields " + std::string(suspect.message)),
          1);
}

void suspect_in_each_field(SuspectList& list) {
  for (std::size_t i = 0; i < list.draft().groups().size(); ++i) {
    const auto& group = list.draft().groups()[i];
    if (!group.is_signed() || list.full()) continue;
    for (const auto& suspect : field_changes()) {
      auto fields = group.fields;
      for (auto& field : fields) field = suspect.change(field, group);
      list.fields(i, fields,
                  make(suspect.kind, "would verify with the " + group.written + " field " +
                                         std::string(suspect.message)),
                  2);
    }
  }
}

// A field of one fold, which stood elsewhere.
void suspect_fold(SuspectList& list, std::size_t group) {
  const auto& now = list.draft().groups()[group];
  auto text = unfolded(now.fields.front());
  auto start = text.find(':') + 2;
  for (std::size_t folds = 0; folds < kFoldsToTry && start < text.size(); ++folds) {
    auto blank = text.find_first_of(" \t", start);
    if (blank == std::string::npos) return;
    start = blank + 1;
    auto fields = now.fields;
    fields.front() = text.substr(0, blank) + "\r\n" + text.substr(blank);
    list.fields(group, fields,
                make("header-refolded", "would verify with the " + now.written +
                                            " field folded at octet " + std::to_string(blank)),
                3);
  }
}

void suspect_form(SuspectList& list) {
  auto now = list.draft().form();
  auto other =
      now == Canonicalization::simple ? Canonicalization::relaxed : Canonicalization::simple;
  for (bool all_but_signature : {false, true})
    list.everything(unchanged, other, all_but_signature,
                    make("other-canonicalization",
                         "would verify with the header in " + std::string(to_string(other)) +
                             " form, though c= says " + std::string(to_string(now))),
                    0);
}

}  // namespace

void suspect_white_space(SuspectList& list) {
  suspect_form(list);
  suspect_in_all_fields(list);
  suspect_in_each_field(list);
}

void suspect_folds(SuspectList& list) {
  if (list.draft().form() == Canonicalization::relaxed) return;
  for (std::size_t i = 0; i < list.draft().signature_group(); ++i)
    if (list.draft().groups()[i].is_signed() && !list.full()) suspect_fold(list, i);
}

void suspect_charset(SuspectList& list) {
  for (std::size_t i = 0; i < list.draft().signature_group(); ++i) {
    const auto& group = list.draft().groups()[i];
    if (!group.is_signed() || is_ascii(group.fields.front())) continue;
    bool utf8 = is_utf8(group.fields.front());
    for (auto other : {Charset::latin1, Charset::windows1252}) {
      auto then = utf8 ? other : Charset::utf8;
      auto text = convert(group.fields.front(), utf8 ? Charset::utf8 : other, then);
      if (!text) continue;
      auto fields = group.fields;
      fields.front() = *text;
      list.fields(
          i, fields,
          make("charset", "would verify with the " + group.written + " field in " +
                              std::string(to_string(then)) + ": the character set was rewritten"),
          1);
    }
  }
}

}  // namespace mailtrust::dkim::damage
