// Signers at fault, what is told of a damage, and damage that cannot be undone.

#include <algorithm>

#include <catch2/catch.hpp>

#include "diagnose_corpus.hpp"
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
    CHECK(
        told(test::sign(message, says, test::rsa_key())) ==
        "body-was-empty: would verify with an empty body: what is there came after it was signed");
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
  auto zone = test::zone_of(test::key_lines("example.org", *other_rsa, *other_ed25519));
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

TEST_CASE("every kind has a hint, and the words are as they were") {
  for (const auto& kind : dkim::damage::kinds()) {
    INFO(kind.word);
    CHECK_FALSE(kind.hint.empty());
  }
  CHECK(dkim::damage::make("tabs", "x").hint.find("c=relaxed/relaxed") != std::string::npos);
}
