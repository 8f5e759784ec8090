#pragma once
// One run of check_host(): what its includes and redirects share. Used by check_host.cpp.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dns/resolver.hpp"
#include "spf/check_host.hpp"
#include "spf/macro.hpp"
#include "spf/record.hpp"
#include "spf/trace.hpp"

namespace mailtrust::spf {

/// RFC 7208 section 5: how the evaluation of a mechanism ends.
enum class Match { no, yes, temperror, permerror };

/// What a record came to.
struct Judgement {
  Result result = Result::neutral;
  std::string mechanism;                ///< as in Outcome
  std::optional<Modifier> explanation;  ///< the exp= beside the directive that decided
  dns::Name domain;                     ///< whose record that was
  std::string_view clause;              ///< what decided: "RFC 7208 section 4.7"
};

/// RFC 7208 section 4.6.4: of the names of an address the first ten count, the others are ignored.
void keep_first(std::vector<dns::Name>& names);

/// Holds the limits, the macro values and the trace. Section 4.6.4: the limits count for the whole
/// run, includes and redirects together.
class Evaluation {
 public:
  /// `macros` with everything but the domain; its views must outlive the evaluation.
  Evaluation(dns::Resolver& resolver, MacroContext macros, bool trace)
      : resolver_(resolver), macros_(std::move(macros)), trace_(trace) {}

  /// check_host() for `domain`, the first one or one included or redirected to: fetches the record
  /// (sections 4.3 to 4.5) and evaluates it (section 4.6).
  Judgement check_domain(const dns::Name& domain);

  /// The whole run: the domain, what it says about a fail, the counts, the trace.
  Outcome run(const dns::Name& domain);

  // The mechanisms of section 5, in mechanisms.cpp.
  Match match(const All& all);
  Match match(const Include& include);
  Match match(const A& a);
  Match match(const Mx& mx);
  Match match(const Ptr& ptr);
  Match match(const Ip4& ip4);
  Match match(const Ip6& ip6);
  Match match(const Exists& exists);

 private:
  Judgement evaluate(Record& record);
  Judgement redirect(const Modifier& modifier);
  Match match_directive(const Directive& directive);
  Match match_hosts(const dns::Name& name, const CidrLengths& lengths);
  std::optional<std::string> explanation_text(const DomainSpec& spec);

  /// Section 4.6: the record of `domain` is no good, or there is none.
  Judgement reject(Result result, std::string_view clause, std::string problem);
  Judgement reject(const Parsed& parsed);

  /// %{p}, section 7.3: the name of <ip> that suits <domain> best, or "unknown". Its questions are
  /// not those of a term, so that the client's names cannot use up the domain's void lookups.
  std::string validated_name();

  /// Starts the questions of the terms that are left, when the first of them is to be asked.
  void prefetch(std::span<const Directive> directives, const std::optional<Modifier>& redirect);
  void prefetch_addresses(std::span<const dns::Name> names);

  /// The name a domain-spec stands for; <domain> when there is none (section 4.8). Nothing when
  /// what it expands to is no name.
  std::optional<dns::Name> target(const DomainSpec& spec);
  std::optional<dns::Name> target(const std::optional<DomainSpec>& spec);

  /// Counts a term that costs a lookup; false when it is one too many (section 4.6.4).
  bool charge();

  /// Counts a question that was answered by nothing; permerror when it is one too many, else no.
  Match charge_void();

  /// How an answer ends the mechanism that asked: by trouble, or by nothing found. Nothing when
  /// there are records to look at.
  std::optional<Match> settle(const dns::Name& name, dns::Type type, const dns::Answer& answer,
                              dns::Status status);

  Match permerror(std::string_view clause, std::string_view what);
  [[nodiscard]] std::string where() const;

  /// The name that holds the PTR records of <ip>.
  [[nodiscard]] dns::Name reverse() const {
    return dns::Name::read(net::reverse_name(macros_.ip)).value_or(dns::Name());
  }

  [[nodiscard]] net::Family family() const { return macros_.ip.family(); }

  [[nodiscard]] dns::Type address_type() const {
    return family() == net::Family::v4 ? dns::Type::a : dns::Type::aaaa;
  }

  dns::Resolver& resolver_;
  MacroContext macros_;
  Tracer trace_;
  unsigned lookups_ = 0;
  unsigned void_lookups_ = 0;
  std::string_view term_;      // being evaluated
  bool term_is_void_ = false;  // a question of it was answered by nothing
  std::string problem_;        // what made the latest none, temperror or permerror
  std::string_view clause_;    // of that problem
};

}  // namespace mailtrust::spf
