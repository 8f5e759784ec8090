#pragma once
// Do two domains belong together? RFC 9989 sections 4.4 and 4.10.2, and RFC 7489 section 3.1.

#include <optional>
#include <string>
#include <unordered_map>

#include "dmarc/discover.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::dmarc {

/// For one author domain: each other domain is walked at most once.
class Aligner {
 public:
  /// Both must outlive it.
  Aligner(dns::Resolver& resolver, const Outcome& author) : resolver_(resolver), author_(author) {}

  struct Answer {
    std::optional<bool> aligned;              ///< nothing: DNS did not tell
    std::optional<dns::Name> organizational;  ///< of the domain asked about, when it was needed
  };

  /// Asks only about domains inside the author's organization: an organizational domain is the
  /// domain itself or above it, so any other has a different one.
  Answer align(const dns::Name& domain, Alignment mode);

 private:
  std::optional<dns::Name> organization_of(const dns::Name& domain);

  dns::Resolver& resolver_;
  const Outcome& author_;
  std::unordered_map<dns::Name, std::optional<dns::Name>> walked_;
};

/// By the Public Suffix List; `organization` is that of `author`.
bool aligned_by_list(const dns::Name& author, const dns::Name& organization,
                     const dns::Name& domain, Alignment mode);

}  // namespace mailtrust::dmarc
