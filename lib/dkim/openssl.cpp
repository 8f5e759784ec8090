#include "dkim/openssl.hpp"

#include <mutex>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/x509.h>

namespace mailtrust::dkim::openssl {

void prepare() {
  static std::once_flag once;
  std::call_once(once, [] { OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr); });
  ERR_clear_error();
}

std::shared_ptr<EVP_PKEY> object_of(const PublicKey& key) {
  if (key.handle) return key.handle;
  const auto* at = begin(std::string_view(key.identity));
  return Key(d2i_PUBKEY(nullptr, &at, static_cast<long>(key.identity.size())));
}

}  // namespace mailtrust::dkim::openssl
