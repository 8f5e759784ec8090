// Signers at fault, damage that cannot be undone, and input made to be slow.

#include <algorithm>

#include <catch2/catch.hpp>

#include "diagnose_corpus.hpp"
#include "dkim/damage/body.hpp"
#include "dkim/damage/header.hpp"
#include "dkim/damage/kinds.hpp"

using namespace mailtrust;
using dkim::Canonicalization;
using test::Message;
using test::SignerSays;

namespace {

const Message& sample(std::string_view name) {
  return std::ranges::find(test::samples(), name, &test::Sample::name)->message;
}

std::string told(const Message& message) {
  auto verified = test::verify(message);
  if (verified.verification.result == dkim::Result::pass) return "pass";
  auto diagnosis = dkim::diagnose(verified.header, verified.verification, message.body);
  std::string text;
  for (const auto& damage : diagnosis.damages)
    text += (text.empty() ? "" : "\n") + damage.kind + ": " + damage.message;
  return text + (diagnosis.note.empty() ? "" : "(" + diagnosis.note + ")");
}

SignerSays simple() {
  SignerSays says;
  says.header_form = Canonicalization::simple;
  says.body_form = Canonicalization::simple;
  return says;
}

std::string quoted_copy(std::string_view field) {
  return test::replaced(std::string(field), " ", "=20");
}

}  // namespace

TEST_CASE("a signer that does not do what it says is told from damage") {
  const auto& message = sample("plain");
  auto says = simple();

  SECTION("relaxed body under c=simple") {
    auto spaced = message;
    spaced.body = "two  blanks\r\n" + spaced.body;
    says.octets_hashed = test::canonical_body(spaced.body, Canonicalization::relaxed);
    CHECK(told(test::sign(spaced, says, test::rsa_key())) ==
          "other-canonicalization: would verify with the body in relaxed form, though c= says "
          "simple");
  }
  SECTION("simple body under c=relaxed") {
    says.body_form = Canonicalization::relaxed;
    says.octets_hashed = message.body;
    CHECK(told(test::sign(message, says, test::rsa_key())) ==
          "other-canonicalization: would verify with the body in simple form, though c= says "
          "relaxed");
  }
  SECTION("relaxed header under c=simple") {
    says.header_form_used = Canonicalization::relaxed;
    CHECK(told(test::sign(message, says, test::rsa_key())) ==
          "other-canonicalization: would verify with the header in relaxed form, though c= says "
          "simple");
  }
  SECTION("simple header under c=relaxed") {
    says.header_form = Canonicalization::relaxed;
    says.header_form_used = Canonicalization::simple;
    CHECK(told(test::sign(message, says, test::ed25519_key())) ==
          "other-canonicalization: would verify with the header in simple form, though c= says "
          "relaxed");
  }
  SECTION("LF hashed: RFC 6376 section 3.4.3 asks for CRLF") {
    says.octets_hashed = test::replaced(message.body, "\r\n", "\n");
    CHECK(told(test::sign(message, says, test::rsa_key())) ==
          "line-endings: would verify with LF at the end of lines, where DKIM has CRLF");
  }
  SECTION("empty lines at the end hashed") {
    says.octets_hashed = message.body + "\r\n\r\n";
    CHECK(told(test::sign(message, says, test::rsa_key())) ==
          "blank-lines: would verify with 2 empty lines hashed at the end, which DKIM passes over");
  }
  SECTION("l= written, but all of the body hashed") {
    says.more_tags = "l=10; ";
    says.octets_hashed = message.body;
    CHECK(told(test::sign(message, says, test::rsa_key())) ==
          "body-length: would verify without l=10: bh= is of the whole body");
  }
  SECTION("signed before there was a body") {
    says.octets_hashed = "\r\n";
    CHECK(told(test::sign(message, says, test::rsa_key())) ==
          "body-was-empty: would verify with an empty body: all 10 lines came after it was signed");
  }
}

TEST_CASE("messages name the lines, the text and who can mend it") {
  auto message = test::sign(sample("plain"), {}, test::rsa_key());
  message.body += "____________\r\nthe list\r\nhttps://example.com/listinfo\r\n\r\n";
  auto verified = test::verify(message);
  auto diagnosis = dkim::diagnose(verified.header, verified.verification, message.body);
  REQUIRE(diagnosis.damages.size() == 1);
  CHECK(diagnosis.damages[0].kind == "footer-appended");
  CHECK(diagnosis.damages[0].message ==
        "would verify without the last 3 lines (\"____________\"): a mailing list footer");
  CHECK(diagnosis.damages[0].hint ==
        "who runs the list: leave subject and body as they are, or sign again with the list's own "
        "domain (and its address in From)");
  CHECK(diagnosis.note.empty());
}

