// Attacks on DKIM that were published, each by its name.
#include <algorithm>
#include <chrono>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "dkim/verify_key.hpp"
#include "key_pairs.hpp"
#include "signing.hpp"

using namespace mailtrust;
using namespace std::string_literals;
using test::Letter;
using test::SigningKey;
using test::Tags;

namespace {

const SigningKey& key() {
  static const auto made = SigningKey::rsa(1024);
  return made;
}

std::string record_of(const std::string& spki) {
  return "v=DKIM1; k=rsa; p=" + encode_base64(spki);
}

bool leaves_open(const dkim::Verification& verification, std::string_view text) {
  return std::ranges::find(verification.open, text) != verification.open.end();
}

dkim::Verification first(const std::string& message, dns::Resolver& resolver) {
  auto verified = test::verify(message, resolver);
  REQUIRE(!verified.signatures.empty());
  return std::move(verified.signatures.front());
}

/// DigestInfo of SHA-256 (RFC 8017 section 9.2, note 1) and the digest.
std::string digest_info(const std::string& octets) {
  return "\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"s +
         dkim::hash(dkim::Hash::sha256, octets);
}

}  // namespace

TEST_CASE("attack: text appended past l=") {
  test::TxtZone zone(key().record());
  Tags tags;
  tags.more = "l=12; ";
  auto letter = test::signed_letter({}, tags, key());
  letter.body += "<b>and pay here</b>\r\n";
  auto verification = first(letter.text(), zone);
  CHECK(verification.result == dkim::Result::pass);
  CHECK(verification.uncovered_octets == 39);
  CHECK(leaves_open(verification, "text can be appended to the body (l=), and 39 octets were"));
  letter.body[3] = 'L';
  CHECK(first(letter.text(), zone).result == dkim::Result::fail);
}

TEST_CASE("attack: a second From, Subject or Content-Type above the signed one") {
  test::TxtZone zone(key().record());
  for (std::string name : {"From", "Subject", "Content-Type"}) {
    INFO(name);
    Letter letter;
    letter.header += "Content-Type: text/plain\r\n";
    Tags once, twice;
    once.fields = "from:subject:content-type";
    twice.fields = once.fields + ':' + name;
    auto open = test::signed_letter(letter, once, key());
    CHECK(leaves_open(first(open.text(), zone), "a second " + name + " can be added"));
    open.header.insert(0, name + ": of the attacker\r\n");
    auto verification = first(open.text(), zone);
    CHECK(verification.result == dkim::Result::pass);
    CHECK(leaves_open(verification, "only 1 of 2 " + name + " fields is signed, from the bottom"));
    // Below the signed one it is taken in its place.
    auto below = test::signed_letter(letter, once, key());
    below.header += name + ": of the attacker\r\n";
    CHECK(first(below.text(), zone).result == dkim::Result::fail);

    auto oversigned = test::signed_letter(letter, twice, key());
    CHECK(first(oversigned.text(), zone).result == dkim::Result::pass);
    CHECK(!leaves_open(first(oversigned.text(), zone), "a second " + name + " can be added"));
    oversigned.header.insert(0, name + ": of the attacker\r\n");
    CHECK(first(oversigned.text(), zone).result == dkim::Result::fail);
  }
}

TEST_CASE("attack: what is not signed is told") {
  test::TxtZone zone(key().record());
  Tags tags;
  tags.fields = "from:from";
  auto verification = first(test::signed_letter({}, tags, key()).text(), zone);
  CHECK(verification.result == dkim::Result::pass);
  CHECK(verification.open == std::vector<std::string>{"Subject is not signed", "Date is not signed",
                                                      "To is not signed", "a Cc can be added",
                                                      "a Reply-To can be added",
                                                      "a Content-Type can be added"});
}

TEST_CASE("attack: h= without From") {
  test::TxtZone zone(key().record());
  Tags tags;
  tags.fields = "to:subject:date";
  auto verification = first(test::signed_letter({}, tags, key()).text(), zone);
  CHECK(verification.result == dkim::Result::permerror);
  CHECK(verification.reason == "h= does not name From");
  CHECK(zone.asked == 0);
}

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
  test::TxtZone zone(row.record);
  auto message = test::signed_letter({}, {}, key()).text();
  CHECK(test::result_of(message, zone) == row.result);

  for (const auto* weak : {&small, &below}) {
    test::TxtZone weak_zone(weak->record());
    auto letter = test::signed_letter({}, {}, *weak);
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
  auto field = test::signature_field(Letter(), tags, [&](const std::string& octets) {
    auto info = digest_info(octets);
    return "\0\x01"s + std::string(128 - 3 - info.size(), '\xff') + '\0' + info;
  });
  test::TxtZone zone(record_of(test::rsa_public_der(modulus, "\x01")));
  CHECK(test::result_of(field + Letter().text(), zone) == "permerror");
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
  test::TxtZone zone(victim.record());
  auto field = test::signature_field(Letter(), {}, forge);
  CHECK(test::result_of(field + Letter().text(), zone) == "fail");
  auto public_key = dkim::parse_public_key(dkim::KeyType::rsa, victim.spki());
  REQUIRE(public_key);
  CHECK(!dkim::verify(*public_key, dkim::Algorithm::rsa_sha256, signed_octets, forged));
  // The key itself is sound.
  CHECK(test::result_of(test::signed_letter({}, {}, victim).text(), zone) == "pass");
}

