#include "dkim/public_key.hpp"

#include <algorithm>
#include <array>
#include <climits>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

#include <openssl/core_names.h>
#include <openssl/x509.h>

#include "base/crypto_memory.hpp"
#include "base/limits.hpp"
#include "dkim/openssl.hpp"

namespace mailtrust::dkim {

using namespace openssl;

namespace {

constexpr std::size_t kEd25519Octets = 32;

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

// Products of several primes each, as many as fit a word: a modulus is divided once for all of
// them.
struct Product {
  BN_ULONG value = 1;
  std::size_t first = 0;  // of kSmallPrimes
};

const std::vector<Product>& prime_products() {
  static const auto kept = [] {
    std::vector<Product> products(1);
    for (std::size_t i = 0; i < kSmallPrimes.size(); ++i) {
      if (products.back().value > std::numeric_limits<BN_ULONG>::max() / kSmallPrimes.at(i))
        products.push_back({1, i});
      products.back().value *= kSmallPrimes.at(i);
    }
    return products;
  }();
  return kept;
}

// A modulus damaged in transit (a character lost, octets swapped) nearly always has a small factor,
// a real one never.
unsigned find_small_factor(const BIGNUM* modulus) {
  for (const auto& product : prime_products()) {
    auto rest = BN_mod_word(modulus, product.value);
    if (std::gcd(rest, product.value) == 1) continue;
    auto divides = [&](unsigned prime) { return rest % prime == 0; };
    return *std::ranges::find_if(std::span(kSmallPrimes).subspan(product.first), divides);
  }
  return 0;
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
  // Larger ones are refused for their size, and looking would take long.
  if (described.bits <= limits::kRsaBitsMost) {
    described.small_factor = find_small_factor(modulus.get());
    described.modulus_is_square = is_square(modulus.get());
  }
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

Expected<PublicKey> kept(Key key, Wrapping wrapping) {
  auto described = describe(key.get(), wrapping);
  if (described) described->handle = std::shared_ptr<EVP_PKEY>(std::move(key));
  return described;
}

// Nothing when it is a key in no form.
std::optional<Expected<PublicKey>> parse_in_any_form(std::string_view octets) {
  if (auto key = parse_spki(octets)) return kept(std::move(key), Wrapping::spki);
  if (auto key = parse_pkcs1(octets)) return kept(std::move(key), Wrapping::pkcs1);
  if (auto key = parse_raw(octets)) return kept(std::move(key), Wrapping::raw);
  return std::nullopt;
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
  auto parsed = parse_in_any_form(octets);
  check_crypto_memory();
  if (parsed) return *std::move(parsed);
  if (type == KeyType::ed25519)
    return fail(Error::Kind::input, "",
                std::to_string(octets.size()) +
                    " octets that are no Ed25519 key; expected the 32 octets of one");
  return fail(Error::Kind::input, "",
              std::to_string(octets.size()) +
                  " octets that are no RSA key; expected a SubjectPublicKeyInfo in DER");
}

Expected<PublicKey> openssl::describe(EVP_PKEY* key, Wrapping wrapping) {
  if (EVP_PKEY_is_a(key, "RSA")) return describe_rsa(key, wrapping);
  if (EVP_PKEY_is_a(key, "ED25519")) return describe_ed25519(key, wrapping);
  const char* name = EVP_PKEY_get0_type_name(key);
  return fail(Error::Kind::input, "",
              "a key of the type " + std::string(name == nullptr ? "?" : name) +
                  "; expected RSA or Ed25519");
}

std::string key_data(const PublicKey& key) {
  // SubjectPublicKeyInfo of Ed25519 ends in the raw key (RFC 8410 section 4).
  if (key.type == KeyType::rsa) return key.identity;
  return key.identity.substr(key.identity.size() - std::min(key.identity.size(), kEd25519Octets));
}

}  // namespace mailtrust::dkim
