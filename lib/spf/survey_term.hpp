#pragma once
// The terms of one surveyed record: what each asks, and what the answers mean. Used by survey()
// only.

#include <vector>

#include "dns/resolver.hpp"
#include "spf/survey.hpp"

namespace mailtrust::spf {

/// The domain-spec of a mechanism, null when it has none.
const DomainSpec* domain_spec(const Mechanism& mechanism);

/// The terms of a record, nothing asked yet.
std::vector<Term> make_terms(const Record& record, const dns::Name& domain);

/// The mechanism behind a directive's term, null for a modifier.
const Mechanism* mechanism_of(const Term& term, const Record& record);

/// The first questions of a term, for prefetch.
void append_questions(std::vector<dns::Question>& out, const Term& term, const Record& record);

/// The addresses of the exchanges that answer an mx term: the questions that follow the first.
void append_host_questions(std::vector<dns::Question>& out, dns::Resolver& resolver,
                           const Term& term, const Record& record);

/// Fills in what DNS says of a, mx, exists and exp= terms.
void resolve(Term& term, const Record& record, dns::Resolver& resolver);

}  // namespace mailtrust::spf
