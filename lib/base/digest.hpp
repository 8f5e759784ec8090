#pragma once
// Hashes and keyed hashes of octets that are all there. FIPS 180-4, RFC 2104. With dkim/openssl.hpp
// the only place that calls libcrypto.

#include <cstdint>
#include <string>
#include <string_view>

namespace mailtrust {

enum class Digest : std::uint8_t { sha1, sha224, sha256, sha384, sha512 };

/// 20 to 64 octets; empty where libcrypto refuses the algorithm.
std::string hash(Digest digest, std::string_view octets);

/// HMAC; as long as the hash, empty where libcrypto refuses.
std::string keyed_hash(Digest digest, std::string_view key, std::string_view octets);

/// In a time that does not tell where they differ.
bool same_octets(std::string_view a, std::string_view b);

/// From the system's generator; empty when it gives none.
std::string random_octets(std::size_t count);

/// Two lower-case digits an octet.
std::string to_hex(std::string_view octets);

}  // namespace mailtrust
