#include "dkim/sign.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "dkim/canonical.hpp"
#include "dkim/signed_fields.hpp"
#include "dkim/verify_key.hpp"
#include "key_pairs.hpp"

using namespace mailtrust;
using dkim::Canonicalization;
using dkim::KeyType;
using message::Header;

namespace {

constexpr std::int64_t kNow = 1'795'322'000;
const std::string kHeader =
    "From: Ann <ann@example.org>\r\nTo: bob@example.net,\r\n\t carol@example.net\r\n"
    "Subject:  a   folded\r\n subject \r\nDate: Sun, 22 Nov 2026 04:33:20 +0000\r\n";

dns::Name name(std::string_view text) {
  return dkim::name_for_tag(text).value();
}

const dkim::PrivateKey& key_of(KeyType type) {
  static const auto rsa = dkim::PrivateKey::generate(KeyType::rsa, 1024).value();
  static const auto ed25519 = dkim::PrivateKey::generate(KeyType::ed25519, 0).value();
  return type == KeyType::rsa ? rsa : ed25519;
}

dkim::Statement statement() {
  dkim::Statement statement;
  statement.domain = name("example.org");
  statement.selector = name("s1");
  statement.timestamp = kNow;
  return statement;
}

// The field with which the message was signed, or why it was not.
Expected<std::string> signed_with(const dkim::Statement& statement, const std::string& header_text,
                                  const std::string& body, KeyType type = KeyType::ed25519) {
  auto header = Header::parse(header_text);
  auto signer = dkim::Signer::start(header);
  if (!signer) return fail(signer.error());
  if (auto added = signer->add(statement, key_of(type)); !added) return fail(added.error());
  // In pieces, as it comes from a file.
  for (std::size_t at = 0; at < body.size(); at += 3) signer->body(body.substr(at, 3));
  auto fields = signer->finish();
  if (!fields) return fail(fields.error());
  return fields->at(0);
}

// RFC 6376 section 6.1.3, by the parts that a verifier is made of.
bool verifies(const std::string& field, const std::string& header_text, const std::string& body,
              KeyType type) {
  auto header = Header::parse(field + header_text);
  const auto& own = header.fields()[0];
  auto parsed = dkim::parse_signature(own.value);
  REQUIRE(parsed.faults.empty());
  const auto& signature = parsed.signature;
  REQUIRE(signature.algorithm);
  dkim::BodyHasher hasher;
  auto wish =
      hasher.want({signature.body_canonicalization, dkim::Hash::sha256, signature.body_length});
  hasher.update(body);
  hasher.finish();
  auto octets = dkim::signed_octets(header, signature.signed_fields, own.raw,
                                    signature.header_canonicalization);
  return hasher.digest(wish) == signature.body_hash &&
         dkim::verify(key_of(type).public_half(), *signature.algorithm, octets, signature.octets);
}

}  // namespace

TEST_CASE("what is signed verifies, and not once it was changed") {
  auto type = GENERATE(KeyType::rsa, KeyType::ed25519);
  auto header_form = GENERATE(Canonicalization::simple, Canonicalization::relaxed);
  auto body_form = GENERATE(Canonicalization::simple, Canonicalization::relaxed);
  auto length = GENERATE(false, true);
  auto body =
      GENERATE(as<std::string>(), "", "\r\n\r\n", "one\r\n", "one", "one \t two \r\n\r\n\r\n",
               "\n.dots\nbare line ends\n", "\xe4\xf6\xfc 8-bit\r\n");
  INFO(body << int(header_form) << int(body_form) << length);
  auto said = statement();
  said.header_canonicalization = header_form;
  said.body_canonicalization = body_form;
  said.body_length = length;
  auto field = signed_with(said, kHeader, body, type);
  REQUIRE(field);
  CHECK(verifies(*field, kHeader, body, type));
  CHECK(!verifies(*field, "From: mallory@example.net\r\n" + kHeader, body, type));
  CHECK(!verifies(*field, "Subject: another\r\n" + kHeader, body, type));
  CHECK(verifies(*field, "Received: by example.net\r\n" + kHeader, body, type));
  // RFC 6376 section 8.2: l=0 of an empty body lets all text in.
  bool covers_nothing = length && field->find("l=0;") != std::string::npos;
  CHECK(verifies(*field, kHeader, "x" + body, type) == covers_nothing);
}

TEST_CASE("the field says what it was told to, folded at 78 octets") {
  auto said = statement();
  said.selector = name("a-rather-long-selector-of-many-letters.2026");
  said.identity = dkim::identity_for("a;b=c@mail.example.org", said.domain).value();
  said.expiration = kNow + 86400;
  auto field = signed_with(said, kHeader, "", KeyType::rsa);
  REQUIRE(field);
  std::string_view rest = *field;
  while (!rest.empty()) {
    auto line = rest.substr(0, rest.find("\r\n"));
    CHECK(line.size() <= 78);
    rest.remove_prefix(line.size() + 2);
  }
  auto header = Header::parse(*field);
  REQUIRE(header.fields().size() == 1);
  auto parsed = dkim::parse_signature(header.fields()[0].value);
  CHECK(parsed.faults.empty());
  CHECK(parsed.signature.domain == "example.org");
  CHECK(parsed.signature.selector == "a-rather-long-selector-of-many-letters.2026");
  CHECK(parsed.signature.timestamp == kNow);
  CHECK(parsed.signature.expiration == kNow + 86400);
  CHECK(field->find("i=a=3Bb=3Dc@mail.example.org;") != std::string::npos);
  CHECK(field->find("l=") == std::string::npos);
}

