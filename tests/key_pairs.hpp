#pragma once
// Keys for tests, made when the test runs and kept nowhere.

#include <string>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace mailtrust::test {
struct KeyPair {
  std::string pem;            // private, PKCS#8
  std::string der;            // private, DER
  std::string encrypted_pem;  // private, with a passphrase
  std::string encrypted_der;
  std::string public_pem;
  std::string spki;  // public, SubjectPublicKeyInfo
  std::string bare;  // public, PKCS#1 or raw
};

namespace key_pairs {

template <typename Write>
inline std::string written(Write write) {
  BIO* bio = BIO_new(BIO_s_mem());
  write(bio);
  char* data = nullptr;
  auto length = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<std::size_t>(length));
  BIO_free(bio);
  return text;
}

inline KeyPair export_all(EVP_PKEY* key) {
  char passphrase[] = "secret";
  KeyPair pair;
  pair.pem = written(
      [&](BIO* out) { PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr); });
  pair.der = written([&](BIO* out) { i2d_PrivateKey_bio(out, key); });
  pair.encrypted_pem = written([&](BIO* out) {
    PEM_write_bio_PKCS8PrivateKey(out, key, EVP_aes_128_cbc(), passphrase, 6, nullptr, nullptr);
  });
  pair.encrypted_der = written([&](BIO* out) {
    i2d_PKCS8PrivateKey_bio(out, key, EVP_aes_128_cbc(), passphrase, 6, nullptr, nullptr);
  });
  pair.public_pem = written([&](BIO* out) { PEM_write_bio_PUBKEY(out, key); });
  pair.spki = written([&](BIO* out) { i2d_PUBKEY_bio(out, key); });
  return pair;
}

inline std::string der_length(std::size_t length) {
  if (length < 128) return {static_cast<char>(length)};
  return {'\x82', static_cast<char>(length >> 8), static_cast<char>(length & 0xff)};
}

inline std::string der(char tag, const std::string& content) {
  return tag + der_length(content.size()) + content;
}

inline std::string der_integer(std::string octets) {
  if ((octets.at(0) & '\x80') != 0) octets.insert(octets.begin(), '\0');
  return der('\x02', octets);
}

}  // namespace key_pairs

inline KeyPair make_rsa(unsigned bits) {
  EVP_PKEY* key = EVP_RSA_gen(bits);
  auto pair = key_pairs::export_all(key);
  BIGNUM *n = nullptr, *e = nullptr;
  EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n);
  EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e);
  auto octets = [](const BIGNUM* number) {
    std::string text(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
    BN_bn2bin(number, reinterpret_cast<unsigned char*>(text.data()));
    return text;
  };
  pair.bare =
      key_pairs::der('\x30', key_pairs::der_integer(octets(n)) + key_pairs::der_integer(octets(e)));
  BN_free(n);
  BN_free(e);
  EVP_PKEY_free(key);
  return pair;
}

inline KeyPair make_ed25519() {
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  auto pair = key_pairs::export_all(key);
  pair.bare = pair.spki.substr(pair.spki.size() - 32);
  EVP_PKEY_free(key);
  return pair;
}

inline KeyPair make_ec() {
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
  auto pair = key_pairs::export_all(key);
  EVP_PKEY_free(key);
  return pair;
}

/// SubjectPublicKeyInfo around any modulus and exponent (big-endian octets), however bad.
inline std::string rsa_public_der(const std::string& modulus, const std::string& exponent) {
  const std::string algorithm("\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00", 15);
  auto bare =
      key_pairs::der('\x30', key_pairs::der_integer(modulus) + key_pairs::der_integer(exponent));
  return key_pairs::der('\x30', algorithm + key_pairs::der('\x03', std::string(1, '\0') + bare));
}

/// p * p for a prime of `bits` bits.
inline std::string square_of_prime(int bits) {
  BN_CTX* scratch = BN_CTX_new();
  BIGNUM* prime = BN_new();
  BN_generate_prime_ex(prime, bits, 0, nullptr, nullptr, nullptr);
  BN_sqr(prime, prime, scratch);
  std::string octets(static_cast<std::size_t>(BN_num_bytes(prime)), '\0');
  BN_bn2bin(prime, reinterpret_cast<unsigned char*>(octets.data()));
  BN_free(prime);
  BN_CTX_free(scratch);
  return octets;
}

}  // namespace mailtrust::test
