#pragma once
// How the SPF commands say amounts, changes and owners.

#include <cstdint>
#include <string>

#include "cli/value.hpp"
#include "net/prefix_set.hpp"
#include "spf/diff.hpp"
#include "spf/survey.hpp"

namespace mailtrust::commands {

/// "65,536 IPv4 addresses and 3 IPv6 networks of /64"; "no addresses".
std::string amount(const net::PrefixSet& set);

/// The same in the width of a table's cell: "65,536 + 3 /64".
std::string short_amount(const net::PrefixSet& set);

/// "this change would cost 3 lookups and add 65,536 IPv4 addresses"
std::string sentence(const spf::Change& change);

/// The fewest prefixes, as texts.
cli::Value prefix_list(const net::PrefixSet& set);

/// "Google Workspace", "probably Acme", or nothing: who stands behind an include or redirect.
std::string owner_of(const spf::Node& node, const spf::Term& term);

}  // namespace mailtrust::commands
