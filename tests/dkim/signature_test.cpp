#include "dkim/signature.hpp"

#include <limits>

#include <catch2/catch.hpp>

#include "base/limits.hpp"

using namespace mailtrust;
using Kind = dkim::SignatureFault::Kind;

namespace {

// A sound signature with one tag replaced; an empty `value` takes it out.
std::string with(std::string_view name, std::string_view value) {
  const std::pair<std::string_view, std::string_view> kTags[] = {
      {"v", "1"},           {"a", "rsa-sha256"},   {"b", "AAAA"}, {"bh", "BBBB"},
      {"d", "example.org"}, {"h", "From:Subject"}, {"s", "s1"},
  };
  std::string text;
  bool placed = false;
  for (auto [tag, usual] : kTags) {
    placed = placed || tag == name;
    auto chosen = tag == name ? value : usual;
    if (!chosen.empty()) text += std::string(tag) + '=' + std::string(chosen) + "; ";
  }
  return placed || value.empty() ? text : text + std::string(name) + '=' + std::string(value);
}

std::string told(const dkim::ParsedSignature& parsed) {
  std::string text;
  for (const auto& fault : parsed.faults) {
    if (!text.empty()) text += " / ";
    text += fault.message;
  }
  return text;
}

}  // namespace

TEST_CASE("each tag of a signature is read as RFC 6376 section 3.5 says") {
  struct Row {
    std::string name;
    std::string value;
    std::string faults;
  };

  const std::string kLong(300, 'a');
  auto row = GENERATE_COPY(values<Row>({
      {"v", "1", ""},
      {"v", "", "there is no v="},
      {"v", "2", "v=\"2\"; expected 1"},
      {"v", "01", "v=\"01\"; expected 1"},
      {"a", "", "there is no a="},
      {"a", "rsa-sha1", ""},
      {"a", "ed25519-sha256", ""},
      {"a", "RSA-SHA256", "a=\"RSA-SHA256\"; expected rsa-sha256 or ed25519-sha256"},
      {"a", "rsa-sha512", "a=\"rsa-sha512\"; expected rsa-sha256 or ed25519-sha256"},
      {"b", "", "there is no b="},
      {"b", "A A\r\n\tA A", ""},
      {"b", "AAA", "b= is not base64: the padding is not complete"},
      {"b", "A*AA", "b= is not base64: is not a base64 character"},
      {"bh", "", "there is no bh="},
      {"bh", " ", "bh= is empty; expected base64"},
      {"c", "simple", ""},
      {"c", "relaxed/simple", ""},
      {"c", "relaxed/", "c=\"relaxed/\"; expected simple or relaxed, or two with a slash"},
      {"c", "nowsp", "c=\"nowsp\"; expected simple or relaxed, or two with a slash"},
      {"d", "", "there is no d="},
      {"d", "sub.example.org", ""},
      {"d", "org", "d=\"org\" is no domain"},
      {"d", "example.org.", "d=\"example.org.\" is no domain"},
      {"d", "exam ple.org", "d=\"exam ple.org\" is no domain"},
      {"d",
       "b\xc3\xbc"
       "cher.example",
       ""},
      {"h", "", "there is no h="},
      {"h", " From : \r\n Subject ", ""},
      {"h", "Subject:FROM", ""},
      {"h", "Subject:Date", "h= does not name From"},
      {"h", "From:", "h= holds \"\", which is no name of a field"},
      {"h", "From::To", "h= holds \"\", which is no name of a field"},
      {"h", "From:T o", "h= holds \"T o\", which is no name of a field"},
      {"i", "@example.org", ""},
      {"i", "alice@mail.EXAMPLE.org", ""},
      {"i", "a=20b=40c@example.org", ""},
      {"i", "alice@example=2Eorg", ""},
      {"i", "alice", "i=\"alice\"; expected LOCAL@DOMAIN or @DOMAIN"},
      {"i", "a=2@example.org", "i=\"a=2@example.org\"; expected LOCAL@DOMAIN or @DOMAIN"},
      {"i", "@example.com", "i= is of \"example.com\", which is not within d=example.org"},
      {"i", "@notexample.org", "i= is of \"notexample.org\", which is not within d=example.org"},
      {"i", "@xample.org", "i= is of \"xample.org\", which is not within d=example.org"},
      {"l", "0", ""},
      {"l", std::string(76, '9'), ""},
      {"l", std::string(77, '1'),
       "l=\"" + std::string(40, '1') + "\"...; expected a number of octets"},
      {"l", "-1", "l=\"-1\"; expected a number of octets"},
      {"l", "5 5", "l=\"5 5\"; expected a number of octets"},
      {"q", "dns/txt", ""},
      {"q", "http : dns/txt", ""},
      {"q", "http", "q=\"http\"; expected dns/txt"},
      {"s", "", "there is no s="},
      {"s", "mail.2026_a", ""},
      {"s", "a..b", "s=\"a..b\" is no selector"},
      {"s", kLong, "s=\"" + std::string(40, 'a') + "\"... is no selector"},
      {"t", "1700000000", ""},
      {"t", "now", "t=\"now\"; expected seconds since 1970"},
      {"x", "9999999999999", ""},
      {"x", "+5", "x=\"+5\"; expected seconds since 1970"},
      {"z", "From:a=20b|To:c", ""},
      {"unknown", "whatever", ""},
  }));
  INFO(row.name + '=' + row.value);
  CHECK(told(dkim::parse_signature(with(row.name, row.value))) == row.faults);
}

