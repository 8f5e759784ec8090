#include "verify/conclusion.hpp"

#include <algorithm>

#include "verify/spf.hpp"

namespace mailtrust::verify {
namespace {

bool spf_is(const Outcome& outcome, spf::Result result) {
  return outcome.spf && outcome.spf->outcome.result == result;
}

bool any_signature(const Outcome& outcome, dkim::Result result) {
  return std::ranges::find(outcome.dkim, result, &dkim::Verification::result) != outcome.dkim.end();
}

std::string policy_text(const Outcome& outcome) {
  const auto& evaluation = outcome.dmarc;
  if (!evaluation.policy) return "DMARC";
  auto tag = evaluation.discovery ? evaluation.discovery->policy_tag : "p";
  return "DMARC, " + tag + '=' + std::string(to_string(*evaluation.policy));
}

// "DKIM and SPF", by the identities that are aligned and pass.
std::string ways(const Outcome& outcome) {
  bool dkim = false;
  bool spf = false;
  for (const auto& identity : outcome.dmarc.identities) {
    if (identity.result != "pass" || identity.aligned != true) continue;
    (identity.method == dmarc::Identity::Method::dkim ? dkim : spf) = true;
  }
  if (dkim && spf) return "DKIM and SPF";
  return dkim ? "DKIM" : "SPF";
}

Conclusion without_policy(const Outcome& outcome) {
  bool passes = any_signature(outcome, dkim::Result::pass) || spf_is(outcome, spf::Result::pass);
  if (passes)
    return {Standing::genuine, "vouched for: " + who_passes(outcome) + "; " +
                                   author_domain(outcome) + " has no DMARC policy"};
  bool trouble =
      any_signature(outcome, dkim::Result::temperror) || spf_is(outcome, spf::Result::temperror);
  if (trouble) return {Standing::unknown, "could not tell: DNS did not answer"};
  bool changed = any_signature(outcome, dkim::Result::fail);
  return {Standing::unproven, changed ? "not proven: changed after it was signed"
                                      : "not proven: nobody vouches for it"};
}

}  // namespace

std::string author_domain(const Outcome& outcome) {
  const auto& domain = outcome.dmarc.author_domain;
  return domain ? to_string(*domain) : "the author's domain";
}

std::string who_passes(const Outcome& outcome) {
  auto passing = std::ranges::find(outcome.dkim, dkim::Result::pass, &dkim::Verification::result);
  if (passing != outcome.dkim.end()) return passing->signature().domain + " signed it";
  return "SPF passes for " + checked_identity(*outcome.spf).domain;
}

Conclusion conclude(const Outcome& outcome) {
  const auto& evaluation = outcome.dmarc;
  switch (evaluation.result) {
    case dmarc::Result::pass:
      return {Standing::genuine, "genuine: " + author_domain(outcome) + " vouches for it by " +
                                     ways(outcome) + " (" + policy_text(outcome) + ")"};
    case dmarc::Result::fail:
      return {Standing::unproven, "not proven: " + author_domain(outcome) +
                                      " does not vouch for it (" + policy_text(outcome) + ")" +
                                      (outcome.spf ? "" : "; SPF could not be checked")};
    case dmarc::Result::permerror: return {Standing::unproven, "not proven: " + evaluation.reason};
    case dmarc::Result::temperror:
      return {Standing::unknown, "could not tell: " + evaluation.reason};
    case dmarc::Result::none: return without_policy(outcome);
  }
  return {};
}

}  // namespace mailtrust::verify
