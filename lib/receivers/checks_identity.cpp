// SPF, DKIM and DMARC, as receivers ask for them.
#include <algorithm>

#include "base/ascii.hpp"
#include "receivers/checks.hpp"

namespace mailtrust::receivers {
namespace {

constexpr unsigned kBitsDemanded = 1024;
constexpr unsigned kBitsAdvised = 2048;

const dkim::Verification* first(const Facts& facts, dkim::Result result) {
  auto found = std::ranges::find(facts.signatures, result, &dkim::Verification::result);
  return found == facts.signatures.end() ? nullptr : &*found;
}

bool is_rsa(const dkim::Verification& verification) {
  return verification.signature().algorithm != dkim::Algorithm::ed25519_sha256;
}

std::string by(const dkim::Verification& verification) {
  return " by " + verification.signature().domain;
}

bool related(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  return ascii::iequals(a, b) || (ascii::iends_with(a, b) && a[a.size() - b.size() - 1] == '.');
}

// DMARC's own table where there is one; it stays empty where nobody publishes a policy.
Kept alignment_of(const Facts& facts, const dkim::Verification& verification) {
  const auto& domain = verification.signature().domain;
  for (const auto& identity : facts.dmarc.identities) {
    if (identity.method != dmarc::Identity::Method::dkim || identity.result != "pass") continue;
    if (!ascii::iequals(identity.domain, domain)) continue;
    if (!identity.aligned) return Kept::unknown;
    return *identity.aligned ? Kept::yes : Kept::no;
  }
  if (!facts.dmarc.author_domain) return Kept::no;
  return related(to_string(*facts.dmarc.author_domain), domain) ? Kept::yes : Kept::no;
}

std::string no_client() {
  return "no client address is known, so SPF was not checked";
}

bool any_aligned_pass(const dmarc::Evaluation& evaluation) {
  return std::ranges::any_of(evaluation.identities, [](const dmarc::Identity& identity) {
    return identity.result == "pass" && identity.aligned.value_or(false);
  });
}

// Could an SPF pass, or an answer of DNS that did not come, still make it aligned?
bool undecided(const Facts& facts) {
  auto open = [](const dmarc::Identity& identity) {
    return identity.result == "temperror" || (identity.result == "pass" && !identity.aligned);
  };
  return !facts.spf || facts.dmarc.result == dmarc::Result::temperror ||
         std::ranges::any_of(facts.dmarc.identities, open);
}

std::string reason_of(const Facts& facts) {
  if (!facts.spf && facts.dmarc.result != dmarc::Result::temperror) return no_client();
  return "DMARC " + std::string(to_string(facts.dmarc.result)) + ": " + facts.dmarc.reason;
}

}  // namespace

Seen spf(Case& message) {
  const auto& result = message.facts().spf;
  if (!result) return {Kept::unknown, no_client()};
  auto said = "SPF " + std::string(to_string(*result));
  if (*result == spf::Result::pass) return {Kept::yes, said};
  if (*result == spf::Result::temperror) return {Kept::unknown, said};
  return {Kept::no, said};
}

Seen dkim(Case& message) {
  const auto& facts = message.facts();
  if (facts.signatures.empty()) return {Kept::no, "no DKIM signature"};
  if (const auto* pass = first(facts, dkim::Result::pass))
    return {Kept::yes, "DKIM pass" + by(*pass)};
  const auto* lost = first(facts, dkim::Result::temperror);
  const auto& shown = lost != nullptr ? *lost : facts.signatures.front();
  auto said = "DKIM " + std::string(to_string(shown.result)) + by(shown) + ": " + shown.reason;
  return {lost != nullptr ? Kept::unknown : Kept::no, said};
}

Seen spf_or_dkim(Case& message) {
  auto by_dkim = dkim(message);
  if (by_dkim.kept == Kept::yes) return by_dkim;
  auto by_spf = spf(message);
  if (by_spf.kept == Kept::yes) return by_spf;
  bool open = by_dkim.kept == Kept::unknown || by_spf.kept == Kept::unknown;
  return {open ? Kept::unknown : Kept::no, by_dkim.reason + "; " + by_spf.reason};
}

Seen dkim_aligned(Case& message) {
  auto seen = dkim(message);
  if (seen.kept != Kept::yes) return seen;
  const auto& facts = message.facts();
  bool open = first(facts, dkim::Result::temperror) != nullptr;
  for (const auto& verification : facts.signatures) {
    if (verification.result != dkim::Result::pass) continue;
    auto kept = alignment_of(facts, verification);
    if (kept == Kept::yes) return {Kept::yes, "DKIM pass" + by(verification) + ", aligned"};
    open = open || kept == Kept::unknown;
  }
  return {open ? Kept::unknown : Kept::no,
          seen.reason + (open ? ", alignment could not be told" : ", not aligned with From")};
}

Seen dmarc_record(Case& message) {
  const auto& evaluation = message.facts().dmarc;
  if (evaluation.policy)
    return {Kept::yes, "DMARC policy " + std::string(to_string(*evaluation.policy))};
  if (!evaluation.discovery) return {Kept::no, evaluation.reason};
  const auto& discovery = *evaluation.discovery;
  if (discovery.presence == dmarc::Presence::unknown)
    return {Kept::unknown, "DNS did not tell whether there is a DMARC record"};
  if (discovery.presence == dmarc::Presence::absent)
    return {Kept::no, "no DMARC record for " + to_string(discovery.domain)};
  // RFC 9989 section 4.10.1: a record without a usable policy; or np=, and DNS did not say whether
  // the domain exists, which is a policy either way.
  if (discovery.parsed().applies()) return {Kept::yes, "a DMARC record"};
  return {Kept::no, "the DMARC record has no valid policy"};
}

Seen alignment(Case& message) {
  const auto& facts = message.facts();
  if (facts.dmarc.result == dmarc::Result::pass || any_aligned_pass(facts.dmarc))
    return {Kept::yes, "From is aligned: " + facts.dmarc.reason};
  if (facts.dmarc.result == dmarc::Result::permerror) return {Kept::no, facts.dmarc.reason};
  if (facts.dmarc.identities.empty()) {
    auto seen = dkim_aligned(message);
    if (seen.kept == Kept::yes) return seen;
  }
  return {undecided(facts) ? Kept::unknown : Kept::no, reason_of(facts)};
}

Seen dmarc_policy(Case& message) {
  const auto& facts = message.facts();
  const auto& evaluation = facts.dmarc;
  if (evaluation.result == dmarc::Result::pass) return {Kept::yes, "DMARC pass"};
  if (evaluation.result == dmarc::Result::none) return {Kept::yes, "no DMARC policy"};
  if (evaluation.result == dmarc::Result::permerror) return {Kept::partly, evaluation.reason};
  if (evaluation.disposition == dmarc::Policy::none)
    return {Kept::yes, "the DMARC policy asks for nothing"};
  if (!evaluation.disposition || undecided(facts)) return {Kept::unknown, reason_of(facts)};
  auto asked =
      "DMARC fail, and the domain asks to " + std::string(to_string(*evaluation.disposition));
  return {evaluation.disposition == dmarc::Policy::reject ? Kept::no : Kept::partly, asked};
}

Seen key_1024(Case& message) {
  const auto& facts = message.facts();
  for (const auto& verification : facts.signatures) {
    if (verification.result == dkim::Result::pass &&
        (!is_rsa(verification) || verification.key_bits >= kBitsDemanded))
      return {Kept::yes, is_rsa(verification)
                             ? std::to_string(verification.key_bits) + " bits" + by(verification)
                             : "an Ed25519 key" + by(verification)};
  }
  for (const auto& verification : facts.signatures) {
    if (is_rsa(verification) && verification.key_bits > 0 && verification.key_bits < kBitsDemanded)
      return {Kept::no, std::to_string(verification.key_bits) + " bits" + by(verification)};
  }
  return {Kept::not_shown, "no good signature, so no key to measure"};
}

Seen key_2048(Case& message) {
  bool any = false;
  for (const auto& verification : message.facts().signatures) {
    if (verification.result != dkim::Result::pass) continue;
    any = true;
    if (is_rsa(verification) && verification.key_bits < kBitsAdvised)
      return {Kept::no, std::to_string(verification.key_bits) + " bits" + by(verification)};
  }
  if (!any) return {Kept::not_shown, "no good signature, so no key to measure"};
  return {Kept::yes, "2048 bits or more, or Ed25519"};
}

}  // namespace mailtrust::receivers
