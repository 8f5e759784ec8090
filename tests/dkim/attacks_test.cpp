// Attacks on DKIM by what a message says and holds, each by its name.
#include <algorithm>
#include <chrono>

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

bool leaves_open(const dkim::Verification& verification, std::string_view text) {
  return std::ranges::find(verification.open, text) != verification.open.end();
}

dkim::Verification first(const std::string& message, dns::Resolver& resolver) {
  auto verified = forge::verify(message, resolver);
  REQUIRE(!verified.signatures.empty());
  return std::move(verified.signatures.front());
}

}  // namespace

TEST_CASE("attack: text appended past l=") {
  forge::TxtZone zone(rsa_key().record());
  Tags tags;
  tags.more = "l=12; ";
  auto letter = forge::signed_letter({}, tags, rsa_key());
  letter.body += "<b>and pay here</b>\r\n";
  auto verification = first(letter.text(), zone);
  CHECK(verification.result == dkim::Result::pass);
  CHECK(verification.uncovered_octets == 39);
  CHECK(leaves_open(verification, "text can be appended to the body (l=), and 39 octets were"));
  letter.body[3] = 'L';
  CHECK(first(letter.text(), zone).result == dkim::Result::fail);
}

TEST_CASE("attack: a second From, Subject or Content-Type above the signed one") {
  forge::TxtZone zone(rsa_key().record());
  for (std::string name : {"From", "Subject", "Content-Type"}) {
    INFO(name);
    Letter letter;
    letter.header += "Content-Type: text/plain\r\n";
    Tags once, twice;
    once.fields = "from:subject:content-type";
    twice.fields = once.fields + ':' + name;
    auto open = forge::signed_letter(letter, once, rsa_key());
    CHECK(leaves_open(first(open.text(), zone), "a second " + name + " can be added"));
    open.header.insert(0, name + ": of the attacker\r\n");
    auto verification = first(open.text(), zone);
    CHECK(verification.result == dkim::Result::pass);
    CHECK(leaves_open(verification, "only 1 of 2 " + name + " fields is signed, from the bottom"));
    // Below the signed one it is taken in its place.
    auto below = forge::signed_letter(letter, once, rsa_key());
    below.header += name + ": of the attacker\r\n";
    CHECK(first(below.text(), zone).result == dkim::Result::fail);

    auto oversigned = forge::signed_letter(letter, twice, rsa_key());
    CHECK(first(oversigned.text(), zone).result == dkim::Result::pass);
    CHECK(!leaves_open(first(oversigned.text(), zone), "a second " + name + " can be added"));
    oversigned.header.insert(0, name + ": of the attacker\r\n");
    CHECK(first(oversigned.text(), zone).result == dkim::Result::fail);
  }
}

TEST_CASE("attack: what is not signed is told") {
  forge::TxtZone zone(rsa_key().record());
  Tags tags;
  tags.fields = "from:from";
  auto verification = first(forge::signed_letter({}, tags, rsa_key()).text(), zone);
  CHECK(verification.result == dkim::Result::pass);
  CHECK(verification.open == std::vector<std::string>{"Subject is not signed", "Date is not signed",
                                                      "To is not signed", "a Cc can be added",
                                                      "a Reply-To can be added",
                                                      "a Content-Type can be added"});
}

TEST_CASE("attack: h= without From") {
  forge::TxtZone zone(rsa_key().record());
  Tags tags;
  tags.fields = "to:subject:date";
  auto verification = first(forge::signed_letter({}, tags, rsa_key()).text(), zone);
  CHECK(verification.result == dkim::Result::permerror);
  CHECK(verification.reason == "h= does not name From");
  CHECK(zone.asked == 0);
}

TEST_CASE("attack: bh= of three octets, of 90 KB, and the right one continued") {
  forge::TxtZone zone(rsa_key().record());
  auto right = first(forge::signed_letter({}, {}, rsa_key()).text(), zone).computed_hash;
  for (const auto& claimed : {right.substr(0, 3), std::string(90'000, 'x'), right + 'x'}) {
    Tags tags;
    tags.body_hash = encode_base64(claimed);
    CHECK(forge::result_of(forge::signed_letter({}, tags, rsa_key()).text(), zone) == "fail");
  }
}

TEST_CASE("attack: z= of 64 KB is carried, and believed in nothing") {
  forge::TxtZone zone(rsa_key().record());
  Tags tags;
  tags.more = "z=From:" + std::string(64U << 10, 'x') + ";\r\n\t";
  auto verification = first(forge::signed_letter({}, tags, rsa_key()).text(), zone);
  CHECK(verification.result == dkim::Result::pass);
  CHECK(verification.signature().copied_fields);
}

TEST_CASE("attack: d= and s= that are no names are never asked for") {
  forge::TxtZone zone(rsa_key().record());
  for (const auto& name :
       {"\"example.org\""s, "example.org(comment)"s, "exam\0ple.org"s, "%s.example.org"s,
        "example.org\r.evil.example"s, "a..example.org"s, ".example.org"s, "example.org."s,
        "example.org/../evil"s, "*.example.org"s, "example\\.org"s, "exam ple.org"s, "org"s,
        "\xff.example.org"s, "_" + std::string(64, 'a') + ".org"}) {
    Tags tags;
    tags.domain = name;
    INFO(name);
    CHECK(forge::result_of(forge::signed_letter({}, tags, rsa_key()).text(), zone) == "neutral");
    tags = {};
    tags.selector = name == "org" ? "a\"b" : name;
    CHECK(forge::result_of(forge::signed_letter({}, tags, rsa_key()).text(), zone) == "neutral");
  }
  CHECK(zone.asked == 0);
}

TEST_CASE("attack: lines smuggled by lone CR and LF") {
  forge::TxtZone zone(rsa_key().record());
  for (std::string form : {"simple/simple", "relaxed/relaxed"}) {
    INFO(form);
    Tags tags;
    tags.canonicalization = form;
    auto letter = forge::signed_letter({}, tags, rsa_key());
    const auto text = letter.text();
    auto with = [&](std::string_view what, std::string_view by) {
      auto changed = text;
      changed.replace(changed.rfind(what), what.size(), by);
      return forge::result_of(changed, zone);
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
  forge::TxtZone zone(rsa_key().record());
  auto field = forge::signature_field(Letter(), {}, rsa_key());
  std::string message;
  for (int i = 0; i < 100; ++i) message += field;
  auto verified = forge::verify(message + Letter().text(), zone);
  CHECK(verified.signatures.size() == limits::kSignatures);
  CHECK(verified.passed_over == 90);
  CHECK(zone.asked <= limits::kSignatures);
}

TEST_CASE("attack: ten signatures that name ten thousand fields among ten thousand") {
  forge::TxtZone zone(rsa_key().record());
  Letter letter;
  std::string fields = "from";
  for (int i = 0; i < 9'900; ++i) {
    letter.header += "X-" + std::to_string(i) + ": y\r\n";
    fields += ":x-" + std::to_string(i % 2 == 0 ? i : 0);
  }
  Tags tags;
  tags.fields = fields;
  auto field = forge::signature_field(letter, tags, rsa_key());
  std::string message;
  for (int i = 0; i < 10; ++i) message += field;
  auto start = std::chrono::steady_clock::now();
  auto verified = forge::verify(message + letter.text(), zone);
  auto took = std::chrono::steady_clock::now() - start;
  CHECK(verified.signatures.back().result == dkim::Result::pass);
  CHECK(took < std::chrono::seconds(10));  // quadratic: minutes
}
