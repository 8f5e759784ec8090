// Attacks on DKIM by keys, hashes and the octets of the signature, each by its name.
#include <algorithm>

#include <catch2/catch.hpp>

#include "dkim/verify_key.hpp"
#include "forge.hpp"
#include "key_pairs.hpp"

using namespace mailtrust;
using namespace std::string_literals;
using forge::Letter;
using forge::rsa_key;
using forge::SigningKey;
using forge::Tags;

namespace {

std::string record_of(const std::string& spki) {
  return "v=DKIM1; k=rsa; p=" + encode_base64(spki);
}

dkim::Verification first(const std::string& message, dns::Resolver& resolver) {
  auto verified = forge::verify(message, resolver);
  REQUIRE(!verified.signatures.empty());
  return std::move(verified.signatures.front());
}

/// DigestInfo of SHA-256 (RFC 8017 section 9.2, note 1) and the digest.
std::string digest_info(const std::string& octets) {
  return "\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"s +
         dkim::hash(dkim::Hash::sha256, octets);
}

}  // namespace

TEST_CASE("attack: keys too small, too large, or broken") {
  auto small = SigningKey::rsa(512);
  auto below = SigningKey::rsa(1008);
  const std::string usual = "\x01\x00\x01"s;
  auto odd = std::string(128, '\xc5');
  auto even = odd;
  even.back() = '\xc4';
  // 2^1024 - 105 is a prime, so that no small one divides it.
  auto prime = std::string(127, '\xff') + '\x97';
  auto large = std::string(2048, '\xff');

  struct Row {
    const char* what;
    std::string record;
    std::string result;
  };

  auto row = GENERATE_COPY(values<Row>({
      {"e=1", record_of(test::rsa_public_der(prime, "\x01")), "permerror"},
      {"e=2", record_of(test::rsa_public_der(prime, "\x02")), "permerror"},
      {"e of 33 bits", record_of(test::rsa_public_der(prime, "\x01\x00\x00\x00\x01"s)),
       "permerror"},
      {"even modulus", record_of(test::rsa_public_der(even, usual)), "permerror"},
      {"modulus with a small factor", record_of(test::rsa_public_der(odd, usual)), "permerror"},
      {"square modulus", record_of(test::rsa_public_der(test::square_of_prime(512), usual)),
       "permerror"},
      {"16,384 bits", record_of(test::rsa_public_der(large, usual)), "permerror"},
      {"511 bits", record_of(test::rsa_public_der("\x7f" + std::string(63, '\xff'), usual)),
       "permerror"},
      {"sound numbers, another's signature", record_of(test::rsa_public_der(prime, usual)), "fail"},
  }));
  INFO(row.what);
  forge::TxtZone zone(row.record);
  auto message = forge::signed_letter({}, {}, rsa_key()).text();
  CHECK(forge::result_of(message, zone) == row.result);

  for (const auto* weak : {&small, &below}) {
    forge::TxtZone weak_zone(weak->record());
    auto letter = forge::signed_letter({}, {}, *weak);
    auto verification = first(letter.text(), weak_zone);
    CHECK(verification.result == dkim::Result::policy);
    CHECK(verification.clause == "RFC 8301 section 3.2");
    letter.body += "more\r\n";
    CHECK(first(letter.text(), weak_zone).result == dkim::Result::fail);
  }
}

TEST_CASE("attack: e=1 makes the padded hash its own signature") {
  std::string modulus(128, '\xff');
  Tags tags;
  auto field = forge::signature_field(Letter(), tags, [&](const std::string& octets) {
    auto info = digest_info(octets);
    return "\0\x01"s + std::string(128 - 3 - info.size(), '\xff') + '\0' + info;
  });
  forge::TxtZone zone(record_of(test::rsa_public_der(modulus, "\x01")));
  CHECK(forge::result_of(field + Letter().text(), zone) == "permerror");
}

