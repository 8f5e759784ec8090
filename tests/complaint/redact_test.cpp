#include "complaint/redact.hpp"

#include <catch2/catch.hpp>

#include "base/base64.hpp"

using namespace mailtrust;
using complaint::Redactor;

namespace {

const std::string kKey = "sixteen octets or more";

std::string redacted(const std::string& message, const Redactor& redactor) {
  return redactor.redact(message).octets;
}

std::string token() {
  return Redactor(kKey).token("ann@example.org");
}

}  // namespace

TEST_CASE("the same recipient has the same token, and another key another one") {
  Redactor redactor(kKey);
  CHECK(redactor.token("ann@example.org").size() == 22);
  CHECK(redactor.token("ann@example.org") == redactor.token("Ann@Example.ORG"));
  CHECK(redactor.token("ann@example.org") != redactor.token("bob@example.org"));
  CHECK(redactor.token("ann@example.org") != redactor.token("ann@example.net"));
  CHECK(redactor.token("ann@example.org") != Redactor(kKey + "x").token("ann@example.org"));
}

TEST_CASE("recipients are replaced wherever they stand") {
  struct Row {
    std::string what, before, after;
  };

  const std::string head = "To: Ann Example <ann@example.org>\n";
  const std::string head_after = "To: TOKEN@example.org\n";
  auto row = GENERATE_COPY(values<Row>({
      {"a field for recipients, with the name", "\n", "\n"},
      {"Received", "Received: by mx.example.net for <ann@example.org>; x\n\n",
       "Received: by mx.example.net for <TOKEN@example.org>; x\n\n"},
      {"the text, in any case", "\nDear ANN@Example.org, buy!\n",
       "\nDear TOKEN@Example.org, buy!\n"},
      {"a link", "\nhttps://x.example/?u=ann%40example.org&v=1\n",
       "\nhttps://x.example/?u=TOKEN%40example.org&v=1\n"},
      {"a bounce address (VERP)", "Return-Path: <b-ann=example.org@x.example>\n\n",
       "Return-Path: <b-TOKEN=example.org@x.example>\n\n"},
      {"the end of a sentence", "\nYou are ann@example.org.\n", "\nYou are TOKEN@example.org.\n"},
      {"somebody else", "\njoann@example.org and ann@example.orgevil\n",
       "\njoann@example.org and ann@example.orgevil\n"},
      {"a longer name", "\nann@example.org.pdf ann@example.com\n",
       "\nTOKEN@example.org.pdf ann@example.com\n"},
      {"HTML", "\nann&#64;example.org ann&#X40;example.org &amp;\n",
       "\nTOKEN&#64;example.org TOKEN&#X40;example.org &amp;\n"},
      {"an encoded word", "Subject: =?utf-8?Q?For_ann=40example.org?=\n\n",
       "Subject: For TOKEN@example.org\n\n"},
  }));
  INFO(row.what);
  auto after = head_after + row.after;
  for (auto at = after.find("TOKEN"); at != std::string::npos; at = after.find("TOKEN"))
    after.replace(at, 5, token());
  CHECK(redacted(head + row.before, Redactor(kKey)) == after);
}

TEST_CASE("line ends stay as they were") {
  CHECK(redacted("To: ann@example.org\r\nSubject: x\r\n\r\nhi\r\n", Redactor(kKey)) ==
        "To: " + token() + "@example.org\r\nSubject: x\r\n\r\nhi\r\n");
}

TEST_CASE("encoded parts are decoded, searched and encoded again") {
  auto text =
      "To: ann@example.org\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" +
      encode_base64("Dear ann@example.org\n") + "\n";
  auto out = redacted(text, Redactor(kKey));
  auto body = out.substr(out.find("\n\n") + 2);
  CHECK(decode_base64(body, Base64Space::allowed).octets == "Dear " + token() + "@example.org\n");

  auto quoted = redacted(
      "To: ann@example.org\nContent-Type: text/plain\n"
      "Content-Transfer-Encoding: quoted-printable\n\nDear ann=40exam=\nple.org =C3=A4\n",
      Redactor(kKey));
  CHECK(quoted.find(token() + "@example.org =C3=A4") != std::string::npos);
  CHECK(quoted.find("ann") == std::string::npos);
}

TEST_CASE("a message that is attached is searched as the outer one is") {
  auto text =
      "To: ann@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
      "Content-Type: message/rfc822\n\nTo: eve@example.net\n"
      "Content-Transfer-Encoding: base64\n\n" +
      encode_base64("ann@example.org eve@example.net") + "\n--b--\n";
  auto out = redacted(text, Redactor(kKey));
  auto body = encode_base64(token() + "@example.org " + Redactor(kKey).token("eve@example.net") +
                            "@example.net");
  auto lines = body.substr(0, 76) + '\n' + body.substr(76);
  CHECK(out.find("To: " + Redactor(kKey).token("eve@example.net") + "@example.net\n") !=
        std::string::npos);
  CHECK(out.find(lines) != std::string::npos);
  CHECK(out.ends_with("\n--b--\n"));
}

TEST_CASE("addresses and domains that the user names") {
  Redactor redactor(kKey);
  CHECK(redactor.add("bob@example.net"));
  CHECK(redactor.add("@example.com"));
  CHECK(redactor.add("example.edu"));
  auto out = redacted(
      "From: x\n\nbob@example.net carol@example.com dave@example.edu eve@x.example\n", redactor);
  CHECK(out == "From: x\n\n" + redactor.token("bob@example.net") + "@example.net " +
                   redactor.token("carol@example.com") + "@example.com " +
                   redactor.token("dave@example.edu") + "@example.edu eve@x.example\n");
  for (std::string_view bad : {"", "@", "a b", "a@b@", "a\r\n@example.org"}) {
    auto added = redactor.add(bad);
    REQUIRE_FALSE(added);
    CHECK(added.error().kind == Error::Kind::usage);
  }
}

TEST_CASE("what redaction cannot promise is said") {
  auto result = Redactor(kKey).redact("Subject: x\n\nhello\n");
  CHECK(result.replaced == 0);
  CHECK(result.octets == "Subject: x\n\nhello\n");
  CHECK(result.doubts.size() == 2);
}
