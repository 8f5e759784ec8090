#include "dkim/damage/header.hpp"

#include <algorithm>
#include <vector>

#include "dkim/damage/header_probe.hpp"
#include "dkim/damage/header_suspects.hpp"
#include "dkim/damage/search.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kPartsToAsk = 3;

const PublicKey* key_of(const Verification& verification) {
  if (!verification.lookup) return nullptr;
  auto wanted = *verification.signature().algorithm == Algorithm::ed25519_sha256 ? KeyType::ed25519
                                                                                 : KeyType::rsa;
  for (const auto& parsed : verification.lookup->keys)
    if (parsed.record.key && parsed.record.key->type == wanted) return &*parsed.record.key;
  return nullptr;
}

std::string_view copies_in(const Verification& verification) {
  const auto& tags = verification.parsed.tags;
  auto found = std::ranges::find(tags, "z", &tag_list::Tag::name);
  return found == tags.end() ? std::string_view() : std::string_view(found->value);
}

std::vector<ContentFields> outer_parts(const message::Header& header, std::string_view body) {
  std::vector<ContentFields> fields;
  for (const auto& part : parts_of(content_fields(header), body))
    if (part.depth == 1 && fields.size() < kPartsToAsk) fields.push_back(part.fields);
  return fields;
}

std::vector<Edit> suspects(const Draft& draft, const message::Header& header,
                           const Verification& verification, std::string_view body) {
  SuspectList list(draft);
  suspect_subject(list);
  suspect_addresses(list, header);
  suspect_order_and_number(list);
  suspect_mime_fields(list, outer_parts(header, body));
  suspect_white_space(list);
  suspect_what_copies_tell(list, copies_in(verification));
  suspect_removed_fields(list);
  suspect_date(list);
  suspect_charset(list);
  suspect_folds(list);
  return list.take();
}

// What h= names and is not there was either signed as absent, which is common, or was removed.
std::string note_missing(const Draft& draft) {
  std::string names;
  for (const auto& group : draft.groups())
    if (group.fields.empty() && group.wanted == 1)
      names += (names.empty() ? "" : ", ") + group.written;
  if (names.empty()) return {};
  return "; h= names " + names + ", which " + "may have been there when the message was signed";
}

}  // namespace

Findings examine_header(const message::Header& header, const Verification& verification,
                        std::string_view body) {
  Findings findings;
  const auto* key = key_of(verification);
  if (key == nullptr) {
    findings.note = "the header was not looked at, as there is no key to test with";
    return findings;
  }
  HeaderProbe probe(*key, verification.signature());
  if (!probe.can_match()) {
    findings.note =
        "the signature was not made with the key that is published, or b= itself was altered: no "
        "change to the header explains that";
    return findings;
  }
  Draft draft(header, verification.signature(), verification.field);
  auto edits = suspects(draft, header, verification, body);
  auto hit = find_together(draft, edits, probe);
  findings.explained = hit.has_value();
  for (const auto* edit : hit.value_or(Together()))
    findings.damages.insert(findings.damages.end(), edit->damages.begin(), edit->damages.end());
  findings.octets_hashed = probe.hashed();
  findings.tried = probe.tried();
  if (!findings.explained)
    findings.note = "no change tried explains the header signature" +
                    std::string(probe.knows_hash() ? ", though the published key made it"
                                                   : "; the key may be another one") +
                    note_missing(draft);
  return findings;
}

}  // namespace mailtrust::dkim::damage
