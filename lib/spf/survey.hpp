#pragma once
// Everything an SPF record leads to, without a message: every record of the tree, what each term
// costs and which addresses it names. RFC 7208 sections 4.6.4 (limits), 5 and 6 (terms).

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "dns/name.hpp"
#include "dns/resolver.hpp"
#include "net/prefix_set.hpp"
#include "spf/record.hpp"

namespace mailtrust::spf {

/// How looking for the one SPF record of a domain ended. RFC 7208 section 4.5.
enum class RecordStatus { found, missing, several, undetermined };

/// What an evaluation in which no term matches needs. Sums stop at kMostCost.
struct Cost {
  /// The strict count of RFC 7208 section 4.6.4: one for each include, a, mx, ptr, exists and
  /// redirect that is evaluated, in included records too. What follows `all` is not evaluated
  /// (section 5.1), and a redirect beside `all` is ignored (section 6.1).
  std::size_t lookups = 0;

  /// The count of tools that read instead of evaluate: every such term as it is written, also after
  /// `all`. Never below `lookups`.
  std::size_t written = 0;

  /// `lookups` plus one for each name an mx leads to. Section 4.6.4 gives those a limit of their
  /// own (ten per mx); some implementations add them to the ten all the same.
  std::size_t with_hosts = 0;

  /// Terms with a question that got no record (section 4.6.4, last paragraph), whatever the
  /// sender's address; those for the addresses of exchanges are such questions too. Two are
  /// allowed.
  std::size_t voids = 0;
  std::size_t voids_v4 = 0;  ///< the same for a sender with an IPv4 address: no A record is void
  std::size_t voids_v6 = 0;  ///< and with an IPv6 address: no AAAA record is void

  friend bool operator==(const Cost&, const Cost&) = default;
};

inline constexpr std::size_t kMostCost = 1000000;

/// `a` and `b` together.
Cost operator+(const Cost& a, const Cost& b);

/// One term of a record and what DNS says about it.
struct Term {
  enum class Kind { directive, redirect, explanation };

  Kind kind = Kind::directive;
  std::size_t index = 0;  ///< in Record::directives; 0 for modifiers
  std::string text;       ///< as written
  std::size_t column = 1;

  bool reached = true;      ///< false after `all`, and for a redirect beside `all`
  bool unlistable = false;  ///< what it matches depends on the message (macros, ptr, exists)

  std::optional<dns::Name> name;     ///< whom it asks; absent when unlistable, ip4, ip6, all
  std::optional<std::size_t> child;  ///< include and redirect: index in Survey::nodes
  bool loop = false;                 ///< the child is this record or one that led here
  bool bad_name = false;             ///< its domain-spec makes no domain name

  net::PrefixSet addresses;        ///< a, mx, ip4, ip6: what it matches
  std::size_t mx_names = 0;        ///< mx: how many exchanges; over ten is a permerror
  bool unknown_v4 = false;         ///< DNS did not tell what it matches among IPv4 addresses
  bool unknown_v6 = false;         ///< among IPv6 addresses
  std::string unknown_reason;      ///< "timeout: mail.example.org A"
  std::vector<std::string> texts;  ///< explanation: the TXT records found

  Cost own;
  Cost total;  ///< with everything below
};

/// One record of the tree. A domain that is included several times is one node.
struct Node {
  dns::Name domain;
  RecordStatus status = RecordStatus::undetermined;
  std::string unknown_reason;       ///< why undetermined
  std::vector<std::string> texts;   ///< the SPF records found: one, or several
  std::vector<std::string> almost;  ///< TXT records that look like SPF but are not
  bool void_answer = false;         ///< missing, and there was no TXT record at all
  std::vector<std::size_t> joints;  ///< offsets in the record where a new string began
  std::size_t rdata_octets = 0;     ///< of this record
  std::size_t other_octets = 0;     ///< of the answer: all but this record's RDATA
  Parsed parsed;                    ///< when found
  std::vector<Term> terms;          ///< when found: directives, redirect, explanation
  Cost total;

  [[nodiscard]] bool usable() const { return status == RecordStatus::found && parsed.valid(); }

  /// Of a UDP answer that carries it: header, question, every TXT record of the name, EDNS.
  [[nodiscard]] std::size_t answer_octets() const { return other_octets + rdata_octets; }
};

struct Survey {
  std::vector<Node> nodes;  ///< the first is the domain itself; parents before their children

  [[nodiscard]] const Node& root() const { return nodes.front(); }

  /// Did DNS leave open something that an evaluation may need?
  [[nodiscard]] bool undetermined() const;
};

/// Reads the tree level by level, the questions of a level at once; records after
/// limits::kSpfRecords are not read and count as undetermined. DNS trouble is part of the outcome,
/// never an Error; the resolver bounds questions and time.
Survey survey(dns::Resolver& resolver, const dns::Name& domain);

/// Indices of the nodes an evaluation can come to, in order of the tree, each once.
std::vector<std::size_t> reached_nodes(const Survey& survey);

/// The name a domain-spec stands for in every message: literal text, or no other macro than %{d}.
/// `fixed` is false when it depends on the message; without a name it makes none.
struct FixedName {
  bool fixed = false;
  std::optional<dns::Name> name;
};

FixedName fixed_name(const DomainSpec& spec, const dns::Name& domain);

}  // namespace mailtrust::spf
