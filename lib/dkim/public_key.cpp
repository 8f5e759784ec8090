#include "dkim/public_key.hpp"

#include <algorithm>
#include <array>
#include <climits>
#include <memory>
#include <mutex>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/limits.hpp"

namespace mailtrust::dkim {
namespace {

template <auto free>
struct Free {
  template <typename T>
  void operator()(T* object) const {
    free(object);
  }
};

using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Scratch = std::unique_ptr<BN_CTX, Free<BN_CTX_free>>;
using Source = std::unique_ptr<BIO, Free<BIO_free>>;

constexpr std::size_t kEd25519Octets = 32;

// The library reads no configuration file on our behalf, and its error queue never grows.
void prepare() {
  static std::once_flag once;
  std::call_once(once, [] { OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr); });
  ERR_clear_error();
}

const unsigned char* begin(std::string_view octets) {
  return reinterpret_cast<const unsigned char*>(octets.data());
}

Number parameter(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key, name, &number);
  return Number(number);
}

constexpr auto kSmallPrimes = [] {
  std::array<unsigned, 1000> primes{2};
  std::size_t count = 1;
  for (unsigned candidate = 3; count < primes.size(); candidate += 2) {
    bool prime = true;
    for (std::size_t i = 1; i < count && primes.at(i) * primes.at(i) <= candidate; ++i)
      prime = prime && candidate % primes.at(i) != 0;
    if (prime) primes.at(count++) = candidate;
  }
  return primes;
}();

// A modulus damaged in transit (a character lost, octets swapped) nearly always has a small factor,
// a real one never.
unsigned find_small_factor(const BIGNUM* modulus) {
  auto divides = [&](unsigned prime) { return BN_mod_word(modulus, prime) == 0; };
  auto found = std::ranges::find_if(kSmallPrimes, divides);
  return found == kSmallPrimes.end() ? 0 : *found;
}

// Newton's method from above; the root is exact when its square is the number.
bool is_square(const BIGNUM* number) {
  Scratch scratch(BN_CTX_new());
  Number root(BN_new()), next(BN_new()), square(BN_new());
  if (!scratch || !root || !next || !square) return false;
  BN_set_bit(root.get(), (BN_num_bits(number) + 1) / 2);
  while (true) {
    if (BN_div(next.get(), nullptr, number, root.get(), scratch.get()) != 1) return false;
    BN_add(next.get(), next.get(), root.get());
    BN_rshift1(next.get(), next.get());
    if (BN_cmp(next.get(), root.get()) >= 0) break;
    root.swap(next);
  }
  BN_sqr(square.get(), root.get(), scratch.get());
  return BN_cmp(square.get(), number) == 0;
}

std::string der_of(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  int length = i2d_PUBKEY(key, &der);
  if (length <= 0) return {};
  std::string octets(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return octets;
}

std::optional<std::uint64_t> small_value(const BIGNUM* number) {
  if (BN_num_bits(number) > 64 || BN_is_negative(number)) return std::nullopt;
  return BN_get_word(number);
}

Expected<PublicKey> describe_rsa(EVP_PKEY* key, Wrapping wrapping) {
  auto modulus = parameter(key, OSSL_PKEY_PARAM_RSA_N);
  auto exponent = parameter(key, OSSL_PKEY_PARAM_RSA_E);
  if (!modulus || !exponent || BN_is_zero(modulus.get()) || BN_is_negative(modulus.get()))
    return fail(Error::Kind::input, "", "an RSA key without a modulus");

  PublicKey described;
  described.type = KeyType::rsa;
  described.wrapping = wrapping;
  described.bits = static_cast<unsigned>(BN_num_bits(modulus.get()));
  described.exponent_value = small_value(exponent.get());
  if (described.exponent_value) described.exponent = std::to_string(*described.exponent_value);
  described.small_factor = find_small_factor(modulus.get());
  // Larger ones are refused for their size, and the root would take long.
  bool usual_size = described.bits <= limits::kRsaBitsMost;
  described.modulus_is_square = usual_size && is_square(modulus.get());
  described.identity = der_of(key);
  return described;
}

Expected<PublicKey> describe_ed25519(EVP_PKEY* key, Wrapping wrapping) {
  PublicKey described;
  described.type = KeyType::ed25519;
  described.wrapping = wrapping;
  described.bits = 256;
  described.identity = der_of(key);
  return described;
}

Expected<PublicKey> describe(EVP_PKEY* key, Wrapping wrapping) {
  if (EVP_PKEY_is_a(key, "RSA")) return describe_rsa(key, wrapping);
  if (EVP_PKEY_is_a(key, "ED25519")) return describe_ed25519(key, wrapping);
  const char* name = EVP_PKEY_get0_type_name(key);
  return fail(Error::Kind::input, "",
              "a key of the type " + std::string(name == nullptr ? "?" : name) +
                  "; expected RSA or Ed25519");
}

// A parser that reads DER must use up all of it: octets after the key are damage.
template <typename Parse>
Key parse_whole(std::string_view octets, Parse parse) {
  if (octets.size() > INT_MAX) return {};
  const auto* at = begin(octets);
  Key key(parse(&at, static_cast<long>(octets.size())));
  if (at != begin(octets) + octets.size()) return {};
  return key;
}

Key parse_spki(std::string_view octets) {
  return parse_whole(octets, [](const unsigned char** at, long length) {
    return d2i_PUBKEY(nullptr, at, length);
  });
}

Key parse_pkcs1(std::string_view octets) {
  return parse_whole(octets, [](const unsigned char** at, long length) {
    return d2i_PublicKey(EVP_PKEY_RSA, nullptr, at, length);
  });
}

Key parse_raw(std::string_view octets) {
  if (octets.size() != kEd25519Octets) return {};
  return Key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, begin(octets), octets.size()));
}

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

