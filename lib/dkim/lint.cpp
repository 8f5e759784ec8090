#include "dkim/lint.hpp"

#include <algorithm>
#include <array>

#include "base/escape.hpp"
#include "base/limits.hpp"
#include "dkim/repair.hpp"
#include "dns/txt_line.hpp"

namespace mailtrust::dkim {
namespace {

using finding::Finding;
using finding::Severity;

constexpr unsigned kAdvisedBits = 2048;   // RFC 8301 section 3.2
constexpr unsigned kRequiredBits = 4096;  // what every verifier must handle

finding::Id id_of(KeyFault::Kind kind) {
  switch (kind) {
    case KeyFault::Kind::syntax: return "dkim.syntax";
    case KeyFault::Kind::version: return "dkim.version";
    case KeyFault::Kind::missing_key: return "dkim.syntax";
    case KeyFault::Kind::unknown_type: return "dkim.unknown-type";
    case KeyFault::Kind::bad_key: return "dkim.syntax";
  }
  return "dkim.syntax";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ":") + word;
  return text;
}

// The findings about one record.
class Judge {
 public:
  Judge(const dns::Name& name, const ParsedKey& parsed, Sought sought)
      : name_(name), parsed_(parsed), record_(parsed.record), sought_(sought) {}

  std::vector<Finding> judge() {
    for (const auto& fault : parsed_.faults) tell(id_of(fault.kind), fault.column, fault.message);
    if (record_.revoked) return revoked();
    if (record_.key) key(*record_.key);
    restrictions();
    curiosities();
    offer_repair();
    return std::move(findings_);
  }

 private:
  std::vector<Finding> revoked() {
    tell("dkim.key-revoked", record_.key_column, "the key is revoked: p= is empty");
    if (sought_ == Sought::tried) findings_.back().severity = Severity::info;
    return std::move(findings_);
  }

  void key(const PublicKey& key) {
    if (record_.key_type != to_string(key.type) &&
        (record_.key_type == "rsa" || record_.key_type == "ed25519"))
      tell("dkim.type-mismatch", record_.type_column,
           "k= says " + record_.key_type + ", but p= holds an " +
               (key.type == KeyType::rsa ? "RSA" : "Ed25519") + " key");
    if (key.type == KeyType::rsa) {
      rsa(key);
    } else if (key.wrapping == Wrapping::spki) {
      tell("dkim.spki-ed25519", record_.key_column,
           "the Ed25519 key is wrapped in a SubjectPublicKeyInfo; expected its 32 octets alone");
    }
  }

  void rsa(const PublicKey& key) {
    size(key.bits);
    if (!is_good_exponent(key))
      tell("dkim.bad-exponent", record_.key_column,
           "the RSA exponent is " + (key.exponent.empty() ? "above 2^64" : key.exponent) +
               "; expected 65537");
    if (key.small_factor != 0) {
      tell("dkim.bad-modulus", record_.key_column,
           "the RSA modulus is divisible by " + std::to_string(key.small_factor));
    } else if (key.modulus_is_square) {
      tell("dkim.bad-modulus", record_.key_column, "the RSA modulus is a square");
    }
    if (key.wrapping == Wrapping::pkcs1)
      tell("dkim.pkcs1", record_.key_column,
           "p= holds a bare RSAPublicKey (PKCS#1); expected a SubjectPublicKeyInfo");
  }

  void size(unsigned bits) {
    auto size = "the RSA key has " + std::to_string(bits) + " bits";
    if (bits < limits::kRsaBitsLeast) {
      tell("dkim.weak-key", record_.key_column, size + "; verifiers refuse less than 1024");
    } else if (bits < kAdvisedBits) {
      tell("dkim.short-key", record_.key_column, size + "; 2048 are advised");
    } else if (bits > limits::kRsaBitsMost) {
      tell("dkim.key-too-large", record_.key_column, size + "; verifiers need to read 4096");
    } else if (bits > kRequiredBits) {
      tell("dkim.key-unsure", record_.key_column, size + "; verifiers need to read only 4096");
    }
  }

  void restrictions() {
    if (!record_.allows_sha256())
      tell("dkim.sha1-only", 1, "h=" + joined(record_.hashes) + " does not allow sha256");
    if (!record_.serves_email())
      tell("dkim.service-not-email", 1, "s=" + joined(record_.services) + " is not for email");
    if (record_.testing()) tell("dkim.testing", 1, "the key is in testing mode (t=y)");
  }

  void curiosities() {
    if (record_.granularity) tell("dkim.granularity", 1, "the record has the historic tag g=");
    for (const auto& name : record_.unknown_tags)
      tell("dkim.unknown-tag", 1, "the tag " + quote(name, 40) + " has no meaning here");
  }