TEST_CASE("attack: a signature longer, shorter, or above the modulus") {
  test::TxtZone zone(key().record());
  auto sign_then = [&](auto change) {
    auto field = test::signature_field(Letter(), {}, [&](const std::string& octets) {
      return change(key().sign(dkim::Hash::sha256, octets));
    });
    return test::result_of(field + Letter().text(), zone);
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
  test::TxtZone zone(key().record());
  Tags tags;
  tags.algorithm = "rsa-sha1";
  auto letter = test::signed_letter({}, tags, key());
  auto verification = first(letter.text(), zone);
  CHECK(verification.result == dkim::Result::policy);
  CHECK(verification.clause == "RFC 8301 section 3.1");
  letter.body += "x";
  CHECK(first(letter.text(), zone).result == dkim::Result::fail);
}

TEST_CASE("attack: bh= of three octets, of 90 KB, and the right one continued") {
  test::TxtZone zone(key().record());
  auto right = first(test::signed_letter({}, {}, key()).text(), zone).computed_hash;
  for (const auto& claimed : {right.substr(0, 3), std::string(90'000, 'x'), right + 'x'}) {
    Tags tags;
    tags.body_hash = encode_base64(claimed);
    CHECK(test::result_of(test::signed_letter({}, tags, key()).text(), zone) == "fail");
  }
}

TEST_CASE("attack: z= of 64 KB is carried, and believed in nothing") {
  test::TxtZone zone(key().record());
  Tags tags;
  tags.more = "z=From:" + std::string(64U << 10, 'x') + ";\r\n\t";
  auto verification = first(test::signed_letter({}, tags, key()).text(), zone);
  CHECK(verification.result == dkim::Result::pass);
  CHECK(verification.signature().copied_fields);
}

TEST_CASE("attack: d= and s= that are no names are never asked for") {
  test::TxtZone zone(key().record());
  for (const auto& name :
       {"\"example.org\""s, "example.org(comment)"s, "exam\0ple.org"s, "%s.example.org"s,
        "example.org\r.evil.example"s, "a..example.org"s, ".example.org"s, "example.org."s,
        "example.org/../evil"s, "*.example.org"s, "example\\.org"s, "exam ple.org"s, "org"s,
        "\xff.example.org"s, "_" + std::string(64, 'a') + ".org"}) {
    Tags tags;
    tags.domain = name;
    INFO(name);
    CHECK(test::result_of(test::signed_letter({}, tags, key()).text(), zone) == "neutral");
    tags = {};
    tags.selector = name == "org" ? "a\"b" : name;
    CHECK(test::result_of(test::signed_letter({}, tags, key()).text(), zone) == "neutral");
  }
  CHECK(zone.asked == 0);
}

TEST_CASE("attack: lines smuggled by lone CR and LF") {
  test::TxtZone zone(key().record());
  for (std::string form : {"simple/simple", "relaxed/relaxed"}) {
    INFO(form);
    Tags tags;
    tags.canonicalization = form;
    auto letter = test::signed_letter({}, tags, key());
    const auto text = letter.text();
    auto with = [&](std::string_view what, std::string_view by) {
      auto changed = text;
      changed.replace(changed.rfind(what), what.size(), by);
      return test::result_of(changed, zone);
    };
    // A bare LF is a line end: only how the file was saved.
    CHECK(with("Bob,\r\n", "Bob,\n") == "pass");
    CHECK(with("Bob,\r\n", "Bob,\r") == "fail");
    CHECK(with("Bob,\r\n", "Bob,\r\r\n") == "fail");
    CHECK(with("Bob,", "Bob,\n") == "fail");
    CHECK(with("Bob,", "Bob\r,") == "fail");
    CHECK(with("figures\r\n", "figures\rX: y\r\n") == "fail");
    CHECK(with("figures\r\n", "figures\r\r\n") == "fail");
    CHECK(with("figures\r\n", "figures\r\n\r\n") != "pass");
    // A bare LF starts a field of its own, which is not the signed one.
    CHECK(with("figures\r\n", "figures\nX: y\r\n") == "pass");
    CHECK(with("figures\r\n", "figures\nFrom: eve@example.com\r\n") == "fail");
  }
}

TEST_CASE("attack: a hundred signatures") {
  test::TxtZone zone(key().record());
  auto field = test::signature_field(Letter(), {}, key());
  std::string message;
  for (int i = 0; i < 100; ++i) message += field;
  auto verified = test::verify(message + Letter().text(), zone);
  CHECK(verified.signatures.size() == limits::kSignatures);
  CHECK(verified.passed_over == 90);
  CHECK(zone.asked <= limits::kSignatures);
}

TEST_CASE("attack: ten signatures that name ten thousand fields among ten thousand") {
  test::TxtZone zone(key().record());
  Letter letter;
  std::string fields = "from";
  for (int i = 0; i < 9'900; ++i) {
    letter.header += "X-" + std::to_string(i) + ": y\r\n";
    fields += ":x-" + std::to_string(i % 2 == 0 ? i : 0);
  }
  Tags tags;
  tags.fields = fields;
  auto field = test::signature_field(letter, tags, key());
  std::string message;
  for (int i = 0; i < 10; ++i) message += field;
  auto start = std::chrono::steady_clock::now();
  auto verified = test::verify(message + letter.text(), zone);
  auto took = std::chrono::steady_clock::now() - start;
  CHECK(verified.signatures.back().result == dkim::Result::pass);
  CHECK(took < std::chrono::seconds(10));  // quadratic: minutes
}
