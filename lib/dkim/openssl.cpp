#include "dkim/openssl.hpp"

#include <openssl/err.h>
#include <openssl/x509.h>

#include "base/crypto_memory.hpp"

namespace mailtrust::dkim::openssl {

void prepare() {
  prepare_crypto();
  ERR_clear_error();
}

std::shared_ptr<EVP_PKEY> object_of(const PublicKey& key) {
  if (key.handle) return key.handle;
  const auto* at = begin(std::string_view(key.identity));
  return Key(d2i_PUBKEY(nullptr, &at, static_cast<long>(key.identity.size())));
}

}  // namespace mailtrust::dkim::openssl