TEST_CASE("what was read is decoded") {
  auto parsed = dkim::parse_signature(
      " v=1; a=ed25519-sha256; c=relaxed;\r\n\td=B\xc3\xbc"
      "cher.Example; s=\xc3\xa4;"
      " h=From : To:from; bh=AQID; b= BAU G ; i=a=3Bb@sub.b\xc3\xbc"
      "cher.example;"
      " l=12; t=5; x=7; z=From:x");
  const auto& signature = parsed.signature;
  CHECK(told(parsed).empty());
  CHECK(signature.algorithm == dkim::Algorithm::ed25519_sha256);
  CHECK(signature.header_canonicalization == dkim::Canonicalization::relaxed);
  CHECK(signature.body_canonicalization == dkim::Canonicalization::simple);
  CHECK(signature.domain == "xn--bcher-kva.example");
  CHECK(signature.selector == "xn--4ca");
  CHECK(signature.identity == "a;b@sub.xn--bcher-kva.example");
  CHECK(signature.signed_fields == std::vector<std::string>{"From", "To", "from"});
  CHECK(signature.body_hash == "\x01\x02\x03");
  CHECK(signature.octets == "\x04\x05\x06");
  CHECK(signature.body_length == 12);
  CHECK(signature.timestamp == 5);
  CHECK(signature.expiration == 7);
  CHECK(signature.copied_fields);
  CHECK(signature.covers("TO"));
  CHECK(!signature.covers("Subject"));
  CHECK(dkim::parse_signature(with("i", "")).signature.identity == "@example.org");
}

TEST_CASE("a tag that is there twice makes the whole list invalid (section 3.2)") {
  for (std::string tag : {"v=1", "d=example.org", "b=AAAA", "h=From", "unknown=1; unknown=2"}) {
    auto parsed = dkim::parse_signature(with("", "") + tag);
    INFO(tag);
    REQUIRE(parsed.faults.size() == 1);
    CHECK(parsed.faults[0].kind == Kind::syntax);
  }
}

TEST_CASE("times are compared, and long ones are infinite (section 3.5)") {
  auto with_times = [](const std::string& t, const std::string& x) {
    return dkim::parse_signature(with("", "") + "t=" + t + "; x=" + x);
  };
  CHECK(told(with_times("5", "6")).empty());
  CHECK(told(with_times("5", "5")) == "x= is not after t=");
  CHECK(with_times("6", "5").faults.at(0).kind == Kind::times);
  CHECK(told(with_times("999999999999", "1000000000000")).empty());
  CHECK(with_times("5", "1000000000000").signature.expiration ==
        std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("faults say their column") {
  auto parsed = dkim::parse_signature("v=1; a=x; b=AAAA; bh=BBBB; d=example.org; h=From: ; s=s1");
  REQUIRE(parsed.faults.size() == 2);
  CHECK(parsed.faults[0].column == 8);
  CHECK(parsed.faults[1].column == 50);
}

TEST_CASE("names in h= are bounded") {
  auto names = [](std::size_t count) {
    std::string text = "From";
    for (std::size_t i = 1; i < count; ++i) text += ":a";
    return told(dkim::parse_signature(with("h", text)));
  };
  CHECK(names(limits::kSignedFields - 1).empty());
  CHECK(names(limits::kSignedFields).empty());
  CHECK(names(limits::kSignedFields + 1) == "h= holds more than 10,000 names");
}

TEST_CASE("an ARC-Message-Signature has no v=, and its i= is an instance") {
  auto parsed = dkim::parse_arc_message_signature(with("v", "") + "i=1");
  CHECK(told(parsed).empty());
  CHECK(parsed.signature.domain == "example.org");
}