TEST_CASE("attack: PKCS#1 v1.5 padding forged for e=3 (Bleichenbacher 2006)") {
  constexpr std::size_t kOctets = 256;
  auto victim = SigningKey::rsa(2048, 3);
  // Eight octets of padding, the hash, and what is left of the cube: garbage behind the hash.
  auto beginning = [](const std::string& octets) {
    return "\0\x01"s + std::string(8, '\xff') + '\0' + digest_info(octets);
  };
  std::string signed_octets, forged;
  auto forge = [&](const std::string& octets) {
    signed_octets = octets;
    auto target = beginning(octets);
    target.resize(kOctets, '\0');
    BN_CTX* scratch = BN_CTX_new();
    BIGNUM *cube = BN_new(), *low = BN_new(), *high = BN_new(), *middle = BN_new(),
           *power = BN_new();
    BN_bin2bn(reinterpret_cast<const unsigned char*>(target.data()), kOctets, cube);
    BN_zero(low);
    BN_one(high);
    BN_lshift(high, high, 700);
    // The smallest number whose cube is not below the target.
    while (BN_cmp(low, high) < 0) {
      BN_add(middle, low, high);
      BN_rshift1(middle, middle);
      BN_sqr(power, middle, scratch);
      BN_mul(power, power, middle, scratch);
      if (BN_cmp(power, cube) < 0) {
        BN_add_word(middle, 1);
        std::swap(low, middle);
      } else {
        std::swap(high, middle);
      }
    }
    forged.assign(kOctets, '\0');
    BN_bn2binpad(low, reinterpret_cast<unsigned char*>(forged.data()), kOctets);
    // What a verifier sees that stops reading after the hash.
    BN_sqr(power, low, scratch);
    BN_mul(power, power, low, scratch);
    std::string seen(kOctets, '\0');
    BN_bn2binpad(power, reinterpret_cast<unsigned char*>(seen.data()), kOctets);
    CHECK(seen.starts_with(beginning(octets)));
    for (auto* number : {cube, low, high, middle, power}) BN_free(number);
    BN_CTX_free(scratch);
    return forged;
  };
  forge::TxtZone zone(victim.record());
  auto field = forge::signature_field(Letter(), {}, forge);
  CHECK(forge::result_of(field + Letter().text(), zone) == "fail");
  auto public_key = dkim::parse_public_key(dkim::KeyType::rsa, victim.spki());
  REQUIRE(public_key);
  CHECK(!dkim::verify(*public_key, dkim::Algorithm::rsa_sha256, signed_octets, forged));
  // The key itself is sound.
  CHECK(forge::result_of(forge::signed_letter({}, {}, victim).text(), zone) == "pass");
}

TEST_CASE("attack: a signature longer, shorter, or above the modulus") {
  forge::TxtZone zone(rsa_key().record());
  auto sign_then = [&](auto change) {
    auto field = forge::signature_field(Letter(), {}, [&](const std::string& octets) {
      return change(rsa_key().sign(dkim::Hash::sha256, octets));
    });
    return forge::result_of(field + Letter().text(), zone);
  };
  CHECK(sign_then([](std::string s) { return s; }) == "pass");
  CHECK(sign_then([](const std::string& s) { return '\0' + s; }) == "fail");
  CHECK(sign_then([](const std::string& s) { return s + '\0'; }) == "fail");
  CHECK(sign_then([](const std::string& s) { return s.substr(1); }) == "fail");
  CHECK(sign_then([](const std::string& s) { return std::string(s.size(), '\xff'); }) == "fail");
  CHECK(sign_then([](const std::string& s) { return std::string(s.size(), '\0'); }) == "fail");
  CHECK(sign_then([](const std::string&) { return std::string(60'000, 'x'); }) == "fail");
}

TEST_CASE("attack: rsa-sha1") {
  forge::TxtZone zone(rsa_key().record());
  Tags tags;
  tags.algorithm = "rsa-sha1";
  auto letter = forge::signed_letter({}, tags, rsa_key());
  auto verification = first(letter.text(), zone);
  CHECK(verification.result == dkim::Result::policy);
  CHECK(verification.clause == "RFC 8301 section 3.1");
  letter.body += "x";
  CHECK(first(letter.text(), zone).result == dkim::Result::fail);
}
