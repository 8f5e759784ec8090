#include "dkim/openssl.hpp"

#include <mutex>

#include <openssl/crypto.h>
#include <openssl/err.h>

namespace mailtrust::dkim::openssl {

void prepare() {
  static std::once_flag once;
  std::call_once(once, [] { OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr); });
  ERR_clear_error();
}

}  // namespace mailtrust::dkim::openssl