Key read_private(std::string_view content) {
  if (content.find("-----BEGIN ") != std::string_view::npos) {
    Source source(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
    return Key(PEM_read_bio_PrivateKey(source.get(), nullptr, no_passphrase, nullptr));
  }
  const auto* at = begin(content);
  return Key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(content.size())));
}

}  // namespace

std::string_view to_string(KeyType type) {
  return type == KeyType::rsa ? "rsa" : "ed25519";
}

bool is_good_exponent(const PublicKey& key) {
  if (key.type != KeyType::rsa) return true;
  if (!key.exponent_value) return false;
  auto value = *key.exponent_value;
  return value % 2 == 1 && value >= 3 && value <= (std::uint64_t{1} << 32);
}

Expected<PublicKey> parse_public_key(KeyType type, std::string_view octets) {
  prepare();
  if (auto key = parse_spki(octets)) return describe(key.get(), Wrapping::spki);
  if (auto key = parse_pkcs1(octets)) return describe(key.get(), Wrapping::pkcs1);
  if (auto key = parse_raw(octets)) return describe(key.get(), Wrapping::raw);
  ERR_clear_error();
  if (type == KeyType::ed25519)
    return fail(Error::Kind::input, "",
                std::to_string(octets.size()) +
                    " octets that are no Ed25519 key; expected the 32 octets of one");
  return fail(Error::Kind::input, "",
              std::to_string(octets.size()) +
                  " octets that are no RSA key; expected a SubjectPublicKeyInfo in DER");
}

Expected<PublicKey> public_half(std::string_view file_content, std::string_view where) {
  prepare();
  if (file_content.size() > limits::kPrivateKey)
    return fail(Error::Kind::input, where, "larger than 64 KiB, so not a private key");
  auto key = read_private(file_content);
  ERR_clear_error();
  if (!key && is_encrypted(file_content))
    return fail(Error::Kind::input, where,
                "the private key is encrypted; expected one without a passphrase "
                "(openssl pkey -in FILE -out PLAIN makes it)");
  if (!key && file_content.find("-----BEGIN PUBLIC KEY-----") != std::string_view::npos)
    return fail(Error::Kind::input, where, "a public key; expected the private key");
  if (!key)
    return fail(Error::Kind::input, where,
                "not a private key; expected RSA or Ed25519 in PEM or DER");
  bool rsa = EVP_PKEY_is_a(key.get(), "RSA") == 1;
  auto described = describe(key.get(), rsa ? Wrapping::spki : Wrapping::raw);
  if (!described) return fail(Error::Kind::input, where, described.error().message);
  return described;
}

std::string key_data(const PublicKey& key) {
  // SubjectPublicKeyInfo of Ed25519 ends in the raw key (RFC 8410 section 4).
  if (key.type == KeyType::rsa) return key.identity;
  return key.identity.substr(key.identity.size() - std::min(key.identity.size(), kEd25519Octets));
}

}  // namespace mailtrust::dkim
