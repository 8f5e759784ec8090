#pragma once
// What stands behind the name of a mechanism: domains, networks, prefix lengths. RFC 7208
// section 12. Used by term.cpp.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "spf/record.hpp"

namespace mailtrust::spf {

/// A fault by its offset in the term.
struct Fault {
  SyntaxError::Kind kind = SyntaxError::Kind::unknown_mechanism;
  std::size_t offset = 0;
  std::string message;
};

using Problem = std::optional<Fault>;

/// Part of a term and where in the term it begins.
struct Slice {
  std::string_view text;
  std::size_t offset = 0;

  [[nodiscard]] Slice from(std::size_t n) const { return {text.substr(n), offset + n}; }

  [[nodiscard]] Slice until(std::size_t n) const { return {text.substr(0, n), offset}; }
};

/// The whole slice as a domain-spec.
Problem read_domain(Slice slice, DomainSpec& domain);

// The whole slice, which begins with the ":" or "/" behind the name, as the argument of a
// mechanism.
Problem read_argument(Slice slice, All& all);
Problem read_argument(Slice slice, Include& include);
Problem read_argument(Slice slice, A& a);
Problem read_argument(Slice slice, Mx& mx);
Problem read_argument(Slice slice, Ptr& ptr);
Problem read_argument(Slice slice, Ip4& ip4);
Problem read_argument(Slice slice, Ip6& ip6);
Problem read_argument(Slice slice, Exists& exists);

}  // namespace mailtrust::spf
