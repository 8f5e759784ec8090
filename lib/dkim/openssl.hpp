#pragma once
// OpenSSL's objects, owned. For the sources of this module that hold keys; no header includes it.

#include <memory>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>

#include "base/expected.hpp"
#include "dkim/public_key.hpp"

namespace mailtrust::dkim::openssl {

template <auto free>
struct Free {
  template <typename T>
  void operator()(T* object) const {
    free(object);
  }
};

using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Scratch = std::unique_ptr<BN_CTX, Free<BN_CTX_free>>;
using Source = std::unique_ptr<BIO, Free<BIO_free>>;

/// Before the first call of the library: it reads no configuration file on our behalf, and its
/// error queue never grows.
void prepare();

inline const unsigned char* begin(std::string_view octets) {
  return reinterpret_cast<const unsigned char*>(octets.data());
}

/// The key object that came with parsing, or one made now for a key that was described only; null
/// when there is no memory.
std::shared_ptr<EVP_PKEY> object_of(const PublicKey& key);

/// The public half of a key object. Error of kind input, `where` empty: neither RSA nor Ed25519.
Expected<PublicKey> describe(EVP_PKEY* key, Wrapping wrapping);

}  // namespace mailtrust::dkim::openssl
