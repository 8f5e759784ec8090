#pragma once
// The only door to ldns's reader of record text.

#include <optional>
#include <string>
#include <string_view>

#include "dns/name.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::dns {

/// The type ldns calls by this name (HINFO, NAPTR...), in any case.
std::optional<Type> ldns_type(std::string_view text);

/// Wire form of RDATA text on one line, without comments and parentheses. An Error of kind input,
/// without a place, when it is not RDATA of this type or the type has no text form that we accept.
Expected<std::string> ldns_rdata(Type type, std::string_view text, const Name& origin);

}  // namespace mailtrust::dns
