#include "dkim/verify_key.hpp"

#include <memory>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/limits.hpp"
#include "dkim/body_hash.hpp"

namespace mailtrust::dkim {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }

  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }

  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

const unsigned char* octets_of(std::string_view octets) {
  return reinterpret_cast<const unsigned char*>(octets.data());
}

std::unique_ptr<EVP_PKEY, Free> read(const PublicKey& key) {
  const auto* at = octets_of(key.identity);
  return std::unique_ptr<EVP_PKEY, Free>(
      d2i_PUBKEY(nullptr, &at, static_cast<long>(key.identity.size())));
}

// RFC 8017 section 8.2.2: EVP encodes what the signature must hold and compares all of it, so that
// no octet of the padding is left to a forger.
bool verify_rsa(EVP_PKEY* key, Hash hash_kind, std::string_view digest,
                std::string_view signature) {
  std::unique_ptr<EVP_PKEY_CTX, Free> context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  const auto* method = hash_kind == Hash::sha1 ? EVP_sha1() : EVP_sha256();
  return context && EVP_PKEY_verify_init(context.get()) == 1 &&
         EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
         EVP_PKEY_CTX_set_signature_md(context.get(), method) == 1 &&
         EVP_PKEY_verify(context.get(), octets_of(signature), signature.size(), octets_of(digest),
                         digest.size()) == 1;
}

// RFC 8463 section 3: PureEdDSA over the digest.
bool verify_ed25519(EVP_PKEY* key, std::string_view digest, std::string_view signature) {
  std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  return context &&
         EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, key, nullptr) ==
             1 &&
         EVP_DigestVerify(context.get(), octets_of(signature), signature.size(), octets_of(digest),
                          digest.size()) == 1;
}

bool is_usable(const PublicKey& key, Algorithm algorithm) {
  if (algorithm == Algorithm::ed25519_sha256) return key.type == KeyType::ed25519;
  return key.type == KeyType::rsa && key.bits >= limits::kRsaBitsLeast / 2 &&
         key.bits <= limits::kRsaBitsMost && is_good_exponent(key);
}

}  // namespace

bool verify(const PublicKey& key, Algorithm algorithm, std::string_view octets,
            std::string_view signature) {
  if (!is_usable(key, algorithm)) return false;
  auto object = read(key);
  auto digest = hash(hash_of(algorithm), octets);
  bool good = object && (algorithm == Algorithm::ed25519_sha256
                             ? verify_ed25519(object.get(), digest, signature)
                             : verify_rsa(object.get(), hash_of(algorithm), digest, signature));
  ERR_clear_error();
  return good;
}

}  // namespace mailtrust::dkim
