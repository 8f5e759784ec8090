#include "dkim/verify.hpp"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "forge.hpp"

using namespace mailtrust;
using namespace std::string_literals;
using forge::Letter;
using forge::rsa_key;
using forge::SigningKey;
using forge::Tags;

namespace {

const SigningKey& ed_key() {
  static const auto key = SigningKey::ed25519();
  return key;
}

dkim::Verification first(const Letter& letter, dns::Resolver& resolver,
                         std::int64_t now = forge::kNow) {
  auto verified = forge::verify(letter.text(), resolver, now);
  REQUIRE(!verified.signatures.empty());
  return std::move(verified.signatures.front());
}

Tags tags_with(std::string more) {
  Tags tags;
  tags.more = std::move(more);
  return tags;
}

}  // namespace

TEST_CASE("every algorithm and canonicalization verifies what it signed") {
  forge::TxtZone rsa(rsa_key().record()), ed(ed_key().record());
  for (std::string form : {"simple/simple", "simple/relaxed", "relaxed/simple", "relaxed", ""}) {
    INFO(form);
    Tags tags;
    tags.canonicalization = form;
    CHECK(forge::result_of(forge::signed_letter({}, tags, rsa_key()).text(), rsa) == "pass");
    tags.algorithm = "ed25519-sha256";
    CHECK(forge::result_of(forge::signed_letter({}, tags, ed_key()).text(), ed) == "pass");
    tags.algorithm = "rsa-sha1";
    CHECK(forge::result_of(forge::signed_letter({}, tags, rsa_key()).text(), rsa) == "policy");
  }
}

TEST_CASE("what the signature says decides (RFC 6376 sections 3.5 and 6.1.1)") {
  struct Row {
    const char* what;
    std::string more;
    std::string result;
    std::string clause;
  };

  auto row = GENERATE(values<Row>({
      {"not yet expired", "t=1700000000; x=1800000000; ", "pass", "RFC 6376 section 6.1.3"},
      {"expired", "x=1799999999; ", "policy", "RFC 6376 section 3.5"},
      {"expired before it was made", "t=1700000001; x=1700000000; ", "permerror",
       "RFC 6376 section 3.5"},
      {"made in the future", "t=1900000000; ", "pass", "RFC 6376 section 6.1.3"},
      {"identity in a subdomain", "i=a@sub.example.org; ", "pass", "RFC 6376 section 6.1.3"},
      {"i= outside d=", "i=a@example.com; ", "permerror", "RFC 6376 section 6.1.1"},
      {"i= in a domain that ends alike", "i=a@evilexample.org; ", "permerror",
       "RFC 6376 section 6.1.1"},
      {"i= above d=", "i=a@org; ", "neutral", "RFC 6376 section 6.1.1"},
      {"a tag twice", "s=s1; ", "neutral", "RFC 6376 section 6.1.1"},
      {"unknown query method", "q=http; ", "neutral", "RFC 6376 section 3.5"},
      {"l= larger than the body", "l=1000; ", "permerror", "RFC 6376 section 3.5"},
      {"unknown tag", "foo=bar; ", "pass", "RFC 6376 section 6.1.3"},
      {"z= that differs", "z=From:someone=20else; ", "pass", "RFC 6376 section 6.1.3"},
  }));
  INFO(row.what);
  forge::TxtZone zone(rsa_key().record());
  auto verification = first(forge::signed_letter({}, tags_with(row.more), rsa_key()), zone);
  CHECK(to_string(verification.result) == row.result);
  CHECK(verification.clause == row.clause);
  CHECK(verification.reason.empty() == (row.result == "pass"));
}

TEST_CASE("v= must be there, and be 1") {
  forge::TxtZone zone(rsa_key().record());
  for (std::string version : {"", "v=0.5; ", "v=2; "}) {
    Tags tags;
    tags.version = version;
    CHECK(forge::result_of(forge::signed_letter({}, tags, rsa_key()).text(), zone) == "permerror");
  }
}

