#pragma once
// Where do a domain's reports go, and did whoever gets them agree?
// RFC 9990 section 4 (aggregate reports), RFC 9991 section 5 (failure reports).

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/limits.hpp"
#include "dmarc/discover.hpp"
#include "dns/resolver.hpp"
#include "finding/finding.hpp"
#include "mx/mx.hpp"

namespace mailtrust::dmarc {

enum class Authorization {
  internal,    ///< of the same organization: none is needed
  authorized,  ///< the destination says that it takes these reports
  refused,     ///< it does not say so: receivers must not send there
  unknown,     ///< DNS did not tell
  unchecked,   ///< no mail address, or over limits::kReportAddresses
};

/// "same organization", "authorized", "not authorized", "could not tell", "not checked"
std::string_view to_string(Authorization authorization);

struct Destination {
  std::string tag;  ///< "rua" or "ruf"
  std::string uri;
  std::optional<dns::Name> domain;  ///< of a mailto: URI
  Authorization authorization = Authorization::unchecked;
  std::optional<dns::Name> record_name;  ///< where the authorization is looked for, when needed
  std::string instead;              ///< the rua= of the authorization: reports go there instead
  std::optional<mx::Outcome> mail;  ///< after survey_mail()
};

/// The addresses in the record that applies, in its order, rua= first; none without a record. Asks
/// one question for each foreign one, and a walk for each that may be of the same organization.
std::vector<Destination> find_destinations(dns::Resolver& resolver, const Outcome& outcome);

/// Did DNS tell of each whether it may have reports?
bool determined(std::span<const Destination> destinations);

/// Looks up where the mail of each goes, each domain once.
void survey_mail(dns::Resolver& resolver, std::span<Destination> destinations);

/// What keeps reports from arriving. `domain` as in Outcome.
std::vector<finding::Finding> lint(const Outcome& outcome,
                                   std::span<const Destination> destinations);

}  // namespace mailtrust::dmarc
