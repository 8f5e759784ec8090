#include "dkim/public_key.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "base/base64.hpp"
#include "key_pairs.hpp"

using namespace mailtrust;
using dkim::KeyType;
using dkim::Wrapping;

TEST_CASE("public keys are read in every wrapping, and told apart") {
  for (unsigned bits : {512U, 1024U, 2048U}) {
    auto key = test::make_rsa(bits);
    auto spki = dkim::parse_public_key(KeyType::rsa, key.spki);
    REQUIRE(spki);
    CHECK(spki->type == KeyType::rsa);
    CHECK(spki->wrapping == Wrapping::spki);
    CHECK(spki->bits == bits);
    CHECK(spki->exponent == "65537");
    CHECK(dkim::is_good_exponent(*spki));
    CHECK(spki->small_factor == 0);
    CHECK(!spki->modulus_is_square);
    CHECK(dkim::key_data(*spki) == key.spki);

    auto bare = dkim::parse_public_key(KeyType::rsa, key.bare);
    REQUIRE(bare);
    CHECK(bare->wrapping == Wrapping::pkcs1);
    CHECK(bare->bits == bits);
    CHECK(bare->identity == spki->identity);
  }
  auto ed = test::make_ed25519();
  auto raw = dkim::parse_public_key(KeyType::ed25519, ed.bare);
  auto wrapped = dkim::parse_public_key(KeyType::ed25519, ed.spki);
  REQUIRE(raw);
  REQUIRE(wrapped);
  CHECK(raw->wrapping == Wrapping::raw);
  CHECK(wrapped->wrapping == Wrapping::spki);
  CHECK(raw->identity == wrapped->identity);
  CHECK(raw->bits == 256);
  CHECK(dkim::key_data(*wrapped) == ed.bare);
}

TEST_CASE("weak moduli and exponents are seen") {
  using namespace std::string_literals;
  auto describe = [](const std::string& n, const std::string& e) {
    return dkim::parse_public_key(KeyType::rsa, test::rsa_public_der(n, e));
  };
  std::string odd(128, '\xff');
  auto even = odd;
  even.back() = '\xfe';
  CHECK(describe(even, "\x01\x00\x01"s)->small_factor == 2);
  CHECK(describe(odd, "\x01\x00\x01"s)->small_factor == 3);
  CHECK(dkim::is_good_exponent(*describe(odd, "\x03"s)));
  CHECK(!dkim::is_good_exponent(*describe(odd, "\x01"s)));
  CHECK(!dkim::is_good_exponent(*describe(odd, "\x04"s)));
  CHECK(dkim::is_good_exponent(*describe(odd, "\xff\xff\xff\xff"s)));
  CHECK(!dkim::is_good_exponent(*describe(odd, "\x01\x00\x00\x00\x01"s)));
  auto huge = describe(odd, std::string(9, '\x7f'));
  REQUIRE(huge);
  CHECK(huge->exponent.empty());
  CHECK(!dkim::is_good_exponent(*huge));
  CHECK(describe(test::square_of_prime(512), "\x01\x00\x01"s)->modulus_is_square);
}

TEST_CASE("what is no key is an error, whatever it is") {
  CHECK(dkim::parse_public_key(KeyType::rsa, "").error().message ==
        "0 octets that are no RSA key; expected a SubjectPublicKeyInfo in DER");
  CHECK(dkim::parse_public_key(KeyType::ed25519, "abc").error().message ==
        "3 octets that are no Ed25519 key; expected the 32 octets of one");
  auto key = test::make_rsa(1024);
  CHECK(!dkim::parse_public_key(KeyType::rsa, key.spki + 'x'));
  CHECK(!dkim::parse_public_key(KeyType::rsa, test::make_ec().spki));

  std::mt19937 random(4711);
  for (int round = 0; round < 3000; ++round) {
    auto damaged = round % 2 == 0 ? key.spki : key.bare;
    for (int i = 0; i < 3; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
    if (round % 5 == 0) damaged.resize(random() % damaged.size());
    auto parsed = dkim::parse_public_key(KeyType::rsa, damaged);
    if (parsed) CHECK(parsed->bits <= damaged.size() * 8);
  }
}
