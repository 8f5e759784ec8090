#pragma once
// An SPF record: text to terms, once. RFC 7208 sections 4.5, 4.6 and 12 (the collected ABNF).

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "net/address.hpp"
#include "spf/macro.hpp"

namespace mailtrust::spf {

/// RFC 7208 section 4.6.2: `qualifier`.
enum class Qualifier : char { pass = '+', fail = '-', softfail = '~', neutral = '?' };

/// `domain-spec`: a macro string that ends in a top label or an expansion (section 7.1).
using DomainSpec = MacroString;

/// `dual-cidr-length`, defaults filled in.
struct CidrLengths {
  unsigned v4 = 32;
  unsigned v6 = 128;
};

// The mechanisms of section 5, by their names. A missing domain means <domain>.
struct All {};

struct Include {
  DomainSpec domain;
};

struct A {
  std::optional<DomainSpec> domain;
  CidrLengths lengths;
};

struct Mx {
  std::optional<DomainSpec> domain;
  CidrLengths lengths;
};

struct Ptr {
  std::optional<DomainSpec> domain;
};

struct Ip4 {
  net::Prefix network;
};

struct Ip6 {
  net::Prefix network;
};

struct Exists {
  DomainSpec domain;
};

using Mechanism = std::variant<All, Include, A, Mx, Ptr, Ip4, Ip6, Exists>;

/// `directive = [ qualifier ] mechanism`.
struct Directive {
  Qualifier qualifier = Qualifier::pass;
  Mechanism mechanism;
  std::string text;        ///< as written, qualifier included
  std::size_t column = 1;  ///< of its first octet in the record, from 1
};

/// `redirect=` and `exp=` (section 6).
struct Modifier {
  DomainSpec domain;
  std::string text;
  std::size_t column = 1;
};

/// `unknown-modifier`: well-formed, ignored.
struct UnknownModifier {
  std::string name;
  std::string text;
  std::size_t column = 1;
};

struct Record {
  std::string text;                   ///< the whole record
  std::vector<Directive> directives;  ///< in order
  std::optional<Modifier> redirect;
  std::optional<Modifier> explanation;
  std::vector<UnknownModifier> unknown;
};

/// What is wrong with one term. Parsing goes on with the next.
struct SyntaxError {
  enum class Kind {
    unknown_mechanism,
    bad_domain,
    bad_macro,
    bad_address,
    bad_cidr,
    unexpected_argument,
    missing_argument,
    repeated_modifier,
    bad_modifier_name,
    bad_octet,
    stray_separator,
  };

  Kind kind = Kind::unknown_mechanism;
  std::size_t column = 1;  ///< of the octet at fault in the record, from 1
  std::string term;        ///< the term as written
  std::size_t term_column = 1;
  std::string message;  ///< one line: what was found, what was expected
};

/// What came of parsing: the terms that are right, and every fault. RFC 7208 section 4.6: any fault
/// anywhere makes the record a permerror.
struct Parsed {
  Record record;
  std::vector<SyntaxError> errors;  ///< by column; empty: the record is valid

  [[nodiscard]] bool valid() const { return errors.empty(); }
};

/// Does this TXT record call itself SPF version 1 (section 4.5: "v=spf1" and then a space or the
/// end)?
bool is_spf(std::string_view text);

/// `text` must be is_spf(). Linear in its length.
Parsed parse_record(std::string_view text);

/// "include:example.org", "ip4:192.0.2.0/24": canonical spelling of a mechanism, no qualifier.
std::string to_string(const Mechanism& mechanism);

/// "all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists".
std::string_view name_of(const Mechanism& mechanism);

/// Does this mechanism count towards the ten of section 4.6.4?
bool costs_lookup(const Mechanism& mechanism);

}  // namespace mailtrust::spf
