#include "dkim/private_key.hpp"

#include <catch2/catch.hpp>

#include "base/base64.hpp"
#include "base/limits.hpp"
#include "dkim/key_fitness.hpp"
#include "dkim/verify_key.hpp"
#include "key_pairs.hpp"

using namespace mailtrust;
using dkim::KeyType;

namespace {

Expected<dkim::PublicKey> half_of(std::string_view content, std::string_view where) {
  auto key = dkim::PrivateKey::parse(content, where);
  if (!key) return fail(key.error());
  return key->public_half();
}

}  // namespace

TEST_CASE("the public half of a private key is the published key") {
  auto rsa = test::make_rsa(1024);
  auto ed = test::make_ed25519();
  auto published = dkim::parse_public_key(KeyType::rsa, rsa.spki);
  CHECK(half_of(rsa.pem, "k.pem")->identity == published->identity);
  CHECK(half_of(rsa.der, "k.der")->identity == published->identity);
  CHECK(half_of("some text first\n" + rsa.pem, "k.pem")->identity == published->identity);
  CHECK(dkim::key_data(*half_of(ed.pem, "k.pem")) == ed.bare);
  CHECK(half_of(ed.der, "k.der")->type == KeyType::ed25519);
}

TEST_CASE("a private key that cannot be used is told, and nobody is asked for a passphrase") {
  auto rsa = test::make_rsa(1024);
  auto encrypted = half_of(rsa.encrypted_pem, "k.pem");
  REQUIRE(!encrypted);
  CHECK(encrypted.error().where == "k.pem");
  CHECK(encrypted.error().message.find("is encrypted") != std::string::npos);
  CHECK(half_of(rsa.encrypted_der, "k").error().message.find("is encrypted") != std::string::npos);
  CHECK(half_of(rsa.public_pem, "k").error().message == "a public key; expected the private key");
  CHECK(half_of("", "k").error().message ==
        "not a private key; expected RSA or Ed25519 in PEM or DER");
  CHECK(!half_of("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "k"));
  CHECK(!half_of(std::string(70000, 'a'), "k"));
  CHECK(half_of(test::make_ec().pem, "k").error().message ==
        "a key of the type EC; expected RSA or Ed25519");
}

TEST_CASE("Ed25519 keys are read as dkimpy and rspamd keep them") {
  auto ed = test::make_ed25519();
  auto seed = ed.der.substr(ed.der.size() - 32);
  auto wanted = half_of(ed.pem, "k")->identity;
  CHECK(half_of(encode_base64(seed), "k")->identity == wanted);
  CHECK(half_of(encode_base64(seed + ed.bare) + '\n', "k")->identity == wanted);
  auto other = test::make_ed25519();
  CHECK(!half_of(encode_base64(seed + other.bare), "k"));
  CHECK(!half_of(encode_base64(seed + 'x'), "k"));
}

TEST_CASE("a key that was made signs, is written, and read back the same") {
  struct Row {
    KeyType type;
    unsigned bits;
    dkim::Algorithm algorithm;
  };

  auto row = GENERATE(values<Row>({{KeyType::rsa, 1024, dkim::Algorithm::rsa_sha256},
                                   {KeyType::rsa, 2048, dkim::Algorithm::rsa_sha256},
                                   {KeyType::ed25519, 256, dkim::Algorithm::ed25519_sha256}}));
  INFO(row.bits);
  auto key = dkim::PrivateKey::generate(row.type, row.bits);
  REQUIRE(key);
  CHECK(key->public_half().type == row.type);
  CHECK(key->public_half().bits == row.bits);

  auto text = key->pem();
  CHECK(text.starts_with("-----BEGIN PRIVATE KEY-----\n"));
  auto again = dkim::PrivateKey::parse(text, "k");
  REQUIRE(again);
  CHECK(again->public_half().identity == key->public_half().identity);

  auto signature = again->sign("octets");
  REQUIRE(signature);
  CHECK(dkim::verify(key->public_half(), row.algorithm, "octets", *signature));
  CHECK(!dkim::verify(key->public_half(), row.algorithm, "Octets", *signature));
}

TEST_CASE("RSA keys of sizes that nobody accepts are not made") {
  CHECK(dkim::PrivateKey::generate(KeyType::rsa, limits::kRsaBitsLeast - 1).error().message ==
        "1023 bits; expected 1024 to 8192");
  CHECK(dkim::PrivateKey::generate(KeyType::rsa, limits::kRsaBitsLeast + 1));
  CHECK(!dkim::PrivateKey::generate(KeyType::rsa, limits::kRsaBitsMost + 1));
}

TEST_CASE("RSA keys of sizes that nobody accepts prove nothing") {
  auto key = dkim::parse_key_record("v=DKIM1; p=" + encode_base64(test::make_rsa(1024).spki));
  REQUIRE(key.record.key);
  auto signature =
      dkim::parse_signature(" v=1; a=rsa-sha256; d=example.org; s=s; h=from; bh=AA==; b=AA==")
          .signature;
  for (auto bits : {limits::kRsaBitsLeast, limits::kRsaBitsMost})
    for (auto size : {bits - 1, bits, bits + 1}) {
      CAPTURE(size);
      key.record.key->bits = static_cast<unsigned>(size);
      bool is_refused = dkim::refusal(key, signature) || dkim::distrusted(signature, key.record);
      CHECK(is_refused == (size < limits::kRsaBitsLeast || size > limits::kRsaBitsMost));
    }
}
