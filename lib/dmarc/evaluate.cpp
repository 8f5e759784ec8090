#include "dmarc/evaluate.hpp"

#include <algorithm>
#include <utility>

#include "base/escape.hpp"
#include "dmarc/alignment.hpp"
#include "dmarc/old_reading.hpp"

namespace mailtrust::dmarc {
namespace {

// An identity with what the tests for alignment need.
struct Candidate {
  Identity identity;
  std::optional<dns::Name> domain;
  bool passes = false;
  bool undetermined = false;  ///< temperror: it might have passed
};

std::optional<dns::Name> name_of(const std::string& text) {
  auto name = dns::Name::parse_any(text);
  if (!name || name->is_root()) return std::nullopt;
  return std::move(*name);
}

Candidate candidate(const SpfIdentity& spf) {
  Candidate candidate;
  candidate.identity.method = Identity::Method::spf;
  candidate.identity.domain = spf.domain;
  candidate.identity.result = spf::to_string(spf.result);
  candidate.domain = name_of(spf.domain);
  candidate.passes = spf.result == spf::Result::pass;
  candidate.undetermined = spf.result == spf::Result::temperror;
  return candidate;
}

Candidate candidate(const dkim::Verification& verification) {
  const auto& signature = verification.signature();
  Candidate candidate;
  candidate.identity.method = Identity::Method::dkim;
  candidate.identity.domain = signature.domain;
  candidate.identity.selector = signature.selector;
  candidate.identity.result = dkim::to_string(verification.result);
  candidate.domain = name_of(signature.domain);
  candidate.passes = verification.result == dkim::Result::pass;
  candidate.undetermined = verification.result == dkim::Result::temperror;
  return candidate;
}

std::vector<Candidate> candidates(std::span<const dkim::Verification> signatures,
                                  const std::optional<SpfIdentity>& spf) {
  std::vector<Candidate> all;
  all.reserve(signatures.size() + 1);
  if (spf) all.push_back(candidate(*spf));
  for (const auto& signature : signatures) all.push_back(candidate(signature));
  return all;
}

Alignment mode_of(const Identity& identity, Alignment adkim, Alignment aspf) {
  return identity.method == Identity::Method::spf ? aspf : adkim;
}

std::string describe(const Identity& identity) {
  if (identity.method == Identity::Method::spf) return "SPF of " + quote(identity.domain, 60);
  return "the DKIM signature of " + quote(identity.domain, 60);
}

// RFC 9989 section 5.3.5, and 5.3.6 for what DNS did not tell.
template <typename Aligned>
Result judge(const std::vector<Candidate>& all, Aligned aligned) {
  auto result = Result::fail;
  for (const auto& one : all) {
    std::optional<bool> is = aligned(one);
    if (one.passes && is == true) return Result::pass;
    if ((one.passes && !is) || (one.undetermined && is != false)) result = Result::temperror;
  }
  return result;
}

class Evaluator {
 public:
  Evaluator(dns::Resolver& resolver, std::vector<Candidate> all)
      : resolver_(resolver), all_(std::move(all)) {}

  Evaluation evaluate(Author author) {
    evaluation_.author_domains = std::move(author.domains);
    evaluation_.author_domain = std::move(author.domain);
    if (evaluation_.author_domain) {
      apply_policy();
      read_as_before();
    } else {
      settle(Result::permerror, std::move(author.problem), author.clause);
    }
    for (auto& one : all_) evaluation_.identities.push_back(std::move(one.identity));
    return std::move(evaluation_);
  }

 private:
  void apply_policy() {
    evaluation_.discovery = discover(resolver_, *evaluation_.author_domain);
    const auto& found = *evaluation_.discovery;
    auto domain = to_string(found.domain);
    if (found.presence == Presence::unknown)
      return settle(Result::temperror, "DNS did not tell the policy of " + domain,
                    "RFC 9989 section 4.10.1");
    align();
    if (found.presence == Presence::absent)
      return settle(Result::none, "no policy applies to " + domain, "RFC 9989 section 5.3.2");
    if (!found.parsed().applies())
      return settle(Result::none,
                    "the record at " + to_string(found.found_at().name) +
                        " has an invalid policy and no valid rua=, so it does not count",
                    "RFC 9989 section 4.10.1");
    evaluation_.policy = found.policy;
    settle_alignment();
  }

