#include "spf/evaluation.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"

namespace mailtrust::spf {
namespace {

Result result_of(Qualifier qualifier) {
  switch (qualifier) {
    case Qualifier::pass: return Result::pass;
    case Qualifier::fail: return Result::fail;
    case Qualifier::softfail: return Result::softfail;
    case Qualifier::neutral: return Result::neutral;
  }
  return Result::neutral;
}

std::string_view ending_of(Match match) {
  switch (match) {
    case Match::no: return "no match";
    case Match::yes: return "match";
    case Match::temperror: return "temperror";
    case Match::permerror: return "permerror";
  }
  return "no match";
}

std::string_view clause_of(const Mechanism& mechanism) {
  struct Clause {
    std::string_view operator()(const All& /*all*/) { return "RFC 7208 section 5.1"; }

    std::string_view operator()(const Include& /*include*/) { return "RFC 7208 section 5.2"; }

    std::string_view operator()(const A& /*a*/) { return "RFC 7208 section 5.3"; }

    std::string_view operator()(const Mx& /*mx*/) { return "RFC 7208 section 5.4"; }

    std::string_view operator()(const Ptr& /*ptr*/) { return "RFC 7208 section 5.5"; }

    std::string_view operator()(const Ip4& /*ip4*/) { return "RFC 7208 section 5.6"; }

    std::string_view operator()(const Ip6& /*ip6*/) { return "RFC 7208 section 5.6"; }

    std::string_view operator()(const Exists& /*exists*/) { return "RFC 7208 section 5.7"; }
  };

  return std::visit(Clause{}, mechanism);
}

std::string why(const dns::Name& name, dns::Type type, const dns::Answer& answer) {
  return to_string(dns::Question{name, type}) + ": " + std::string(to_string(answer.failure));
}

}  // namespace

Outcome Evaluation::run(const dns::Name& domain) {
  if (trace_.on()) trace_.open(to_string(domain), "check_host(" + to_string(domain) + ')');
  auto judgement = check_domain(domain);
  Outcome outcome;
  outcome.result = judgement.result;
  outcome.mechanism = std::move(judgement.mechanism);
  outcome.clause = judgement.clause;
  if (judgement.explanation) {
    macros_.domain = judgement.domain;
    outcome.explanation = explanation_text(judgement.explanation->domain);
  }
  trace_.close(to_string(outcome.result), judgement.clause, lookups_, void_lookups_);
  outcome.lookups = lookups_;
  outcome.void_lookups = void_lookups_;
  outcome.problem = std::move(problem_);
  outcome.trace = trace_.take();
  return outcome;
}

Judgement Evaluation::check_domain(const dns::Name& domain) {
  if (domain.label_count() < 2)
    return reject(Result::none, "RFC 7208 section 4.3", to_string(domain) + " is a single label");

  auto answer = resolver_.txt(domain);
  trace_.asked(domain, dns::Type::txt, *answer.answer);
  if (answer.status == dns::Status::failed)
    return reject(Result::temperror, "RFC 7208 section 4.4",
                  why(domain, dns::Type::txt, *answer.answer));

  auto record = std::ranges::find_if(answer.records, is_spf);
  if (record == answer.records.end())
    return reject(Result::none, "RFC 7208 section 4.5", to_string(domain) + " has no SPF record");
  if (std::any_of(record + 1, answer.records.end(), is_spf))
    return reject(Result::permerror, "RFC 7208 section 4.5",
                  to_string(domain) + " has more than one SPF record");

  auto outer = std::exchange(macros_.domain, domain);
  auto parsed = parse_record(*record);
  auto judgement = parsed.valid() ? evaluate(parsed.record) : reject(parsed);
  macros_.domain = std::move(outer);
  return judgement;
}

Judgement Evaluation::evaluate(Record& record) {
  bool prefetched = false;
  for (std::span<const Directive> left = record.directives; !left.empty(); left = left.subspan(1)) {
    const auto& directive = left.front();
    if (!prefetched && costs_lookup(directive.mechanism)) {
      prefetch(left, record.redirect);
      prefetched = true;
    }
    auto match = match_directive(directive);
    if (match == Match::no) continue;
    if (match == Match::yes) {
      Judgement judgement{result_of(directive.qualifier),
                          directive.text,
                          {},
                          macros_.domain,
                          clause_of(directive.mechanism)};
      if (judgement.result == Result::fail) judgement.explanation = std::move(record.explanation);
      return judgement;
    }
    auto result = match == Match::temperror ? Result::temperror : Result::permerror;
    return {result, directive.text, {}, macros_.domain, clause_};
  }
  if (record.redirect) return redirect(*record.redirect);
  return {Result::neutral, "default", {}, macros_.domain, "RFC 7208 section 4.7"};
}

Match Evaluation::match_directive(const Directive& directive) {
  auto outer = std::exchange(term_, directive.text);
  bool outer_void = std::exchange(term_is_void_, false);
  if (trace_.on()) trace_.open(to_string(macros_.domain), directive.text);
  Match match = Match::permerror;
  if (!costs_lookup(directive.mechanism) || charge())
    match = std::visit([this](const auto& mechanism) { return this->match(mechanism); },
                       directive.mechanism);
  bool error = match == Match::temperror || match == Match::permerror;
  trace_.close(ending_of(match), error ? clause_ : clause_of(directive.mechanism), lookups_,
               void_lookups_);
  term_ = outer;
  term_is_void_ = outer_void;
  return match;
}

Judgement Evaluation::redirect(const Modifier& modifier) {
  constexpr std::string_view kClause = "RFC 7208 section 6.1";
  auto outer = std::exchange(term_, modifier.text);
  if (trace_.on()) trace_.open(to_string(macros_.domain), modifier.text);
  Judgement judgement{Result::permerror, modifier.text, {}, macros_.domain, kClause};
  if (!charge()) {
    judgement.clause = clause_;
  } else if (auto name = target(modifier.domain); !name) {
    permerror(kClause, "what it expands to is not a domain name");
  } else {
    auto next = check_domain(*name);
    // The result is that of the target, but a record that is not there cannot be redirected to.
    if (next.result == Result::none)
      permerror(kClause, std::exchange(problem_, {}));
    else
      judgement = std::move(next);
    if (judgement.mechanism.empty()) judgement.mechanism = modifier.text;
  }
  trace_.close(to_string(judgement.result), judgement.clause, lookups_, void_lookups_);
  term_ = outer;
  return judgement;
}

Judgement Evaluation::reject(Result result, std::string_view clause, std::string problem) {
  problem_ = std::move(problem);
  clause_ = clause;
  return {result, {}, {}, {}, clause};
}

Judgement Evaluation::reject(const Parsed& parsed) {
  const auto& first = parsed.errors.front();
  auto problem = to_string(macros_.domain) + ':' + std::to_string(first.column) + ": " +
                 first.term + ": " + first.message;
  if (auto more = parsed.errors.size() - 1; more > 0)
    problem += " (and " + std::to_string(more) + " more)";
  auto judgement = reject(Result::permerror, "RFC 7208 section 4.6", std::move(problem));
  judgement.mechanism = first.term;
  return judgement;
}

std::optional<dns::Name> Evaluation::target(const DomainSpec& spec) {
  if (spec.uses('p')) macros_.validated_name = validated_name();
  return expand_name(spec, macros_);
}

std::optional<dns::Name> Evaluation::target(const std::optional<DomainSpec>& spec) {
  return spec ? target(*spec) : macros_.domain;
}

bool Evaluation::charge() {
  if (++lookups_ <= limits::kSpfLookupTerms) return true;
  permerror("RFC 7208 section 4.6.4", "more than 10 terms that cost a lookup");
  return false;
}

Match Evaluation::charge_void() {
  // RFC 7208 section 4.6.4 limits the terms with void lookups: one that asks for several hosts in
  // vain is one.
  if (std::exchange(term_is_void_, true)) return Match::no;
  if (++void_lookups_ <= limits::kSpfVoidLookups) return Match::no;
  return permerror("RFC 7208 section 4.6.4", "more than 2 lookups that found nothing");
}

std::optional<Match> Evaluation::settle(const dns::Name& name, dns::Type type,
                                        const dns::Answer& answer, dns::Status status) {
  trace_.asked(name, type, answer);
  if (status == dns::Status::found) return std::nullopt;
  if (status != dns::Status::failed) return charge_void();
  problem_ = where() + why(name, type, answer);
  clause_ = "RFC 7208 section 5";
  return Match::temperror;
}

Match Evaluation::permerror(std::string_view clause, std::string_view what) {
  problem_ = where().append(what);
  clause_ = clause;
  return Match::permerror;
}

std::string Evaluation::where() const {
  return to_string(macros_.domain).append(": ").append(term_).append(": ");
}

}  // namespace mailtrust::spf
