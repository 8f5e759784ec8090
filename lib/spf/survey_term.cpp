#include "spf/survey_term.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/limits.hpp"
#include "spf/macro.hpp"

namespace mailtrust::spf {
namespace {

constexpr std::array kFamilies = {net::Family::v4, net::Family::v6};

dns::Type address_type(net::Family family) {
  return family == net::Family::v4 ? dns::Type::a : dns::Type::aaaa;
}

bool is_void(dns::Status status) {
  return status == dns::Status::no_data || status == dns::Status::nxdomain;
}

void note_unknown(Term& term, net::Family family, const dns::Question& question,
                  dns::Failure failure) {
  (family == net::Family::v4 ? term.unknown_v4 : term.unknown_v6) = true;
  if (term.unknown_reason.empty())
    term.unknown_reason = std::string(to_string(failure)) + ": " + to_string(question);
}

void note_unknown(Term& term, const dns::Question& question, dns::Failure failure) {
  for (auto family : kFamilies) note_unknown(term, family, question, failure);
}

// The network that an address and the lengths of its mechanism name. RFC 7208 section 5.6.
net::Prefix network(const net::Address& address, const CidrLengths& lengths) {
  return {address, address.is_v4() ? lengths.v4 : lengths.v6};
}

// Adds the addresses of one host; what became of the question.
dns::Status add_host(Term& term, const dns::Name& host, net::Family family,
                     const CidrLengths& lengths, dns::Resolver& resolver) {
  auto found = resolver.addresses(host, family);
  if (found.status == dns::Status::failed)
    note_unknown(term, family, {host, address_type(family)}, found.answer->failure);
  for (const auto& address : found.records) term.addresses.insert(network(address, lengths));
  return found.status;
}

// RFC 7208 section 4.6.4 limits the terms with void lookups, so a term counts once.
void count_voids(Term& term, bool void_v4, bool void_v6) {
  if (!term.reached) return;
  if (void_v4) term.own.voids_v4 = 1;
  if (void_v6) term.own.voids_v6 = 1;
  term.own.voids = std::min(term.own.voids_v4, term.own.voids_v6);
}

// An evaluation goes no further than the first exchange that DNS did not answer for.
void resolve_exchange(Term& term, const dns::Name& exchange, const CidrLengths& lengths,
                      dns::Resolver& resolver) {
  bool void_v4 =
      !term.unknown_v4 && is_void(add_host(term, exchange, net::Family::v4, lengths, resolver));
  bool void_v6 =
      !term.unknown_v6 && is_void(add_host(term, exchange, net::Family::v6, lengths, resolver));
  count_voids(term, void_v4, void_v6);
}

void resolve_a(Term& term, const A& a, dns::Resolver& resolver) {
  auto v4 = add_host(term, *term.name, net::Family::v4, a.lengths, resolver);
  auto v6 = add_host(term, *term.name, net::Family::v6, a.lengths, resolver);
  count_voids(term, is_void(v4), is_void(v6));
}

void resolve_mx(Term& term, const Mx& mx, dns::Resolver& resolver) {
  auto found = resolver.mx(*term.name);
  if (found.status == dns::Status::failed)
    note_unknown(term, {*term.name, dns::Type::mx}, found.answer->failure);
  count_voids(term, is_void(found.status), is_void(found.status));
  term.mx_names = found.records.size();
  // RFC 7208 section 4.6.4: more than ten exchanges are a permerror, whoever the sender is.
  if (term.mx_names > limits::kSpfNames) return;
  if (term.reached) term.own.with_hosts += term.mx_names;
  for (const auto& record : found.records) {
    // RFC 7505 section 3: the root says that there is no mail host.
    if (record.exchange.is_root()) continue;
    resolve_exchange(term, record.exchange, mx.lengths, resolver);
  }
}

// RFC 7208 section 5.7: the question is for A, whatever the sender's address.
void resolve_exists(Term& term, dns::Resolver& resolver) {
  auto found = resolver.addresses(*term.name, net::Family::v4);
  if (found.status == dns::Status::failed)
    note_unknown(term, {*term.name, dns::Type::a}, found.answer->failure);
  count_voids(term, is_void(found.status), is_void(found.status));
}

void resolve_explanation(Term& term, dns::Resolver& resolver) {
  auto found = resolver.txt(*term.name);
  term.texts = std::move(found.records);
  // RFC 7208 section 6.2: trouble here changes no result, so it is kept apart from the families'.
  if (found.status == dns::Status::failed)
    term.unknown_reason = std::string(to_string(found.answer->failure)) + ": " +
                          to_string(dns::Question{*term.name, dns::Type::txt});
}

// Whom a domain-spec, or its absence, asks.
void set_name(Term& term, const DomainSpec* spec, const dns::Name& domain) {
  if (spec == nullptr) {
    term.name = domain;
    return;
  }
  auto fixed = fixed_name(*spec, domain);
  term.unlistable = !fixed.fixed;
  term.name = fixed.name;
  term.bad_name = fixed.fixed && !fixed.name;
}

Term make_directive(const Directive& directive, std::size_t index, const dns::Name& domain) {
  Term term;
  term.index = index;
  term.text = directive.text;
  term.column = directive.column;
  const auto& mechanism = directive.mechanism;
  if (const auto* ip4 = std::get_if<Ip4>(&mechanism)) {
    term.addresses.insert(ip4->network);
  } else if (const auto* ip6 = std::get_if<Ip6>(&mechanism)) {
    term.addresses.insert(ip6->network);
  } else if (!std::holds_alternative<All>(mechanism)) {
    set_name(term, domain_spec(mechanism), domain);
  }
  bool asks_sender = std::holds_alternative<Ptr>(mechanism);
  if (asks_sender || std::holds_alternative<Exists>(mechanism)) term.unlistable = true;
  if (asks_sender) term.name.reset();
  return term;
}

Term make_modifier(Term::Kind kind, const Modifier& modifier, const dns::Name& domain) {
  Term term;
  term.kind = kind;
  term.text = modifier.text;
  term.column = modifier.column;
  set_name(term, &modifier.domain, domain);
  return term;
}

void count_lookup(Term& term) {
  term.own.written = 1;
  if (!term.reached) return;
  term.own.lookups = 1;
  term.own.with_hosts = 1;
}

}  // namespace

const DomainSpec* domain_spec(const Mechanism& mechanism) {
  struct Visitor {
    const DomainSpec* operator()(const All& /*all*/) const { return nullptr; }

    const DomainSpec* operator()(const Ip4& /*ip4*/) const { return nullptr; }

    const DomainSpec* operator()(const Ip6& /*ip6*/) const { return nullptr; }

    const DomainSpec* operator()(const Include& include) const { return &include.domain; }

    const DomainSpec* operator()(const Exists& exists) const { return &exists.domain; }

    const DomainSpec* operator()(const A& a) const { return a.domain ? &*a.domain : nullptr; }

    const DomainSpec* operator()(const Mx& mx) const { return mx.domain ? &*mx.domain : nullptr; }

    const DomainSpec* operator()(const Ptr& ptr) const {
      return ptr.domain ? &*ptr.domain : nullptr;
    }
  };

  return std::visit(Visitor{}, mechanism);
}

FixedName fixed_name(const DomainSpec& spec, const dns::Name& domain) {
  for (const auto& part : spec.parts) {
    const auto* macro = std::get_if<MacroExpand>(&part);
    if (macro != nullptr && macro->letter != 'd') return {};
  }
  MacroContext context;
  context.domain = domain;
  return {true, expand_name(spec, context)};
}

std::vector<Term> make_terms(const Record& record, const dns::Name& domain) {
  std::vector<Term> terms;
  bool has_all = false;
  for (std::size_t i = 0; i < record.directives.size(); ++i) {
    auto term = make_directive(record.directives[i], i, domain);
    const auto& mechanism = record.directives[i].mechanism;
    term.reached = !has_all;
    if (costs_lookup(mechanism)) count_lookup(term);
    has_all = has_all || std::holds_alternative<All>(mechanism);
    terms.push_back(std::move(term));
  }
  if (record.redirect) {
    auto term = make_modifier(Term::Kind::redirect, *record.redirect, domain);
    // RFC 7208 section 6.1: ignored when there is an "all" anywhere in the record.
    term.reached = !has_all;
    count_lookup(term);
    terms.push_back(std::move(term));
  }
  if (record.explanation)
    terms.push_back(make_modifier(Term::Kind::explanation, *record.explanation, domain));
  return terms;
}

const Mechanism* mechanism_of(const Term& term, const Record& record) {
  if (term.kind != Term::Kind::directive) return nullptr;
  return &record.directives[term.index].mechanism;
}

void append_questions(std::vector<dns::Question>& out, const Term& term, const Record& record) {
  if (!term.name) return;
  const auto* mechanism = mechanism_of(term, record);
  if (mechanism == nullptr || std::holds_alternative<Include>(*mechanism)) {
    out.push_back({*term.name, dns::Type::txt});
  } else if (std::holds_alternative<Mx>(*mechanism)) {
    out.push_back({*term.name, dns::Type::mx});
  } else {
    out.push_back({*term.name, dns::Type::a});
    if (std::holds_alternative<A>(*mechanism)) out.push_back({*term.name, dns::Type::aaaa});
  }
}

void append_host_questions(std::vector<dns::Question>& out, dns::Resolver& resolver,
                           const Term& term, const Record& record) {
  const auto* mechanism = mechanism_of(term, record);
  if (!term.name || mechanism == nullptr || !std::holds_alternative<Mx>(*mechanism)) return;
  auto found = resolver.mx(*term.name);
  if (found.records.size() > limits::kSpfNames) return;
  for (const auto& mx : found.records)
    for (auto family : kFamilies) out.push_back({mx.exchange, address_type(family)});
}

void resolve(Term& term, const Record& record, dns::Resolver& resolver) {
  if (!term.name) return;
  const auto* mechanism = mechanism_of(term, record);
  if (term.kind == Term::Kind::explanation) return resolve_explanation(term, resolver);
  if (mechanism == nullptr) return;
  if (const auto* a = std::get_if<A>(mechanism)) return resolve_a(term, *a, resolver);
  if (const auto* mx = std::get_if<Mx>(mechanism)) return resolve_mx(term, *mx, resolver);
  if (std::holds_alternative<Exists>(*mechanism)) resolve_exists(term, resolver);
}

}  // namespace mailtrust::spf
