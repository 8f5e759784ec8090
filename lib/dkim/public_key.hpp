#pragma once
// Keys: the public half, as a key record carries it. The other half: private_key.hpp.
// RFC 6376 section 3.6.1 (p=), RFC 8017 appendix A.1.1 (RSAPublicKey), RFC 8463 section 4
// (Ed25519).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.hpp"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace mailtrust::dkim {

enum class KeyType { rsa, ed25519 };

std::string_view to_string(KeyType type);  ///< "rsa", "ed25519"

/// How the octets of p= hold the key.
enum class Wrapping {
  spki,   ///< SubjectPublicKeyInfo: right for RSA, wrong for Ed25519
  pkcs1,  ///< a bare RSAPublicKey: what RFC 6376 names, but what few verifiers read
  raw,    ///< 32 octets: right for Ed25519
};

struct PublicKey {
  KeyType type = KeyType::rsa;
  Wrapping wrapping = Wrapping::spki;
  unsigned bits = 0;  ///< of the modulus; 256 for Ed25519

  // RSA only.
  std::string exponent;                         ///< decimal, or "" above 64 bits
  std::optional<std::uint64_t> exponent_value;  ///< nothing above 64 bits
  unsigned small_factor = 0;                    ///< a prime that divides the modulus; 0: none found
  bool modulus_is_square = false;               ///< n = p * p: factored in no time

  /// Equal for equal keys, whatever they were wrapped in.
  std::string identity;

  /// For OpenSSL; never null in a key that was parsed.
  std::shared_ptr<evp_pkey_st> handle;
};

/// RFC 8301 and common verifiers: odd, at least 3, at most 2^32.
bool is_good_exponent(const PublicKey& key);

/// Reads the octets of p=. `type` is what k= says; a key of the other type is read all the same, as
/// the `type` of the result tells. Error of kind input, `where` empty: neither.
Expected<PublicKey> parse_public_key(KeyType type, std::string_view octets);

/// The octets for p=: SubjectPublicKeyInfo for RSA, raw for Ed25519.
std::string key_data(const PublicKey& key);

}  // namespace mailtrust::dkim