TEST_CASE("the key decides (RFC 6376 sections 3.6.1 and 6.1.2)") {
  struct Row {
    const char* what;
    std::string record;
    std::string result;
    std::string more = "";
  };

  const auto good = rsa_key().record();
  const auto p = good.substr(good.find("p="));
  auto row = GENERATE_COPY(values<Row>({
      {"sound", good, "pass"},
      {"without v= and k=", p, "pass"},
      {"for mail and more", "v=DKIM1; s=email:other; " + p, "pass"},
      {"for sha256 and more", "v=DKIM1; h=sha1:sha256; " + p, "pass"},
      {"testing", "v=DKIM1; t=y; " + p, "pass"},
      {"strict, same domain", "v=DKIM1; t=s; " + p, "pass", "i=a@EXAMPLE.org; "},
      {"strict, subdomain", "v=DKIM1; t=y:s; " + p, "permerror", "i=a@sub.example.org; "},
      {"revoked", "v=DKIM1; p=", "permerror"},
      {"another version", "v=DKIM2; " + p, "permerror"},
      {"version not first", p + "; v=DKIM1", "permerror"},
      {"unknown type", "v=DKIM1; k=dsa; " + p, "permerror"},
      {"of another type", ed_key().record(), "permerror"},
      {"RSA that says Ed25519", "v=DKIM1; k=ed25519; " + p, "permerror"},
      {"for another service", "v=DKIM1; s=other; " + p, "permerror"},
      {"for sha1 only", "v=DKIM1; h=sha1; " + p, "permerror"},
      {"tag twice", good + "; " + p, "permerror"},
      {"cut short", good.substr(0, good.size() - 9), "permerror"},
      {"no key", "v=DKIM1; k=rsa", "permerror"},
      {"something else", "v=spf1 -all", "permerror"},
      {"another's key", SigningKey::rsa(1024).record(), "fail"},
  }));
  INFO(row.what);
  forge::TxtZone zone(row.record);
  auto verification = first(forge::signed_letter({}, tags_with(row.more), rsa_key()), zone);
  CHECK(to_string(verification.result) == row.result);
  CHECK(verification.testing == (row.record.find("t=y") != std::string::npos));
}

TEST_CASE("DNS decides: absent is permerror, trouble is temperror (section 6.1.2)") {
  auto letter = forge::signed_letter({}, {}, rsa_key());
  for (auto [text, result] : std::vector<std::pair<std::string, std::string>>{
           {"other.example. IN A 192.0.2.1\n", "permerror"},
           {"; !timeout s1._domainkey.example.org TXT\n", "temperror"},
           {"; !servfail s1._domainkey.example.org ANY\n", "temperror"},
           {"s1._domainkey.example.org. IN A 192.0.2.1\n", "permerror"}}) {
    auto zone = dns::ZoneResolver::from_text(text, "zone");
    REQUIRE(zone);
    INFO(text);
    CHECK(forge::result_of(letter.text(), **zone) == result);
    letter.body += "x";  // trouble stays trouble, whatever else is wrong
  }
}

TEST_CASE("of several records one may be the right one (section 6.1.2)") {
  auto letter = forge::signed_letter({}, {}, rsa_key());
  const std::string name = "s1._domainkey.example.org";
  auto other = SigningKey::rsa(1024).record();
  forge::TxtZone second({{name, "v=spf1 -all"}, {name, other}, {name, rsa_key().record()}});
  CHECK(forge::result_of(letter.text(), second) == "pass");
  forge::TxtZone neither({{name, "v=DKIM1; p="}, {name, other}});
  CHECK(forge::result_of(letter.text(), neither) == "fail");
}

TEST_CASE("internationalized names are asked for as A-labels (RFC 8616)") {
  Tags tags;
  tags.domain =
      "b\xc3\xbc"
      "cher.example";
  tags.selector = "\xc3\xa4";
  Letter letter;
  letter.header =
      "From: a@b\xc3\xbc"
      "cher.example\r\nSubject: x\r\n";
  forge::TxtZone zone({{"xn--4ca._domainkey.xn--bcher-kva.example", rsa_key().record()}});
  CHECK(forge::result_of(forge::signed_letter(letter, tags, rsa_key()).text(), zone) == "pass");
}

