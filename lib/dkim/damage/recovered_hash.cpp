#include "dkim/damage/recovered_hash.hpp"

#include <memory>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "base/limits.hpp"
#include "dkim/openssl.hpp"

namespace mailtrust::dkim::damage {
namespace {

using Context = std::unique_ptr<EVP_PKEY_CTX, openssl::Free<EVP_PKEY_CTX_free>>;

}  // namespace

std::optional<std::string> recovered_hash(const PublicKey& key, Algorithm algorithm,
                                          std::string_view signature) {
  if (key.type != KeyType::rsa || key.bits > limits::kRsaBitsMost || !is_good_exponent(key))
    return std::nullopt;
  openssl::prepare();
  auto object = openssl::object_of(key);
  Context context(object ? EVP_PKEY_CTX_new_from_pkey(nullptr, object.get(), nullptr) : nullptr);
  const auto* method = hash_of(algorithm) == Hash::sha1 ? EVP_sha1() : EVP_sha256();
  std::string digest(key.bits / 8 + 1, '\0');
  auto size = digest.size();
  bool good =
      context && EVP_PKEY_verify_recover_init(context.get()) == 1 &&
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
      EVP_PKEY_CTX_set_signature_md(context.get(), method) == 1 &&
      EVP_PKEY_verify_recover(context.get(), reinterpret_cast<unsigned char*>(digest.data()), &size,
                              openssl::begin(signature), signature.size()) == 1;
  ERR_clear_error();
  if (!good) return std::nullopt;
  digest.resize(size);
  return digest;
}

}  // namespace mailtrust::dkim::damage
