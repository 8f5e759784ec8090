#pragma once
// Does a signature belong to a key and octets? OpenSSL's EVP behind it, key objects kept by their
// text. RFC 8017 section 8.2.2 (RSASSA-PKCS1-v1_5), RFC 8463 section 3, RFC 8301.

#include <string_view>

#include "dkim/public_key.hpp"
#include "dkim/signature.hpp"

namespace mailtrust::dkim {

/// True when `signature` was made over `octets` by the private half of `key`. For Ed25519 what is
/// signed is the SHA-256 of the octets. False also for a key of the wrong type, and for RSA keys
/// outside limits::kRsaBitsLeast/2 (512) to kRsaBitsMost or with an exponent that is not good.
/// Thread-safe.
bool verify(const PublicKey& key, Algorithm algorithm, std::string_view octets,
            std::string_view signature);

}  // namespace mailtrust::dkim
