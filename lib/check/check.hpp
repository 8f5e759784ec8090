#pragma once
// Everything that decides whether a domain's mail is trusted, asked at once and judged together:
// where its mail goes, who may send in its name, its keys, its policy.

#include <string>
#include <vector>

#include "dkim/discover.hpp"
#include "dmarc/destination.hpp"
#include "dmarc/discover.hpp"
#include "dns/resolver.hpp"
#include "finding/finding.hpp"
#include "mx/mx.hpp"
#include "provider/provider.hpp"
#include "spf/survey.hpp"

namespace mailtrust::check {

/// How one area stands. `none`: nothing is there, and nothing needs to be.
enum class Standing { good, warning, bad, unknown, none };

std::string_view to_string(Standing standing);  ///< "good", "warning", ...

/// One area of the page.
struct Area {
  Standing standing = Standing::unknown;
  std::string summary;  ///< one line: what there is, with its figures
};

struct Outcome {
  dns::Name domain;
  mx::Outcome mx;
  spf::Survey spf;
  dkim::Discovery dkim;
  dmarc::Outcome dmarc;
  std::vector<dmarc::Destination> destinations;  ///< of DMARC reports; their mail is not looked up
  std::vector<provider::Match> providers;  ///< who stands behind MX hosts and includes, each once

  /// It neither accepts nor sends mail and says so: a null MX, or none, and "v=spf1 -all".
  bool parked = false;

  Area mx_area, spf_area, dkim_area, dmarc_area;
  std::vector<finding::Finding> findings;  ///< of all areas, the most harmful first

  /// Worst first: bad, unknown, good. Warnings alone are good.
  [[nodiscard]] Standing overall() const;
};

/// Asks everything about `domain` and judges it. DNS trouble is an outcome.
Outcome check(dns::Resolver& resolver, const dns::Name& domain);

}  // namespace mailtrust::check
