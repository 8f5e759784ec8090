#pragma once
// The SPF check of a message, from the session as the caller knows it or as the message tells it.
// RFC 7208 section 2.4.

#include <string>

#include "verify/verify.hpp"

namespace mailtrust::verify {

/// Fills `spf`, or `spf_unknown` where nobody knows the client's address.
void check_spf(dns::Resolver& resolver, const Options& options, Outcome& outcome);

/// The domain that was checked, and whether as MAIL FROM or as HELO.
struct CheckedIdentity {
  std::string domain;
  bool is_helo = false;
};

CheckedIdentity checked_identity(const SpfCheck& check);

}  // namespace mailtrust::verify
