#include "dkim/private_key.hpp"

#include <utility>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/limits.hpp"
#include "dkim/body_hash.hpp"
#include "dkim/openssl.hpp"

namespace mailtrust::dkim {

using namespace openssl;

namespace {

constexpr std::size_t kSeed = 32;

// OpenSSL asks on the terminal unless a callback answers: this one has no passphrase to give.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*user*/) {
  return 0;
}

bool is_encrypted(std::string_view content) {
  if (content.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos ||
      content.find("Proc-Type: 4,ENCRYPTED") != std::string_view::npos)
    return true;
  const auto* at = begin(content);
  std::unique_ptr<X509_SIG, Free<X509_SIG_free>> sealed(
      d2i_X509_SIG(nullptr, &at, static_cast<long>(content.size())));
  return sealed != nullptr;
}

// Base64 of the seed, as dkimpy keeps an Ed25519 key, or of the seed and its public half, as rspamd
// does.
Key read_seed(std::string_view content) {
  auto decoded = decode_base64(ascii::trim(content));
  std::string_view octets = decoded.octets;
  if (!decoded || (octets.size() != kSeed && octets.size() != 2 * kSeed)) return {};
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, begin(octets), kSeed));
  auto half = key ? describe(key.get(), Wrapping::raw) : Expected<PublicKey>();
  bool fits = half && key_data(*half).ends_with(octets.substr(kSeed));
  OPENSSL_cleanse(decoded.octets.data(), decoded.octets.size());
  return fits ? std::move(key) : Key();
}

Key read_private(std::string_view content) {
  if (content.find("-----BEGIN ") != std::string_view::npos) {
    Source source(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
    return Key(PEM_read_bio_PrivateKey(source.get(), nullptr, no_passphrase, nullptr));
  }
  if (auto key = read_seed(content)) return key;
  const auto* at = begin(content);
  return Key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(content.size())));
}

std::string why_unreadable(std::string_view content) {
  if (is_encrypted(content))
    return "the private key is encrypted; expected one without a passphrase "
           "(openssl pkey -in FILE -out PLAIN makes it)";
  if (content.find("-----BEGIN PUBLIC KEY-----") != std::string_view::npos)
    return "a public key; expected the private key";
  return "not a private key; expected RSA or Ed25519 in PEM or DER";
}

Expected<PublicKey> describe_public_half(EVP_PKEY* key) {
  bool rsa = EVP_PKEY_is_a(key, "RSA") == 1;
  return describe(key, rsa ? Wrapping::spki : Wrapping::raw);
}

}  // namespace

class PrivateKey::Impl {
 public:
  Impl(Key key, PublicKey half) : key_(std::move(key)), half_(std::move(half)) {}

  [[nodiscard]] EVP_PKEY* key() const { return key_.get(); }

  [[nodiscard]] const PublicKey& half() const { return half_; }

 private:
  Key key_;
  PublicKey half_;
};

PrivateKey::PrivateKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

Expected<PrivateKey> PrivateKey::parse(std::string_view file_content, std::string_view where) {
  prepare();
  if (file_content.size() > limits::kPrivateKey)
    return fail(Error::Kind::input, where, "larger than 64 KiB, so not a private key");
  auto key = read_private(file_content);
  ERR_clear_error();
  if (!key) return fail(Error::Kind::input, where, why_unreadable(file_content));
  auto half = describe_public_half(key.get());
  if (!half) return fail(Error::Kind::input, where, half.error().message);
  return PrivateKey(std::make_unique<Impl>(std::move(key), std::move(*half)));
}

Expected<PrivateKey> PrivateKey::generate(KeyType type, unsigned bits) {
  prepare();
  if (type == KeyType::rsa && (bits < limits::kRsaBitsLeast || bits > limits::kRsaBitsMost))
    return fail(Error::Kind::usage, "",
                std::to_string(bits) + " bits; expected " + std::to_string(limits::kRsaBitsLeast) +
                    " to " + std::to_string(limits::kRsaBitsMost));
  Key key(type == KeyType::rsa ? EVP_RSA_gen(bits)
                               : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  ERR_clear_error();
  if (!key) return fail(Error::Kind::temporary, "", "OpenSSL could not make a key");
  auto half = describe_public_half(key.get());
  if (!half) return fail(half.error());
  return PrivateKey(std::make_unique<Impl>(std::move(key), std::move(*half)));
}

const PublicKey& PrivateKey::public_half() const {
  return impl_->half();
}

std::string PrivateKey::pem() const {
  Source memory(BIO_new(BIO_s_secmem()));
  char* text = nullptr;
  if (PEM_write_bio_PrivateKey(memory.get(), impl_->key(), nullptr, nullptr, 0, nullptr, nullptr) !=
      1)
    return {};
  auto length = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

Expected<std::string> PrivateKey::sign(std::string_view octets) const {
  prepare();
  bool rsa = impl_->half().type == KeyType::rsa;
  // RFC 8463 section 3: Ed25519 signs the SHA-256 of the octets, and hashes that its own way.
  auto input = rsa ? std::string() : hash(Hash::sha256, octets);
  auto message = rsa ? octets : std::string_view(input);
  Digest digest(EVP_MD_CTX_new());
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(impl_->key())), '\0');
  auto length = signature.size();
  bool made = digest &&
              EVP_DigestSignInit(digest.get(), nullptr, rsa ? EVP_sha256() : nullptr, nullptr,
                                 impl_->key()) == 1 &&
              EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()),
                             &length, begin(message), message.size()) == 1;
  ERR_clear_error();
  if (!made) return fail(Error::Kind::input, "", "the private key cannot sign");
  signature.resize(length);
  return signature;
}

}  // namespace mailtrust::dkim
