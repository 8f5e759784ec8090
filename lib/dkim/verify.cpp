#include "dkim/verify.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "dkim/canonical.hpp"
#include "dkim/coverage.hpp"
#include "dkim/key_fitness.hpp"
#include "dkim/verify_key.hpp"

namespace mailtrust::dkim {
namespace {

constexpr auto kNoWish = std::numeric_limits<std::size_t>::max();

constexpr std::string_view kFieldName = "DKIM-Signature";

std::optional<dns::Name> key_name_of(const Signature& signature) {
  auto domain = dns::Name::read(signature.domain);
  auto selector = dns::Name::read(signature.selector);
  auto root = domain ? domain->child("_domainkey") : std::nullopt;
  return root && selector ? root->prepend(*selector) : std::nullopt;
}

Decision decide(const SignatureFault& fault) {
  using Kind = SignatureFault::Kind;
  switch (fault.kind) {
    case Kind::syntax: return {Result::neutral, fault.message, "RFC 6376 section 6.1.1"};
    case Kind::algorithm: return {Result::neutral, fault.message, "RFC 6376 section 3.5"};
    case Kind::times: return {Result::permerror, fault.message, "RFC 6376 section 3.5"};
    case Kind::missing:
    case Kind::version:
    case Kind::identity:
    case Kind::unsigned_from: break;
  }
  return {Result::permerror, fault.message, "RFC 6376 section 6.1.1"};
}

void set(Verification& verification, Decision decision) {
  verification.result = decision.result;
  verification.reason = std::move(decision.reason);
  verification.clause = decision.clause;
}

// The better of two keys' decisions: RFC 6376 section 6.1.2 leaves the choice to us.
int rank(Result result) {
  constexpr std::array kWorstFirst{Result::none,      Result::neutral, Result::permerror,
                                   Result::temperror, Result::fail,    Result::policy,
                                   Result::pass};
  return static_cast<int>(std::ranges::find(kWorstFirst, result) - kWorstFirst.begin());
}

}  // namespace

std::string_view to_string(Result result) {
  switch (result) {
    case Result::none: return "none";
    case Result::pass: return "pass";
    case Result::fail: return "fail";
    case Result::policy: return "policy";
    case Result::neutral: return "neutral";
    case Result::temperror: return "temperror";
    case Result::permerror: return "permerror";
  }
  return "none";
}

Verifier::Verifier(const message::Header& header, dns::Resolver& resolver, std::int64_t now)
    : header_(header), resolver_(resolver), now_(now) {
  std::vector<dns::Question> questions;
  for (std::size_t i = 0; i < header.fields().size(); ++i) {
    const auto& field = header.fields()[i];
    if (!ascii::iequals(field.name, kFieldName)) continue;
    if (verifications_.size() == limits::kSignatures) {
      ++passed_over_;
      continue;
    }
    take(i, field);
    if (!verifications_.back().parsed.faults.empty()) continue;
    if (auto name = key_name_of(verifications_.back().signature()))
      questions.push_back({*name, dns::Type::txt});
  }
  resolver_.prefetch(questions);
}

void Verifier::take(std::size_t index, const message::Field& field) {
  auto& verification = verifications_.emplace_back();
  verification.field = index;
  verification.parsed = parse_signature(field.value);
  const auto& signature = verification.signature();
  bool usable = verification.parsed.faults.empty();
  wishes_.push_back(usable ? hasher_.want({signature.body_canonicalization,
                                           hash_of(*signature.algorithm), signature.body_length})
                           : kNoWish);
}

void Verifier::body(std::string_view piece) {
  hasher_.update(piece);
}

std::vector<Verification> Verifier::finish() {
  hasher_.finish();
  for (std::size_t i = 0; i < verifications_.size(); ++i) {
    auto& verification = verifications_[i];
    if (wishes_[i] == kNoWish) {
      set(verification, decide(verification.parsed.faults.front()));
      continue;
    }
    compare_body(verification, hasher_.digest(wishes_[i]));
    judge(verification);
    verification.open = left_open(header_, verification.signature(), verification.uncovered_octets);
  }
  return std::move(verifications_);
}

void Verifier::compare_body(Verification& verification, const std::string& digest) {
  const auto& signature = verification.signature();
  verification.computed_hash = digest;
  verification.body_matches = digest == signature.body_hash;
  auto size = hasher_.canonical_size(signature.body_canonicalization);
  auto covered = std::min(signature.body_length.value_or(size), size);
  verification.uncovered_octets = size - covered;
}

// RFC 6376 section 6.1.2, then 6.1.3.
void Verifier::judge(Verification& verification) {
  const auto& signature = verification.signature();
  if (verification.computed_hash.empty())
    return set(verification, {Result::neutral, "the hash of a= is not to be had on this machine",
                              "RFC 6376 section 3.3"});
  auto name = key_name_of(signature);
  if (!name)
    return set(verification, {Result::permerror, "s= and d= together are no name DNS can carry",
                              "RFC 6376 section 6.1.2"});
  verification.lookup = look_up(resolver_, signature.selector, *name);
  const auto& lookup = *verification.lookup;
  if (lookup.presence == Presence::unknown)
    return set(verification, {Result::temperror,
                              "the key could not be had: " + to_string(*name) + ": " +
                                  std::string(dns::to_string(lookup.answer->failure)),
                              "RFC 6376 section 6.1.2"});
  if (lookup.presence == Presence::absent)
    return set(verification, {Result::permerror, "there is no key at " + to_string(*name),
                              "RFC 6376 section 6.1.2"});

  auto octets =
      signed_octets(header_, signature.signed_fields, header_.fields()[verification.field].raw,
                    signature.header_canonicalization);
  auto keys = std::span(lookup.keys).first(std::min(lookup.keys.size(), limits::kDkimKeys));
  for (const auto& key : keys) try_key(verification, key, octets);
  bool may_be_another = keys.size() < lookup.keys.size() && *verification.body_matches;
  if (may_be_another && rank(verification.result) <= rank(Result::fail))
    set(verification, {Result::temperror,
                       "none of the first " + std::to_string(keys.size()) + " keys at " +
                           to_string(*name) + " fits, and more are not tried",
                       "RFC 6376 section 3.6.2.2"});
}

void Verifier::try_key(Verification& verification, const ParsedKey& key, std::string_view octets) {
  auto decision = refusal(key, verification.signature());
  std::optional<bool> matches;
  if (!decision) {
    matches = verify(*key.record.key, *verification.signature().algorithm, octets,
                     verification.signature().octets);
    decision = compared(verification, key.record, *matches);
  }
  if (rank(decision->result) <= rank(verification.result)) return;
  verification.header_matches = matches;
  verification.testing = key.record.testing();
  verification.key_bits = key.record.key ? key.record.key->bits : 0;
  set(verification, std::move(*decision));
}

Decision Verifier::compared(const Verification& verification, const KeyRecord& record,
                            bool header_matches) const {
  const auto& signature = verification.signature();
  if (!*verification.body_matches)
    return {Result::fail, "the body is not the one that was signed: its hash is not that of bh=",
            "RFC 6376 section 6.1.3"};
  if (!header_matches)
    return {Result::fail,
            "the header is not the one that was signed, or by another key: b= does not match",
            "RFC 6376 section 6.1.3"};
  auto size = hasher_.canonical_size(signature.body_canonicalization);
  if (signature.body_length.value_or(0) > size)
    return {Result::permerror, "l= is larger than the body of " + grouped(size) + " octets",
            "RFC 6376 section 3.5"};
  if (auto distrust = distrusted(signature, record)) return *distrust;
  if (signature.expiration && now_ > *signature.expiration)
    return {Result::policy, "the signature has expired (x=)", "RFC 6376 section 3.5"};
  return {Result::pass, "", "RFC 6376 section 6.1.3"};
}

}  // namespace mailtrust::dkim