TEST_CASE("RFC 6376 section 5.4.1: the fields that are covered") {
  struct Row {
    std::string what;
    std::string header;
    std::string names;
  };

  auto row = GENERATE(values<Row>({
      {"the four also when they are missing", "From: a@b\r\n", "From:From:Subject:To:Date"},
      {"one more than there are", "From: a@b\r\nSubject: x\r\nTo: c@d\r\nDate: x\r\nCc: e@f\r\n",
       "From:From:Subject:Subject:To:To:Date:Date:Cc:Cc"},
      {"lists may add another", "From: a@b\r\nList-Id: <l.example>\r\n",
       "From:From:Subject:To:Date:List-Id"},
      {"RFC 8058: the pair", "From: a@b\r\nlist-unsubscribe: <x>\r\nList-Unsubscribe-Post: y\r\n",
       "From:From:Subject:To:Date:List-Unsubscribe:List-Unsubscribe:List-Unsubscribe-Post:"
       "List-Unsubscribe-Post"},
      {"half of the pair leaves no room for the other", "From: a@b\r\nList-Unsubscribe: <x>\r\n",
       "From:From:Subject:To:Date:List-Unsubscribe:List-Unsubscribe:List-Unsubscribe-Post"},
      {"what changes on the way is not",
       "From: a@b\r\nReceived: x\r\nReturn-Path: x\r\nBcc: x\r\nAuthentication-Results: x\r\n",
       "From:From:Subject:To:Date"},
  }));
  INFO(row.what);
  std::string names;
  for (const auto& name : dkim::recommended_fields(Header::parse(row.header)))
    names += (names.empty() ? "" : ":") + name;
  CHECK(names == row.names);
}

TEST_CASE("a list of one's own") {
  CHECK(dkim::parse_signed_fields("From:Subject, to:from") ==
        std::vector<std::string>{"From", "Subject", "to", "from"});

  struct Row {
    std::string text;
    std::string message;
  };

  auto row = GENERATE(values<Row>({
      {"Subject:To", "\"Subject:To\": From is missing, which must be signed"},
      {"From::To", "\"\": not the name of a header field"},
      {"From:a;b=x", "\"a;b=x\": not the name of a header field"},
      {"From:received",
       "received: mail servers change or remove it, which would break the signature"},
  }));
  auto names = dkim::parse_signed_fields(row.text);
  REQUIRE(!names);
  CHECK(names.error().message == row.message);
}

TEST_CASE("no signature is made over what cannot arrive as it is") {
  struct Row {
    std::string header;
    std::string body;
    std::string message;
  };

  auto row = GENERATE(values<Row>({
      {"To: a@b\r\n", "", "no From field; a message without one is not signed"},
      {"", "", "no From field; a message without one is not signed"},
      {"From: a@b\r\nfrom: c@d\r\n", "",
       "2 From fields, of which a message may have one; readers would show either"},
      {"From: a@b\r\nSubject: a\rb\r\n", "",
       "a CR without LF in the header; mail servers change it"},
      {std::string("From: a@b\r\nSubject: a\0b\r\n", 25), "",
       "NUL in the header; mail servers change it"},
      {"From: a@b\r\nno field\r\n", "", "a line of the header is no field; mail servers change it"},
      {kHeader, "a\rb\r\n", "a CR without LF in the body; mail servers change it"},
      {kHeader, "ab\r\nc\r", "a CR without LF in the body; mail servers change it"},
      {kHeader, "ab\r\r\n", "a CR without LF in the body; mail servers change it"},
  }));
  auto field = signed_with(statement(), row.header, row.body);
  REQUIRE(!field);
  CHECK(field.error().kind == Error::Kind::input);
  CHECK(field.error().message == row.message);
}

TEST_CASE("RFC 8301 section 3.2: no signature with keys that verifiers refuse") {
  auto header = Header::parse(kHeader);
  auto signer = dkim::Signer::start(header);
  auto weak = dkim::PrivateKey::parse(test::make_rsa(768).pem, "k").value();
  CHECK(signer->add(statement(), weak).error().message ==
        "an RSA key of 768 bits; verifiers refuse it");
}

TEST_CASE("names and identities that would not fit are refused") {
  for (auto text : {"", ".", "a b", "a;b", "a=b", "a..b", "a\nb"}) {
    INFO(text);
    CHECK(!dkim::name_for_tag(text));
  }
  CHECK(to_string(name("S1.Mail_2")) == "S1.Mail_2");
  auto domain = name("example.org");
  CHECK(dkim::identity_for("@example.org", domain) == "@example.org");
  CHECK(dkim::identity_for("a b@sub.example.org", domain) == "a=20b@sub.example.org");
  CHECK(!dkim::identity_for("a@example.net", domain));
  CHECK(!dkim::identity_for("a", domain));
  CHECK(!dkim::identity_for("a@b;c", domain));
}

TEST_CASE("several signatures stand beside each other") {
  auto header = Header::parse(kHeader);
  auto signer = dkim::Signer::start(header).value();
  auto simple = statement();
  simple.body_canonicalization = Canonicalization::simple;
  REQUIRE(signer.add(statement(), key_of(KeyType::rsa)));
  REQUIRE(signer.add(simple, key_of(KeyType::ed25519)));
  signer.body("text \r\n");
  auto fields = signer.finish();
  REQUIRE(fields);
  REQUIRE(fields->size() == 2);
  CHECK(verifies(fields->at(0), fields->at(1) + kHeader, "text \r\n", KeyType::rsa));
  CHECK(verifies(fields->at(1), fields->at(0) + kHeader, "text \r\n", KeyType::ed25519));
}
