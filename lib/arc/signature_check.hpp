#pragma once
// Was this made by the key it names? For the two signatures of an ARC set, which are DKIM's
// (RFC 8617 section 4.1, RFC 6376 section 6.1.2).

#include <optional>
#include <string>
#include <string_view>

#include "dkim/signature.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::arc {

struct SignatureCheck {
  enum class Result { good, bad, unknown };  ///< unknown: DNS did not tell

  Result result = Result::bad;
  std::string reason;       ///< one line; empty when good
  std::string_view clause;  ///< that decided
};

/// Where the key is published; nothing when d= and s= make no name.
std::optional<dns::Name> key_name(const dkim::Signature& signature);

/// `signature` from a parse without faults. Keys and algorithms that RFC 8301 refuses are bad.
SignatureCheck check(dns::Resolver& resolver, const dkim::Signature& signature,
                     std::string_view octets);

}  // namespace mailtrust::arc
