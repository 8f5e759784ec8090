#pragma once
// Does a message pass DMARC? RFC 9989 sections 4.4 (alignment), 4.10 (tree walk) and
// 5.3 (what a receiver does).

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dkim/verify.hpp"
#include "dmarc/author.hpp"
#include "dmarc/discover.hpp"
#include "dns/resolver.hpp"
#include "message/header.hpp"
#include "spf/check_host.hpp"

namespace mailtrust::dmarc {

/// RFC 8601 section 2.7.1 as RFC 9989 uses it. `permerror`: no usable author domain, or several.
enum class Result { none, pass, fail, temperror, permerror };

std::string_view to_string(Result result);

/// What SPF said of the SMTP client, and for which domain.
struct SpfIdentity {
  spf::Result result = spf::Result::none;
  std::string domain;  ///< of MAIL FROM, or the HELO name of a bounce (RFC 7208 section 2.4)
};

/// One row of the alignment table: an authenticated identifier beside the author domain.
struct Identity {
  enum class Method { spf, dkim };

  Method method = Method::spf;
  std::string domain;
  std::string selector;                 ///< DKIM only
  std::string result;                   ///< the method's own word: "pass", "softfail", ...
  Alignment mode = Alignment::relaxed;  ///< asked for by aspf= or adkim=
  std::optional<bool> aligned;          ///< nothing: DNS did not tell, or there is no policy
  /// Of `domain`. Empty when DNS did not tell, or when the domain is outside the author's
  /// organization, so that nothing had to be asked to know that it is not aligned.
  std::string organizational_domain;
};

/// What a receiver that still reads RFC 7489 (public suffix list, no np=, no t=) would make of it.
struct OldReading {
  std::string organizational_domain;  ///< by the list built in
  Result result = Result::none;
  std::optional<Policy> policy;
  std::optional<Policy> disposition;  ///< as Evaluation::disposition
  unsigned percent = 100;             ///< pct=: the share of failing mail that gets the disposition
};

struct Evaluation {
  Result result = Result::none;
  std::string reason;       ///< one line, also for a pass: what decided
  std::string_view clause;  ///< "RFC 9989 section 5.3.5"
  std::optional<dns::Name> author_domain;
  std::vector<std::string> author_domains;  ///< as Author::domains
  std::optional<Outcome> discovery;         ///< the tree walk; nothing without an author domain
  std::optional<Policy> policy;  ///< that applies: p, sp or np; nothing when there is none
  /// What a receiver would do: the policy after t=y, none after a pass. Nothing: could not tell.
  std::optional<Policy> disposition;
  std::vector<Identity> identities;
  std::optional<OldReading> old_reading;  ///< only where it differs
};

/// Starts the questions that evaluate() is sure to ask, so that they travel while the body is read.
void prefetch(dns::Resolver& resolver, const message::Header& header);

/// DNS trouble is a Result. `signatures` as Verifier::finish() gave them. Asks one walk for the
/// author domain and one for each different domain inside the author's organization.
Evaluation evaluate(dns::Resolver& resolver, const message::Header& header,
                    std::span<const dkim::Verification> signatures,
                    const std::optional<SpfIdentity>& spf);

}  // namespace mailtrust::dmarc
