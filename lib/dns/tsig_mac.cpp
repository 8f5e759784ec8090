#include "dns/tsig_mac.hpp"

#include "base/digest.hpp"

namespace mailtrust::dns {
namespace {

Digest digest_of(TsigAlgorithm algorithm) {
  switch (algorithm) {
    case TsigAlgorithm::sha1: return Digest::sha1;
    case TsigAlgorithm::sha224: return Digest::sha224;
    case TsigAlgorithm::sha256: return Digest::sha256;
    case TsigAlgorithm::sha384: return Digest::sha384;
    case TsigAlgorithm::sha512: return Digest::sha512;
  }
  return Digest::sha256;
}

}  // namespace

std::string tsig_mac(const TsigKey& key, std::string_view octets) {
  return keyed_hash(digest_of(key.algorithm), key.secret, octets);
}

bool same_mac(std::string_view a, std::string_view b) {
  return same_octets(a, b);
}

}  // namespace mailtrust::dns
