#pragma once
// What is wrong with keys as found, told as findings.

#include <vector>

#include "dkim/discover.hpp"
#include "dkim/key_lookup.hpp"
#include "finding/finding.hpp"

namespace mailtrust::dkim {

/// How a selector came to be looked at: was it named, or tried?
enum class Sought { named, tried };

/// Everything about one selector. When it was merely tried, a revoked key is no harm (info), and a
/// question without an answer is left to the Discovery's findings.
std::vector<finding::Finding> lint(const KeyLookup& lookup, Sought sought);

/// About the domain as a whole: wildcard, no selector known, DNS that did not tell. Not about the
/// keys in it.
std::vector<finding::Finding> lint(const Discovery& discovery, const dns::Name& domain);

/// About a wildcard alone; nothing when the canary was not answered.
std::vector<finding::Finding> lint_wildcard(const KeyLookup& canary, const dns::Name& domain);

/// Would a verifier of today accept signatures by this key: is it there, alone, and without an
/// error?
bool is_usable(const KeyLookup& lookup);

}  // namespace mailtrust::dkim
