#include "dns/tsig_mac.hpp"

#include <array>
#include <mutex>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

namespace mailtrust::dns {
namespace {

constexpr std::array<const char*, 5> kDigests = {"SHA1", "SHA224", "SHA256", "SHA384", "SHA512"};

// The library reads no configuration file on our behalf.
void prepare() {
  static std::once_flag once;
  std::call_once(once, [] { OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr); });
}

const unsigned char* begin(std::string_view octets) {
  return reinterpret_cast<const unsigned char*>(octets.data());
}

}  // namespace

std::string tsig_mac(const TsigKey& key, std::string_view octets) {
  prepare();
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  std::size_t size = 0;
  const char* digest = kDigests.at(static_cast<std::size_t>(key.algorithm));
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, digest, nullptr, key.secret.data(), key.secret.size(),
                begin(octets), octets.size(), mac.data(), mac.size(), &size) == nullptr) {
    ERR_clear_error();
    return {};
  }
  return {mac.begin(), mac.begin() + static_cast<std::ptrdiff_t>(size)};
}

bool same_mac(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace mailtrust::dns
