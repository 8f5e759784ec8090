#pragma once
// Whose mail is it? The domain in the From field, if there is exactly one that every reader finds.
// RFC 9989 sections 5.3.1 and 11.5, RFC 5322 section 3.6.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "dns/name.hpp"
#include "message/header.hpp"

namespace mailtrust::dmarc {

struct Author {
  std::optional<dns::Name> domain;   ///< nothing: there is none, or several, or it is not certain
  std::vector<std::string> domains;  ///< each once, as written, at most limits::kAuthorDomains
  std::string problem;               ///< why there is no `domain`, in one line; empty when there is
  std::string_view clause;           ///< that decided then: "RFC 9989 section 5.3.1"
};

/// Asks nothing. Linear in the length of the From fields.
Author author_of(const message::Header& header);

}  // namespace mailtrust::dmarc
