#pragma once
// What an answer tells of the network around an address, apart from contacts.

#include "registration/registration.hpp"
#include "whois/claims.hpp"
#include "whois/document.hpp"

namespace mailtrust::whois {

/// Fills network, names, country, dates and is_placeholder from the narrowest network; what is not
/// told of it, organization and country, from the next wider one.
void learn_facts(const Document& document, const Claims& claims,
                 registration::Registration& registration);

}  // namespace mailtrust::whois