  // Without a policy too, in the modes that are the default: who is aligned is worth knowing.
  void align() {
    bool found = evaluation_.discovery->presence == Presence::found;
    const Record defaults;
    const auto& record = found ? evaluation_.discovery->parsed().record : defaults;
    Aligner aligner(resolver_, *evaluation_.discovery);
    for (auto& one : all_) {
      auto& identity = one.identity;
      identity.mode = mode_of(identity, record.adkim, record.aspf);
      if (!one.domain) {
        identity.aligned = false;
        continue;
      }
      auto answer = aligner.align(*one.domain, identity.mode);
      identity.aligned = answer.aligned;
      if (answer.organizational) identity.organizational_domain = to_string(*answer.organizational);
    }
  }

  void settle_alignment() {
    auto result = judge(all_, [](const Candidate& one) { return one.identity.aligned; });
    auto domain = to_string(*evaluation_.author_domain);
    switch (result) {
      case Result::pass: return settle(result, passing() + domain, "RFC 9989 section 5.3.5");
      case Result::temperror: return settle(result, untold() + domain, "RFC 9989 section 5.3.6");
      default: return settle(result, failing() + domain, "RFC 9989 section 5.3.5");
    }
  }

  [[nodiscard]] std::string passing() const {
    auto good = [](const Candidate& one) { return one.passes && one.identity.aligned == true; };
    auto one = std::ranges::find_if(all_, good);
    return describe(one->identity) + " passes and is aligned with ";
  }

  [[nodiscard]] std::string untold() const {
    auto open = [](const Candidate& one) {
      return (one.passes && !one.identity.aligned) ||
             (one.undetermined && one.identity.aligned != false);
    };
    auto one = std::ranges::find_if(all_, open);
    return "DNS did not tell whether " + describe(one->identity) +
           (one->passes ? " is aligned with " : " passes, which could be aligned with ");
  }

  [[nodiscard]] std::string failing() const {
    bool any = std::ranges::any_of(all_, &Candidate::passes);
    return any ? "nothing that passes is aligned with " : "nothing passes that could speak for ";
  }

  void settle(Result result, std::string reason, std::string_view clause) {
    evaluation_.result = result;
    evaluation_.reason = std::move(reason);
    evaluation_.clause = clause;
    if (result == Result::pass || result == Result::none) evaluation_.disposition = Policy::none;
    if (result != Result::fail || !evaluation_.policy) return;
    bool testing = evaluation_.discovery->parsed().record.testing;
    evaluation_.disposition = testing ? weakened(*evaluation_.policy) : *evaluation_.policy;
  }

  // RFC 7489 section 6.6.2 over the same identities.
  void read_as_before() {
    auto policy = discover_by_list(resolver_, *evaluation_.discovery);
    OldReading old;
    old.organizational_domain = to_string(policy.organizational_domain);
    old.result = judge_as_before(policy);
    old.policy = policy.policy;
    old.percent = policy.percent;
    if (old.result == Result::pass || old.result == Result::none) old.disposition = Policy::none;
    if (old.result == Result::fail) old.disposition = policy.policy;
    bool by_lot = old.percent < 100 && old.disposition && *old.disposition != Policy::none;
    if (by_lot || old.result != evaluation_.result || old.policy != evaluation_.policy ||
        old.disposition != evaluation_.disposition)
      evaluation_.old_reading = std::move(old);
  }

  Result judge_as_before(const OldPolicy& policy) {
    if (policy.presence == Presence::unknown) return Result::temperror;
    if (!policy.policy) return Result::none;
    return judge(all_, [&](const Candidate& one) -> std::optional<bool> {
      return one.domain &&
             aligned_by_list(*evaluation_.author_domain, policy.organizational_domain, *one.domain,
                             mode_of(one.identity, policy.adkim, policy.aspf));
    });
  }

  dns::Resolver& resolver_;
  std::vector<Candidate> all_;
  Evaluation evaluation_;
};

}  // namespace

std::string_view to_string(Result result) {
  switch (result) {
    case Result::none: return "none";
    case Result::pass: return "pass";
    case Result::fail: return "fail";
    case Result::temperror: return "temperror";
    case Result::permerror: return "permerror";
  }
  return "none";
}

void prefetch(dns::Resolver& resolver, const message::Header& header) {
  if (auto author = author_of(header); author.domain) prefetch(resolver, *author.domain);
}

Evaluation evaluate(dns::Resolver& resolver, const message::Header& header,
                    std::span<const dkim::Verification> signatures,
                    const std::optional<SpfIdentity>& spf) {
  return Evaluator(resolver, candidates(signatures, spf)).evaluate(author_of(header));
}

}  // namespace mailtrust::dmarc
