#include "dkim/damage/header.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "dkim/damage/header_probe.hpp"
#include "dkim/damage/header_suspects.hpp"

namespace mailtrust::dkim::damage {
namespace {

// How many of the common suspects are tried three, four and five at a time.
constexpr std::array<std::size_t, 3> kTogether = {16, 11, 9};
constexpr std::size_t kPairs = 60;
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

// Edits by their number, the common ones first: alone, in pairs, then more of the commonest.
class Search {
 public:
  Search(const Draft& draft, std::span<const Edit> edits, HeaderProbe& probe)
      : draft_(draft), edits_(edits), probe_(probe) {}

  bool run() {
    for (const auto& edit : edits_)
      if (try_with(edit)) return true;
    if (pairs()) return true;
    for (std::size_t i = 0; i < kTogether.size(); ++i)
      if (more(0, i + 3, std::min(kTogether.at(i), edits_.size()))) return true;
    return false;
  }

  [[nodiscard]] std::span<const Edit* const> chosen() const { return chosen_; }

 private:
  bool try_with(const Edit& edit) {
    chosen_.push_back(&edit);
    if (probe_.fits(draft_.octets(chosen_))) return true;
    chosen_.pop_back();
    return false;
  }

  // By the sum of their numbers, so that no suspect is held back by the one before it.
  bool pairs() {
    auto most = std::min(edits_.size(), kPairs);
    for (std::size_t sum = 1; sum + 1 < 2 * most && !probe_.spent(); ++sum)
      for (auto i = sum < most ? 0 : sum - most + 1; i < (sum + 1) / 2; ++i) {
        if (edits_[i].touches_what(edits_[sum - i])) continue;
        chosen_.assign(1, &edits_[i]);
        if (try_with(edits_[sum - i])) return true;
      }
    chosen_.clear();
    return false;
  }

  bool more(std::size_t from, std::size_t count, std::size_t most) {
    for (auto i = from; i < most && !probe_.spent(); ++i) {
      auto touches = [&](const Edit* edit) { return edit->touches_what(edits_[i]); };
      if (std::ranges::any_of(chosen_, touches)) continue;
      if (count == 1) {
        if (try_with(edits_[i])) return true;
        continue;
      }
      chosen_.push_back(&edits_[i]);
      if (more(i + 1, count - 1, most)) return true;
      chosen_.pop_back();
    }
    return false;
  }

  const Draft& draft_;
  std::span<const Edit> edits_;
  HeaderProbe& probe_;
  std::vector<const Edit*> chosen_;
};

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
  Search search(draft, edits, probe);
  findings.explained = probe.fits(draft.octets({})) || search.run();
  for (const auto* edit : search.chosen())
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
