#pragma once
// Reverse address check: does the name an address claims point back to it?
// RFC 8601 section 3 ("iprev").

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::iprev {

/// RFC 8601 section 2.7.3; permerror is an address without a name.
enum class Result { pass, fail, temperror, permerror };

std::string_view to_string(Result result);  ///< "pass", ...

/// Does a name point back to the address?
enum class Confirmed { no, yes, unknown };

struct Claim {
  dns::Name name;
  Confirmed confirmed = Confirmed::unknown;
  std::vector<dns::Name> aliases = {};  ///< where CNAMEs led from the name
};

struct Outcome {
  Result result = Result::temperror;
  std::vector<Claim> claims;       ///< the PTR targets in the order of the answer, each once
  std::size_t left_out = 0;        ///< PTR targets over the limit, neither listed nor looked up
  std::vector<dns::Name> aliases;  ///< where CNAMEs led from the reverse name (RFC 2317)
  dns::Failure failure = dns::Failure::none;  ///< why the PTR records could not be had

  /// The first confirmed claim, else the first one; null when there is none.
  [[nodiscard]] const Claim* best() const;
};

/// Looks up the names of `address`, limits::kReverseNames at most, then the addresses of each. One
/// question and one for each name; DNS trouble is an outcome, never an Error.
Outcome check(dns::Resolver& resolver, const net::Address& address);

}  // namespace mailtrust::iprev
