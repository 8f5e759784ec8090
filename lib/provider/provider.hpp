#pragma once
// Mail providers and how to know them: which service stands behind an SPF include, an MX host, the
// target of a DKIM CNAME. A table of facts (providers.inc), as of kAsOf.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::provider {

/// The day the facts were gathered.
inline constexpr std::string_view kAsOf = "2026-11-21";

/// What a provider mainly is: keeps mailboxes, hosts mail beside other things (or forwards it),
/// filters it, sends it in bulk.
enum class Kind { mailbox, hosting, security, esp };

std::string_view to_string(Kind kind);  ///< "mailbox", "hosting", "security", "esp"

// What is special about a provider, as bits of Provider::traits.
inline constexpr unsigned kUnlistable = 1;       ///< its SPF answers for one address at a time
inline constexpr unsigned kForwarder = 2;        ///< forwards mail: not for a sender's SPF record
inline constexpr unsigned kIncludeNeedless = 4;  ///< SPF passes by the return path, no include
inline constexpr unsigned kOwnSelectors = 8;     ///< each customer has selectors of its own

/// One row. Lists are words separated by a space; `{x}` in a word stands for what differs from
/// customer to customer: one or more octets without a dot, with dots for `{domain}` and `{macro}`.
struct Provider {
  std::string_view id;  ///< stable: "google-workspace"
  std::string_view name;
  Kind kind = Kind::mailbox;
  /// How the row is known, a letter for each kind of evidence: zone data (Z), logs (L), mail
  /// received (M), the provider's documentation (D), common knowledge without a source (K).
  std::string_view evidence;
  std::string_view spf = {};           ///< names that customers include or redirect to
  std::string_view wrong_spf = {};     ///< names that people include in error: nothing is there
  std::string_view selectors = {};     ///< DKIM selectors
  std::string_view dkim_targets = {};  ///< targets of CNAMEs at selectors
  std::string_view mx = {};            ///< suffixes of MX hosts
  std::string_view return_path = {};   ///< "HOST CNAME TARGET" or "HOST MX TARGET"; target optional
  unsigned traits = 0;
  std::string_view note = {};  ///< what else is good to know, in a sentence or two

  [[nodiscard]] bool has(unsigned trait) const { return (traits & trait) != 0; }
};

/// Every provider, grouped by kind.
std::span<const Provider> all();

/// Null when there is none of that id (case does not matter).
const Provider* by_id(std::string_view id);

/// What a placeholder of the pattern stood for: {"portal", "123456"}.
struct Capture {
  std::string_view placeholder;
  std::string text;
};

/// Who stands behind a name.
struct Match {
  const Provider* provider = nullptr;  ///< never null
  /// To be shown as "probably": nothing but common knowledge speaks for it (grade K), or only the
  /// operator's domain matches, not the name the provider documents.
  bool probably = false;
  std::vector<Capture> captures = {};
};

// The best match first; several where providers share a name (gmail and google-workspace). Names
// are compared without case and final dot. Nothing for a name nobody is known for.

/// `name`: a domain-spec as written in include: or redirect=, macros unexpanded.
std::vector<Match> by_spf_include(std::string_view name);

/// `host`: an MX exchange.
std::vector<Match> by_mx(std::string_view host);

/// `host`: a machine, by the name its address has. The rows whose MX hosts, SPF names or CNAME
/// targets are of the same operator's domain.
std::vector<Match> by_host(std::string_view host);

/// `target`: where the CNAME at SELECTOR._domainkey.DOMAIN leads.
std::vector<Match> by_dkim_target(std::string_view target);

/// The provider that people meant who include this name, at which nothing is; or null.
const Provider* by_wrong_spf(std::string_view name);

/// The DKIM selectors worth trying for a customer: placeholders filled from the captures, and those
/// selectors left out that cannot be.
std::vector<std::string> selectors(const Match& match);

}  // namespace mailtrust::provider