TEST_CASE("hostile text in a damage is quoted") {
  auto message = test::sign(sample("plain"), {}, test::rsa_key());
  message.header = test::replaced(message.header, "Subject: The", "Subject: [\x1b[31m\xff] The");
  CHECK(
      told(message) ==
      "subject-prefix: would verify without \"[\\x1b[31m\\xff]\" in the Subject: it was put there "
      "on the way");
}

TEST_CASE("fields of one name in another order") {
  auto message = sample("plain");
  message.header += "Comments: one\r\nComments: two\r\nComments: three\r\n";
  SignerSays says;
  says.fields += ":Comments:Comments:Comments";
  auto swapped = test::sign(message, says, test::rsa_key());
  swapped.header = test::replaced(swapped.header, "Comments: two\r\nComments: three",
                                  "Comments: three\r\nComments: two");
  CHECK(told(swapped) == "header-order: would verify with the 3 Comments fields in another order");
}

TEST_CASE("a field added against oversigning (RFC 6376 section 8.15)") {
  SignerSays says;
  says.fields += ":List-Id:List-Unsubscribe:Subject";
  auto message = test::sign(sample("plain"), says, test::rsa_key());
  SECTION("fields of a list") {
    message.header += "List-Id: <a.example.com>\r\nList-Unsubscribe: <https://example.com/>\r\n";
    CHECK(
        told(message) ==
        "field-added: would verify without List-Id, List-Unsubscribe: they were added on the way");
  }
  SECTION("a second Subject on top") {
    message.header = "Subject: Buy\r\n" + message.header;
    CHECK(told(message) ==
          "field-added: would verify without a second Subject field (\"Buy\"): it was added on the "
          "way");
  }
}

TEST_CASE("what z= keeps a copy of explains what no guess can (RFC 6376 section 3.5)") {
  SignerSays says;
  says.more_tags =
      "z=" + quoted_copy("Subject: The minutes of Tuesday|To: Bob <bob@example.net>,") +
      "=0D=0A=20=20carol@example.com; ";
  auto message = test::sign(sample("plain"), says, test::rsa_key());
  message.header = test::replaced(message.header, "Subject: The minutes", "Subject: All about");
  CHECK(told(message) ==
        "field-rewritten: would verify with the Subject that the signature keeps a copy of (z=): "
        "\"The minutes of Tuesday\"");
}

TEST_CASE("what cannot be undone is not guessed") {
  SECTION("a word changed in the body") {
    auto message = test::sign(sample("plain"), {}, test::rsa_key());
    message.body = test::replaced(message.body, "Mondays", "Fridays");
    CHECK(told(message) == "(no change tried explains the body hash)");
  }
  SECTION("a word changed in the header") {
    auto message = test::sign(sample("plain"), {}, test::rsa_key());
    message.header = test::replaced(message.header, "Subject: The minutes", "Subject: The hours");
    CHECK(told(message) ==
          "(no change tried explains the header signature, though the published key made it; h= "
          "names Reply-To, which may have been there when the message was signed)");
  }
  SECTION("the same with Ed25519, which does not tell whose key it was") {
    auto message = test::sign(sample("plain"), {}, test::ed25519_key());
    message.header = test::replaced(message.header, "Subject: The minutes", "Subject: The hours");
    CHECK(told(message) ==
          "(no change tried explains the header signature; the key may be another one; h= names "
          "Reply-To, which may have been there when the message was signed)");
  }
  SECTION("cut off before l=") {
    auto says = simple();
    says.more_tags = "l=" + std::to_string(sample("plain").body.size()) + "; ";
    auto message = test::sign(sample("plain"), says, test::rsa_key());
    message.body.resize(40);
    CHECK(told(message) ==
          "(l= covers 147 octets of the body, but there are 42: the end was cut off)");
  }
}

TEST_CASE("another key is told from a changed header") {
  auto other_rsa = dkim::PrivateKey::generate(dkim::KeyType::rsa, 1024);
  auto other_ed25519 = dkim::PrivateKey::generate(dkim::KeyType::ed25519, 0);
  auto zone = test::zone_with(*other_rsa, *other_ed25519);
  auto note = [&](const dkim::PrivateKey& key) {
    auto message = test::sign(sample("plain"), {}, key);
    auto verified = test::verify(message, *zone);
    auto diagnosis = dkim::diagnose(verified.header, verified.verification, message.body);
    CHECK(diagnosis.damages.empty());
    CHECK(diagnosis.body_explained);
    CHECK_FALSE(diagnosis.header_explained);
    return diagnosis.note;
  };
  CHECK(note(test::rsa_key()) ==
        "the signature was not made with the key that is published, or b= itself was altered: no "
        "change to the header explains that");
  CHECK(note(test::ed25519_key())
            .starts_with(
                "no change tried explains the header signature; the key may be another one"));
}

