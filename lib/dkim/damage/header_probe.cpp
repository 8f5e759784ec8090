#include "dkim/damage/header_probe.hpp"

#include <algorithm>

#include "dkim/body_hash.hpp"
#include "dkim/damage/recovered_hash.hpp"
#include "dkim/verify_key.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kHashes = 6000;
constexpr std::size_t kVerifications = 200;
constexpr std::uint64_t kOctets = 8U << 20;

}  // namespace

HeaderProbe::HeaderProbe(const PublicKey& key, const Signature& signature)
    : key_(key),
      signature_(signature),
      ed25519_(*signature.algorithm == Algorithm::ed25519_sha256),
      left_(ed25519_ ? kVerifications : kHashes),
      octets_left_(kOctets) {
  if (!ed25519_) hash_ = recovered_hash(key, *signature.algorithm, signature.octets);
}

bool HeaderProbe::fits(std::string_view octets) {
  if (left_ == 0 || !can_match()) return false;
  --left_;
  ++tried_;
  hashed_ += octets.size();
  octets_left_ -= std::min<std::uint64_t>(octets_left_, octets.size());
  if (octets_left_ == 0) left_ = 0;
  if (hash_ && hash(hash_of(*signature_.algorithm), octets) != *hash_) return false;
  return verify(key_, *signature_.algorithm, octets, signature_.octets);
}

}  // namespace mailtrust::dkim::damage
