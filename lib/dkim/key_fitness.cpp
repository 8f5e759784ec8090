#include "dkim/key_fitness.hpp"

#include <algorithm>

#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "dkim/signature_values.hpp"

namespace mailtrust::dkim {
namespace {

constexpr std::string_view kClause = "RFC 6376 section 6.1.2";
constexpr std::string_view kKeyClause = "RFC 6376 section 3.6.1";

Decision unusable(std::string reason, std::string_view clause = kClause) {
  return {Result::permerror, std::move(reason), clause};
}

std::optional<Decision> refused_record(const ParsedKey& key, const Signature& signature) {
  const auto& record = key.record;
  if (!key.faults.empty())
    return unusable("the key record cannot be used: " + key.faults.front().message);
  if (record.revoked) return unusable("the key is revoked: p= is empty");
  if (!record.serves_email())
    return unusable("the key is not for mail: s= names other services", kKeyClause);
  const auto* hash = hash_of(*signature.algorithm) == Hash::sha1 ? "sha1" : "sha256";
  if (!record.hashes.empty() && std::ranges::find(record.hashes, hash) == record.hashes.end())
    return unusable(std::string("the key is not for ") + hash + ": h= names other hashes");
  // RFC 6376 section 3.6.1: t=s.
  auto identity_domain = std::string_view(signature.identity);
  identity_domain.remove_prefix(identity_domain.rfind('@') + 1);
  if (record.strict_identity() && identity_domain.size() != signature.domain.size())
    return unusable("i= is of a subdomain of d=, which t=s in the key forbids", kKeyClause);
  return std::nullopt;
}

std::optional<Decision> refused_rsa(const PublicKey& key) {
  if (key.bits > limits::kRsaBitsMost)
    return unusable("a key of " + grouped(key.bits) + " bits; at most " +
                        grouped(limits::kRsaBitsMost) + " are admitted",
                    "RFC 8301 section 3.2");
  if (key.bits < limits::kRsaBitsLeast / 2)
    return unusable("a key of " + grouped(key.bits) + " bits; expected at least " +
                        grouped(limits::kRsaBitsLeast),
                    "RFC 8301 section 3.2");
  if (!is_good_exponent(key))
    return unusable("a key whose exponent is not odd and from 3 to 2^32", "RFC 8017 section 3.1");
  if (key.small_factor != 0)
    return unusable("a key whose modulus is divided by " + std::to_string(key.small_factor),
                    "RFC 8017 section 3.1");
  if (key.modulus_is_square)
    return unusable("a key whose modulus is a square", "RFC 8017 section 3.1");
  return std::nullopt;
}

}  // namespace

std::optional<Decision> refusal(const ParsedKey& parsed, const Signature& signature) {
  if (auto refused = refused_record(parsed, signature)) return refused;
  const auto& record = parsed.record;
  bool wants_ed25519 = signature.algorithm == Algorithm::ed25519_sha256;
  auto wanted = to_string(wants_ed25519 ? KeyType::ed25519 : KeyType::rsa);
  if (record.key_type != wanted || to_string(record.key->type) != wanted)
    return unusable("the key is " + quote(record.key_type, 40) + ", the signature " +
                    signature.algorithm_text);
  if (!wants_ed25519) return refused_rsa(*record.key);
  // RFC 8463 section 4.2: the 32 octets as they are.
  if (record.key->wrapping != Wrapping::raw)
    return unusable("the Ed25519 key is wrapped; expected its 32 octets", "RFC 8463 section 4.2");
  return std::nullopt;
}

std::optional<Decision> distrusted(const Signature& signature, const KeyRecord& record) {
  if (signature.algorithm == Algorithm::rsa_sha1)
    return Decision{Result::policy, "made with rsa-sha1, which proves nothing any more",
                    "RFC 8301 section 3.1"};
  if (record.key->type == KeyType::rsa && record.key->bits < limits::kRsaBitsLeast)
    return Decision{Result::policy,
                    "made with a key of " + std::to_string(record.key->bits) +
                        " bits; expected at least " + grouped(limits::kRsaBitsLeast),
                    "RFC 8301 section 3.2"};
  return std::nullopt;
}

}  // namespace mailtrust::dkim
