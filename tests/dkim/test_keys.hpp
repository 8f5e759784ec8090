#pragma once
// Keys for tests, made when the test runs and kept nowhere.

#include <string>

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

KeyPair make_rsa(unsigned bits);
KeyPair make_ed25519();
KeyPair make_ec();

/// SubjectPublicKeyInfo around any modulus and exponent (big-endian octets), however bad.
std::string rsa_public_der(const std::string& modulus, const std::string& exponent);

/// p * p for a prime of `bits` bits.
std::string square_of_prime(int bits);

}  // namespace mailtrust::test
