#pragma once
// The mail addresses of an answer, with what each is for.

#include <cstddef>
#include <vector>

#include "registration/registration.hpp"
#include "whois/claims.hpp"
#include "whois/document.hpp"

namespace mailtrust::whois {

/// Addresses of one answer; who writes more down wants to keep the reader busy.
inline constexpr std::size_t kMostMentions = 1000;

/// Those of the narrowest network first; in depth each wider network comes behind all of the
/// narrower. The networks of end users come behind those of who serves them: KRNIC names customers
/// there who run no network. What belongs to other networks is left out. Last, what the server
/// tells everybody in its comments. kMostMentions at most. Linear.
std::vector<registration::Mention> contacts_in(const Document& document, const Claims& claims,
                                               const net::Address& address);

}  // namespace mailtrust::whois
