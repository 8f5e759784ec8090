#pragma once
// Who knows more, as an answer says.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whois/claims.hpp"
#include "whois/document.hpp"
#include "whois/exchange.hpp"

namespace mailtrust::whois {

/// As written: what keys name for it, then a server in the remarks of a network where they name one
/// alone (of a list nobody knows which), then the national registry whose mirrored object it is.
std::vector<std::string> referrals_in(const Document& document, const Claims& claims);

/// "whois.example.net", with a port or not, "whois://..." and "rwhois://HOST:PORT/..." (port 43,
/// and 4321 for rwhois, where none is given). Null for other URLs, and where more of the tree is
/// meant rather than less ("auth-area=.").
std::optional<Server> server_of(std::string_view referral);

}  // namespace mailtrust::whois
