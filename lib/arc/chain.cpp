#include "arc/chain.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "dkim/canonical.hpp"
#include "tag_list/tag_list.hpp"

namespace mailtrust::arc {
namespace {

using Checked = SignatureCheck::Result;

constexpr std::string_view kClause = "RFC 8617 section 5.2";

// Chains of more sets are not searched for the oldest signature that holds.
constexpr std::size_t kMostSetsSearched = 10;

const tag_list::Tag* find_tag(const dkim::ParsedSignature& parsed, std::string_view name) {
  auto tag = std::ranges::find(parsed.tags, name, &tag_list::Tag::name);
  return tag == parsed.tags.end() ? nullptr : &*tag;
}

std::string of_instance(std::string_view field, unsigned instance) {
  return std::string(field) + " of instance " + std::to_string(instance) + ": ";
}

// RFC 8617 section 4.1.2: the seals come after it, so that it may not cover one.
std::optional<Fault> message_signature_fault(const dkim::ParsedSignature& parsed) {
  if (!parsed.faults.empty()) return Fault{parsed.faults.front().message, "RFC 8617 section 4.1.2"};
  if (parsed.signature.covers("ARC-Seal"))
    return Fault{"h= names ARC-Seal, which it may not cover", "RFC 8617 section 4.1.2"};
  return std::nullopt;
}

std::optional<Fault> seal_fault(const dkim::ParsedSignature& parsed) {
  if (parsed.faults.empty()) return std::nullopt;
  return Fault{parsed.faults.front().message, "RFC 8617 section 4.1.3"};
}

}  // namespace

std::string_view to_string(Result result) {
  switch (result) {
    case Result::none: return "none";
    case Result::pass: return "pass";
    case Result::fail: return "fail";
    case Result::temperror: return "temperror";
  }
  return "none";
}

Validator::Validator(const message::Header& header, dkim::BodyHasher& hasher,
                     dns::Resolver& resolver)
    : header_(header), hasher_(hasher), resolver_(resolver) {
  auto gathered = gather(header);
  if (!gathered.any) return;
  fault_ = std::move(gathered.fault);
  for (const auto& fields : gathered.sets) take(fields);
  if (!fault_) fault_ = fault_of_validations();
  if (hops_.empty() || fault_) return;
  judge_form();
  if (!fault_) prepare();
}

void Validator::take(const FieldSet& fields) {
  auto& hop = hops_.emplace_back(Hop{fields, {}, {}, {}});
  auto& set = chain_.sets.emplace_back();
  set.instance = fields.instance;
  if (fields.results) set.results = results_of(*fields.results);
  if (fields.seal) {
    hop.seal = dkim::parse_arc_seal(fields.seal->value);
    set.seal_domain = hop.seal.signature.domain;
    set.seal_selector = hop.seal.signature.selector;
    if (const auto* validation = find_tag(hop.seal, "cv")) set.validation = validation->value;
  }
  if (fields.message_signature) {
    hop.message = dkim::parse_arc_message_signature(fields.message_signature->value);
    set.message_domain = hop.message.signature.domain;
    set.message_selector = hop.message.signature.selector;
  }
}

// Steps 2 and 3 (C).
std::optional<Fault> Validator::fault_of_validations() const {
  const auto& sets = chain_.sets;
  if (sets.empty()) return std::nullopt;
  if (sets.back().validation == "fail")
    return Fault{"the newest seal, by " + quote(sets.back().seal_domain) +
                     ", says that the chain had failed: cv=fail",
                 kClause};
  for (const auto& set : sets) {
    std::string_view expected = set.instance == 1 ? "none" : "pass";
    if (set.validation != expected)
      return Fault{of_instance("ARC-Seal", set.instance) + "cv is " + quote(set.validation) +
                       "; expected " + std::string(expected),
                   kClause};
  }
  return std::nullopt;
}

// What can be told without a key: the newest message signature, and every seal.
void Validator::judge_form() {
  fault_ = message_signature_fault(hops_.back().message);
  if (fault_) {
    fault_->reason.insert(0, of_instance("ARC-Message-Signature", hops_.back().fields.instance));
    return;
  }
  for (const auto& hop : hops_) {
    fault_ = seal_fault(hop.seal);
    if (!fault_) continue;
    fault_->reason.insert(0, of_instance("ARC-Seal", hop.fields.instance));
    return;
  }
}

// Says which body hashes are wanted and starts the questions for the keys.
void Validator::prepare() {
  std::vector<dns::Question> questions;
  auto ask = [&](const dkim::Signature& signature) {
    if (auto name = key_name(signature)) questions.push_back({*name, dns::Type::txt});
  };
  for (auto& hop : hops_) {
    ask(hop.seal.signature);
    bool newest = &hop == &hops_.back();
    bool searched = hops_.size() <= kMostSetsSearched && !message_signature_fault(hop.message);
    if (!newest && !searched) continue;
    ask(hop.message.signature);
    want(hop);
  }
  resolver_.prefetch(questions);
}

// RFC 6376 section 3.5: without c= both are simple. Sealers that leave it out mean relaxed, as the
// published suite for ARC does; RFC 8617 section 4.1.2 does not say. What holds in one form holds.
void Validator::want(Hop& hop) {
  using dkim::Canonicalization;
  const auto& signature = hop.message.signature;
  hop.readings = {{signature.header_canonicalization, signature.body_canonicalization, 0}};
  if (find_tag(hop.message, "c") == nullptr)
    hop.readings.push_back({Canonicalization::relaxed, Canonicalization::relaxed, 0});
  for (auto& reading : hop.readings)
    reading.wish =
        hasher_.want({reading.body, hash_of(*signature.algorithm), signature.body_length});
}

Chain Validator::finish() {
  if (fault_) {
    conclude(Result::fail, *fault_);
  } else if (!hops_.empty()) {
    validate();
  } else {
    chain_.clause = kClause;
  }
  return std::move(chain_);
}

void Validator::conclude(Result result, Fault why) {
  chain_.result = result;
  chain_.reason = std::move(why.reason);
  chain_.clause = why.clause;
}

// Steps 4 to 7. A signature that does not hold decides, also where another's key was not to be had.
void Validator::validate() {
  conclude(Result::pass, {{}, kClause});
  auto note = [&](std::string_view field, unsigned instance, const SignatureCheck& check) {
    if (check.result == Checked::good || chain_.result == Result::fail) return;
    if (check.result == Checked::unknown && chain_.result == Result::temperror) return;
    conclude(check.result == Checked::bad ? Result::fail : Result::temperror,
             {of_instance(field, instance) + check.reason, check.clause});
  };

  auto newest = hops_.size() - 1;
  auto message = check_message(newest);
  chain_.sets[newest].message_verified = message.result == Checked::good;
  note("ARC-Message-Signature", hops_[newest].fields.instance, message);

  auto seals = check_seals();
  for (auto i = seals.size(); i-- > 0;) {
    chain_.sets[i].seal_verified = seals[i].result == Checked::good;
    note("ARC-Seal", hops_[i].fields.instance, seals[i]);
  }
  if (chain_.result == Result::pass) chain_.oldest_pass = find_oldest_pass();
}

std::vector<SignatureCheck> Validator::check_seals() {
  std::vector<SignatureCheck> checks;
  std::string earlier;
  for (const auto& hop : hops_) {
    checks.push_back(check(resolver_, hop.seal.signature, sealed_octets(earlier, hop.fields)));
    append_set(earlier, hop.fields);
  }
  return checks;
}

SignatureCheck Validator::check_message(std::size_t index) {
  SignatureCheck best;
  for (const auto& reading : hops_[index].readings) {
    best = check_reading(hops_[index], reading);
    if (best.result != Checked::bad) break;
  }
  return best;
}

SignatureCheck Validator::check_reading(const Hop& hop, const Reading& reading) {
  const auto& signature = hop.message.signature;
  if (hasher_.digest(reading.wish) != signature.body_hash)
    return {Checked::bad, "the body is not the one that was signed: its hash is not that of bh=",
            "RFC 6376 section 6.1.3"};
  if (signature.body_length.value_or(0) > hasher_.canonical_size(reading.body))
    return {Checked::bad, "l= is larger than the body", "RFC 6376 section 3.5"};
  auto octets = dkim::signed_octets(header_, signature.signed_fields,
                                    hop.fields.message_signature->raw, reading.header);
  return check(resolver_, signature, octets);
}

// Step 5: from the newest down to the first that does not hold. 0: all of them do.
unsigned Validator::find_oldest_pass() {
  if (hops_.size() > kMostSetsSearched) return 0;
  for (auto i = hops_.size() - 1; i-- > 0;) {
    if (check_message(i).result != Checked::good) return hops_[i + 1].fields.instance;
    chain_.sets[i].message_verified = true;
  }
  return 0;
}

}  // namespace mailtrust::arc
