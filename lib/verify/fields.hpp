#pragma once
// The fields that a receiver would put on top of the message: Authentication-Results (RFC 8601) and
// Received-SPF (RFC 7208 section 9.1).

#include <string>
#include <vector>

#include "authres/authres.hpp"
#include "verify/verify.hpp"

namespace mailtrust::verify {

/// SPF, then each signature, ARC where there is a chain, DMARC.
std::vector<authres::Statement> statements(const Outcome& outcome);

/// Empty without an SPF check.
std::string received_spf(const Outcome& outcome, const std::string& authserv_id);

}  // namespace mailtrust::verify
