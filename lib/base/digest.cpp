#include "base/digest.hpp"

#include <array>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "base/crypto_memory.hpp"

namespace mailtrust {
namespace {

constexpr std::array<const char*, 5> kDigests = {"SHA1", "SHA224", "SHA256", "SHA384", "SHA512"};

const char* name_of(Digest digest) {
  return kDigests.at(static_cast<std::size_t>(digest));
}

const unsigned char* begin(std::string_view octets) {
  return reinterpret_cast<const unsigned char*>(octets.data());
}

using Room = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string taken(const Room& room, std::size_t size) {
  return {room.begin(), room.begin() + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace

std::string hash(Digest digest, std::string_view octets) {
  prepare_crypto();
  Room room{};
  std::size_t size = 0;
  if (EVP_Q_digest(nullptr, name_of(digest), nullptr, octets.data(), octets.size(), room.data(),
                   &size) == 1)
    return taken(room, size);
  check_crypto_memory();
  return {};
}

std::string keyed_hash(Digest digest, std::string_view key, std::string_view octets) {
  prepare_crypto();
  Room room{};
  std::size_t size = 0;
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, name_of(digest), nullptr, key.data(), key.size(),
                begin(octets), octets.size(), room.data(), room.size(), &size) != nullptr)
    return taken(room, size);
  check_crypto_memory();
  return {};
}

bool same_octets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_octets(std::size_t count) {
  prepare_crypto();
  std::string out(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) == 1)
    return out;
  check_crypto_memory();
  return {};
}

std::string to_hex(std::string_view octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(octets.size() * 2);
  for (char c : octets) {
    auto octet = static_cast<unsigned char>(c);
    out += kDigits[octet >> 4U];
    out += kDigits[octet & 15U];
  }
  return out;
}

}  // namespace mailtrust
