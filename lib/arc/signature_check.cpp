#include "arc/signature_check.hpp"

#include <algorithm>
#include <span>

#include "base/limits.hpp"
#include "dkim/key_fitness.hpp"
#include "dkim/key_lookup.hpp"
#include "dkim/verify.hpp"
#include "dkim/verify_key.hpp"

namespace mailtrust::arc {
namespace {

using Check = SignatureCheck::Result;

constexpr std::string_view kKeyClause = "RFC 6376 section 6.1.2";

SignatureCheck check_key(const dkim::ParsedKey& key, const dkim::Signature& signature,
                         std::string_view octets) {
  auto refused = dkim::refusal(key, signature);
  if (!refused && !dkim::verify(*key.record.key, *signature.algorithm, octets, signature.octets))
    return {Check::bad, "what was signed was changed, or signed by another key: b= does not match",
            "RFC 6376 section 6.1.3"};
  if (!refused) refused = dkim::distrusted(signature, key.record);
  if (refused) return {Check::bad, std::move(refused->reason), refused->clause};
  return {Check::good, {}, "RFC 8617 section 5.2"};
}

}  // namespace

std::optional<dns::Name> key_name(const dkim::Signature& signature) {
  auto domain = dns::Name::read(signature.domain);
  if (!domain) return std::nullopt;
  auto name = dkim::key_name(signature.selector, *domain);
  if (!name) return std::nullopt;
  return *name;
}

SignatureCheck check(dns::Resolver& resolver, const dkim::Signature& signature,
                     std::string_view octets) {
  auto name = key_name(signature);
  if (!name) return {Check::bad, "s= and d= together are no name DNS can carry", kKeyClause};
  auto lookup = dkim::look_up(resolver, signature.selector, *name);
  if (lookup.presence == dkim::Presence::unknown)
    return {Check::unknown,
            "the key could not be had: " + to_string(*name) + ": " +
                std::string(dns::to_string(lookup.answer->failure)),
            kKeyClause};
  SignatureCheck best{Check::bad, "there is no key at " + to_string(*name), kKeyClause};
  auto keys = std::span(lookup.keys).first(std::min(lookup.keys.size(), limits::kDkimKeys));
  for (const auto& key : keys) {
    best = check_key(key, signature, octets);
    if (best.result == Check::good) return best;
  }
  if (keys.size() < lookup.keys.size())
    best = {Check::unknown,
            "none of the first " + std::to_string(keys.size()) + " keys at " + to_string(*name) +
                " fits, and more are not tried",
            kKeyClause};
  return best;
}

}  // namespace mailtrust::arc
