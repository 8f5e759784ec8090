// Messages made to be slow: octets hashed and candidates tried are counted, not seconds.

#include <algorithm>

#include <catch2/catch.hpp>

#include "diagnose_corpus.hpp"
#include "dkim/damage/body.hpp"
#include "dkim/damage/header.hpp"

using namespace mailtrust;
using dkim::Canonicalization;
using test::Message;
using test::SignerSays;

namespace {

const Message& sample(std::string_view name) {
  return std::ranges::find(test::samples(), name, &test::Sample::name)->message;
}

}  // namespace

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
  SignerSays says;
  says.header_form = Canonicalization::simple;
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
  CHECK(findings.tried <= 6000);
  CHECK(findings.octets_hashed <= (8U << 20) + (1U << 20));
}
