#include "dkim/verify_key.hpp"

#include <memory>
#include <unordered_map>

#include <openssl/rsa.h>

#include "base/crypto_memory.hpp"
#include "base/limits.hpp"
#include "base/of_thread.hpp"
#include "dkim/openssl.hpp"
#include "dkim/running_hash.hpp"

namespace mailtrust::dkim {
namespace {

using namespace openssl;

using Operation = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;

// RFC 8017 section 8.2.2: EVP encodes what the signature must hold and compares all of it, so that
// no octet of the padding is left to a forger.
Operation rsa_operation(EVP_PKEY* key, Algorithm algorithm) {
  Operation operation(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  const auto* method = hash_of(algorithm) == Hash::sha1 ? EVP_sha1() : EVP_sha256();
  bool ready = operation && EVP_PKEY_verify_init(operation.get()) == 1 &&
               EVP_PKEY_CTX_set_rsa_padding(operation.get(), RSA_PKCS1_PADDING) == 1 &&
               EVP_PKEY_CTX_set_signature_md(operation.get(), method) == 1;
  return ready ? std::move(operation) : nullptr;
}

// What makes the next signature by the same key cheap. One thread's; a key is known by its address,
// which stays its own while the operation holds it.
class Operations {
 public:
  EVP_PKEY_CTX* get(EVP_PKEY* key, Algorithm algorithm) {
    auto& kept = algorithm == Algorithm::rsa_sha1 ? sha1_ : sha256_;
    if (auto found = kept.find(key); found != kept.end()) return found->second.get();
    if (kept.size() >= kMost) kept.clear();
    return kept.emplace(key, rsa_operation(key, algorithm)).first->second.get();
  }

 private:
  static constexpr std::size_t kMost = 256;

  using Kept = std::unordered_map<const EVP_PKEY*, Operation>;

  Kept sha1_;
  Kept sha256_;
};

bool verify_rsa(EVP_PKEY* key, Algorithm algorithm, std::string_view digest,
                std::string_view signature) {
  auto& operations = of_thread<Operations, Operations>();
  auto* operation = operations.get(key, algorithm);
  return operation != nullptr && EVP_PKEY_verify(operation, begin(signature), signature.size(),
                                                 begin(digest), digest.size()) == 1;
}

// RFC 8463 section 3: PureEdDSA over the digest.
bool verify_ed25519(EVP_PKEY* key, std::string_view digest, std::string_view signature) {
  Digest context(EVP_MD_CTX_new());
  return context &&
         EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, key, nullptr) ==
             1 &&
         EVP_DigestVerify(context.get(), begin(signature), signature.size(), begin(digest),
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
  prepare();
  auto object = object_of(key);
  auto digest = hash(hash_of(algorithm), octets);
  bool good = object && (algorithm == Algorithm::ed25519_sha256
                             ? verify_ed25519(object.get(), digest, signature)
                             : verify_rsa(object.get(), algorithm, digest, signature));
  check_crypto_memory();
  return good;
}

}  // namespace mailtrust::dkim