TEST_CASE("body and header are told apart (section 6.1.3)") {
  forge::TxtZone zone(rsa_key().record());
  auto letter = forge::signed_letter({}, {}, rsa_key());
  auto changed = letter;
  changed.body[0] = 'h';
  auto verification = first(changed, zone);
  CHECK(verification.result == dkim::Result::fail);
  CHECK(verification.body_matches == false);
  CHECK(verification.header_matches == true);
  CHECK(verification.computed_hash.size() == 32);
  CHECK(verification.reason.find("body") != std::string::npos);

  changed = letter;
  changed.header[changed.header.find("Alice")] = 'a';
  verification = first(changed, zone);
  CHECK(verification.result == dkim::Result::fail);
  CHECK(verification.body_matches == true);
  CHECK(verification.header_matches == false);
  CHECK(verification.key_bits == 1024);
}

TEST_CASE("each signature has its own result, the topmost first") {
  forge::TxtZone zone({{"s1._domainkey.example.org", rsa_key().record()},
                       {"ed._domainkey.example.org", ed_key().record()}});
  Tags tags;
  tags.algorithm = "ed25519-sha256";
  tags.selector = "ed";
  auto letter = forge::signed_letter({}, tags, ed_key());
  tags = {};
  tags.fields = "from:dkim-signature:dkim-signature";
  letter = forge::signed_letter(letter, tags, rsa_key());
  tags.selector = "none";
  tags.fields = "from";
  letter = forge::signed_letter(letter, tags, rsa_key());
  letter.header.insert(0, "Received: by x\r\n");
  auto verified = forge::verify(letter.text(), zone);
  REQUIRE(verified.signatures.size() == 3);
  CHECK(verified.signatures[0].result == dkim::Result::permerror);
  // The one on top was not there when the second counted the signatures.
  CHECK(verified.signatures[1].result == dkim::Result::fail);
  CHECK(verified.signatures[2].result == dkim::Result::pass);
  CHECK(verified.signatures[2].field == 3);
}

TEST_CASE("bodies without text verify in both forms") {
  forge::TxtZone zone(rsa_key().record());
  for (std::string form : {"relaxed/simple", "relaxed/relaxed"}) {
    for (std::string body : {"", "\r\n", "\r\n\r\n"}) {
      Tags tags;
      tags.canonicalization = form;
      auto letter = forge::signed_letter({Letter().header, body}, tags, rsa_key());
      CHECK(forge::result_of(letter.text(), zone) == "pass");
      CHECK(forge::result_of(letter.header, zone) == "pass");
    }
  }
}

TEST_CASE("no octet of what is signed can be another") {
  std::mt19937 random(6376);
  for (std::string form : {"simple/simple", "relaxed/relaxed"}) {
    Tags tags;
    tags.canonicalization = form;
    tags.algorithm = "ed25519-sha256";
    forge::TxtZone zone(ed_key().record());
    auto letter = forge::signed_letter({}, tags, ed_key());
    auto text = letter.text();
    REQUIRE(forge::result_of(text, zone) == "pass");
    for (int round = 0; round < 1500; ++round) {
      auto changed = text;
      // Two octets at the end: an empty line more or less is none.
      auto& octet = changed[random() % (text.size() - 2)];
      auto before = std::exchange(octet, static_cast<char>(random()));
      // What relaxed form is there to forgive, and spelling of names.
      bool forgiven = form == "relaxed/relaxed" &&
                      (ascii::is_space(before) || before == ':' || ascii::is_space(octet));
      if (octet == before || forgiven || ascii::lower(octet) == ascii::lower(before)) continue;
      INFO(form << " round " << round << ' ' << int(before) << ' ' << int(octet));
      CHECK(forge::result_of(changed, zone) != "pass");
    }
  }
}