  // Only faults of the text can be mended by another text.
  void offer_repair() {
    constexpr std::array<std::string_view, 6> kMendable = {
        "dkim.syntax",        "dkim.version",      "dkim.unknown-type",
        "dkim.type-mismatch", "dkim.spki-ed25519", "dkim.pkcs1"};
    auto mendable = std::ranges::find_if(findings_, [&](const Finding& finding) {
      return std::ranges::find(kMendable, finding.id) != kMendable.end();
    });
    if (mendable == findings_.end()) return;
    if (auto text = repair(parsed_))
      mendable->hint = "publish this instead:\n" + dns::txt_line(name_, *text);
  }

  void tell(finding::Id id, std::size_t column, std::string message) {
    findings_.push_back(
        finding::make(id, to_string(name_) + ':' + std::to_string(column), std::move(message)));
  }

  const dns::Name& name_;
  const ParsedKey& parsed_;
  const KeyRecord& record_;
  Sought sought_;
  std::vector<Finding> findings_;
};

Finding missing(const KeyLookup& lookup) {
  auto where = to_string(lookup.name);
  if (lookup.dangling())
    return finding::make(
        "dkim.dangling-cname", where,
        "the CNAME leads to " + to_string(lookup.aliases.back()) + ", where no key is",
        "finish the set-up at the service behind it, or remove the CNAME");
  std::string found = "there is no key";
  if (!lookup.others.empty())
    found = "there is no key; the TXT record there is " + quote(lookup.others[0], 40);
  return finding::make("dkim.key-missing", where, found,
                       "compare the selector with the s= of a DKIM-Signature field, or publish "
                       "the record your signer shows");
}

Finding several(const KeyLookup& lookup) {
  return finding::make("dkim.multiple-records", to_string(lookup.name),
                       std::to_string(lookup.keys.size()) +
                           " key records at one name; which one counts is undefined",
                       "leave one");
}

Finding dns_trouble(std::string where, dns::Failure failure) {
  return finding::make("dkim.dns-trouble", std::move(where),
                       "DNS did not tell about keys: " + std::string(to_string(failure)));
}

}  // namespace

std::vector<Finding> lint(const KeyLookup& lookup, Sought sought) {
  if (lookup.presence == Presence::unknown) {
    if (sought == Sought::tried) return {};
    return {dns_trouble(to_string(lookup.name), lookup.answer->failure)};
  }
  if (lookup.presence == Presence::absent) return {missing(lookup)};

  std::vector<Finding> findings;
  if (lookup.keys.size() > 1) findings.push_back(several(lookup));
  for (const auto& key : lookup.keys)
    std::ranges::move(Judge(lookup.name, key, sought).judge(), std::back_inserter(findings));
  return findings;
}

std::vector<Finding> lint_wildcard(const KeyLookup& canary, const dns::Name& domain) {
  if (canary.keys.empty() && canary.others.empty()) return {};
  auto where = "*._domainkey." + to_string(domain);
  if (canary.keys.empty())
    return {finding::make(
        "dkim.wildcard", where,
        "every selector is answered with " + quote(canary.others[0], 40) + ", which is no key")};
  if (!revokes(canary))
    return {finding::make("dkim.wildcard", where, "every selector is answered with a key")};
  auto told = finding::make("dkim.wildcard", where,
                            "every selector without a key of its own is revoked: right for a "
                            "domain that signs nothing");
  told.severity = Severity::info;
  return {std::move(told)};
}

std::vector<Finding> lint(const Discovery& discovery, const dns::Name& domain) {
  auto where = to_string(domain);
  if (discovery.gave_up())
    return {dns_trouble("_domainkey." + where, discovery.canary.answer->failure)};
  auto findings = lint_wildcard(discovery.canary, domain);
  if (discovery.untold > 0)
    findings.push_back(finding::make("dkim.dns-trouble", where,
                                     "DNS did not tell about " + std::to_string(discovery.untold) +
                                         " of " + std::to_string(discovery.tried) +
                                         " selectors tried"));
  if (discovery.found_any() || revokes(discovery.canary)) return findings;
  auto message = "none of " + std::to_string(discovery.tried) +
                 " known selectors has a key in use; that does not tell whether the domain signs";
  if (discovery.key_root == dns::Status::nxdomain)
    message += " (DNS says that nothing is below _domainkey." + where + ')';
  findings.push_back(finding::make("dkim.no-selector-known", where, message,
                                   "name the selector in use (s= of a DKIM-Signature field):\n"
                                   "mailtrust dkim check " +
                                       where + " --selector s1"));
  return findings;
}

bool is_usable(const KeyLookup& lookup) {
  const auto* record = lookup.record();
  if (lookup.presence != Presence::found || record == nullptr || record->revoked) return false;
  auto findings = lint(lookup, Sought::named);
  return std::ranges::find(findings, Severity::error, &Finding::severity) == findings.end();
}

}  // namespace mailtrust::dkim
