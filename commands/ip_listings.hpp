#pragma once
// What DNS lists say about an address, as data.

#include <vector>

#include "cli/value.hpp"
#include "dnsbl/sweep.hpp"

namespace mailtrust::commands {

/// The contract's `listings`. Those worth a row without -v have `notable`: listings, and lists that
/// matter but could not tell.
cli::Value listings_value(const std::vector<dnsbl::Listing>& listings);

/// Those of lists of the kind `reputation`, with what they say in words.
cli::Value reputation_value(const std::vector<dnsbl::Listing>& listings);

}  // namespace mailtrust::commands