TEST_CASE("a body that was not kept is said to be so, and the header is looked at all the same") {
  auto message = test::sign(sample("plain"), {}, test::rsa_key());
  message.header = test::replaced(message.header, "Subject: The", "Subject: [x] The");
  message.body += "footer\r\n";
  auto verified = test::verify(message);
  auto diagnosis = dkim::diagnose(verified.header, verified.verification, std::nullopt);
  REQUIRE(diagnosis.damages.size() == 1);
  CHECK(diagnosis.damages[0].kind == "subject-prefix");
  CHECK_FALSE(diagnosis.body_explained);
  CHECK(diagnosis.header_explained);
  CHECK(diagnosis.note ==
        "the body was too large to be kept: what happened to it was not looked for");
}

TEST_CASE("the work stays bounded whatever the body is made of") {
  constexpr std::size_t kSize = 256U << 10;

  struct Row {
    std::string name;
    std::string sample;
    std::string unit;
  };

  auto row = GENERATE(values<Row>({
      {"empty lines", "plain", "\r\n"},
      {"bare LF", "plain", "\n"},
      {"lone CR", "plain", "\r"},
      {"one line", "plain", "x"},
      {"one line of 8-bit", "8bit", "\xC3\xBC"},
      {"one line of base64", "base64", "QUJD"},
      {"soft line breaks", "quoted-printable", "=\r\n"},
      {"blanks", "plain", " "},
      {"From lines", "plain", ">From \r\n"},
      {"dots", "plain", "..\r\n"},
      {"boundaries", "multipart", "--b1\r\n"},
      {"boundaries in one line", "multipart", "--b1--b1"},
      {"a boundary that never ends", "multipart", "-"},
      {"parts in parts", "multipart", "--b1\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n"},
      {"HTML that ends all the time", "multipart",
       "--b1\r\nContent-Type: text/html\r\n\r\n</body\n"},
  }));
  INFO(row.name);
  auto message = test::sign(sample(row.sample), {}, test::rsa_key());
  while (message.body.size() < kSize) message.body += row.unit;
  auto verified = test::verify(message);
  if (verified.verification.result == dkim::Result::pass) return;  // relaxed took the blanks away
  auto findings =
      dkim::damage::examine_body(verified.header, verified.verification.signature(), message.body);
  CHECK(findings.octets_hashed <= 64 * message.body.size());
  CHECK(findings.tried <= 6000);
}

TEST_CASE("the work stays bounded whatever the header is made of") {
  auto says = simple();
  Message message = sample("plain");
  auto damage = GENERATE(as<std::string>(), "prefixes", "fields", "names", "copies", "addresses");
  INFO(damage);
  if (damage == "names")
    for (int i = 0; i < 2000; ++i) says.fields += ":X-" + std::to_string(i);
  if (damage == "copies")
    for (int i = 0; i < 5000; ++i) says.more_tags += (i == 0 ? "z=" : "|") + std::string("To:x");
  if (damage == "copies") says.more_tags += "; ";
  auto signed_message = test::sign(message, says, test::rsa_key());
  std::string added;
  if (damage == "prefixes")
    while (added.size() < 65'536) added += "[x] Re: ";
  signed_message.header =
      test::replaced(signed_message.header, "Subject: The", "Subject: " + added + "Some");
  for (int i = 0; i < 10'000 && damage == "fields"; ++i)
    signed_message.header += "Subject: " + std::to_string(i) + "\r\n";
  for (int i = 0; i < 2000 && damage == "names"; ++i)
    signed_message.header += "X-" + std::to_string(i) + ": a  b\r\n";
  if (damage == "addresses") {
    std::string addresses = "To: a@example.org";
    while (addresses.size() < 200'000) addresses += ",(\"<a@example.org>";
    signed_message.header += addresses + "\r\n";
  }
  auto verified = test::verify(signed_message);
  auto findings =
      dkim::damage::examine_header(verified.header, verified.verification, signed_message.body);
  CHECK_FALSE(findings.explained);
  CHECK(findings.tried <= 3000);
  CHECK(findings.octets_hashed <= (8U << 20) + (1U << 20));
}

TEST_CASE("every kind has a hint, and the words are as they were") {
  for (const auto& kind : dkim::damage::kinds()) {
    INFO(kind.word);
    CHECK_FALSE(kind.hint.empty());
  }
  CHECK(dkim::damage::make("tabs", "x").hint.find("c=relaxed/relaxed") != std::string::npos);
}
