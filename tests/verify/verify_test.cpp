#include "verify/verify.hpp"

#include <catch2/catch.hpp>

#include "message/octets.hpp"
#include "verify/conclusion.hpp"
#include "verify/lint.hpp"
#include "zone_for_test.hpp"

using namespace mailtrust;
using verify::Standing;

namespace {

verify::Outcome verified(const std::string& message, verify::Options options = {}) {
  auto resolver = test::load_zone("verify");
  message::HeldOctets octets(message);
  message::Reader reader(octets, "test");
  auto outcome = verify::verify(reader, *resolver, options);
  REQUIRE(outcome);
  return std::move(*outcome);
}

verify::Options from_client(const char* ip, std::optional<std::string> mail_from,
                            std::optional<std::string> helo = {}) {
  verify::Options options;
  options.session.ip = net::Address::parse(ip).value();
  options.session.mail_from = std::move(mail_from);
  options.session.helo = std::move(helo);
  return options;
}

std::string received_field(const std::string& from) {
  return "Received: from mx.strict.example (mx.strict.example [" + from +
         "])\r\n by in.example.net (Postfix) with ESMTP id 1;\r\n"
         " Fri, 20 Nov 2026 09:12:47 +0000\r\n";
}

}  // namespace

TEST_CASE("DMARC decides; without a policy whoever passes vouches") {
  struct Row {
    const char* what;
    const char* from;
    const char* ip;
    const char* mail_from;
    Standing standing;
    const char* finding;  // the first, "": none
  };

  auto row = GENERATE(values<Row>({
      {"policy, aligned pass", "strict.example", "192.0.2.1", "a@strict.example", Standing::genuine,
       ""},
      {"policy, pass of another domain", "strict.example", "192.0.2.1", "a@open.example",
       Standing::unproven, "verify.dmarc-fail"},
      {"policy, SPF fails", "strict.example", "192.0.2.2", "a@strict.example", Standing::unproven,
       "verify.dmarc-fail"},
      {"no policy, aligned pass", "open.example", "192.0.2.1", "a@open.example", Standing::genuine,
       ""},
      {"no policy, pass of another domain", "bare.example", "192.0.2.1", "a@open.example",
       Standing::genuine, "verify.not-aligned"},
      {"no policy, nothing passes", "bare.example", "192.0.2.2", "a@bare.example",
       Standing::unproven, "verify.unproven"},
      {"no policy, SPF not told", "bare.example", "192.0.2.1", "a@slow.example", Standing::unknown,
       "verify.dns-trouble"},
      {"policy not told", "lost.example", "192.0.2.1", "a@open.example", Standing::unknown,
       "verify.dns-trouble"},
      {"two authors", "strict.example, b@open.example", "192.0.2.1", "a@strict.example",
       Standing::unproven, "verify.author"},
  }));
  INFO(row.what);
  auto outcome = verified("From: a@" + std::string(row.from) + "\r\n\r\nx\r\n",
                          from_client(row.ip, row.mail_from));
  CHECK(verify::conclude(outcome).standing == row.standing);
  auto findings = verify::lint(outcome, "test");
  CHECK((findings.empty() ? "" : findings.front().id) == row.finding);
}

TEST_CASE("SPF is asked for the session given, else for the hand-over (RFC 7208 section 2.4)") {
  const std::string message = "Return-Path: <bounce@open.example>\r\n" +
                              received_field("192.0.2.1") + "From: a@strict.example\r\n\r\nx\r\n";

  SECTION("nothing given: client, HELO and Return-Path of the message") {
    auto outcome = verified(message);
    REQUIRE(outcome.spf);
    CHECK(outcome.spf->from_message);
    CHECK(outcome.spf->request.domain == "open.example");
    CHECK(outcome.spf->request.helo == "mx.strict.example");
    CHECK(outcome.spf->outcome.result == spf::Result::pass);
  }
  SECTION("an address alone: the HELO name of the message is not this client's") {
    auto outcome = verified(message, from_client("192.0.2.7", {}));
    REQUIRE(outcome.spf);
    CHECK_FALSE(outcome.spf->from_message);
    CHECK(outcome.spf->request.domain == "open.example");
    CHECK(outcome.spf->request.helo == "open.example");
    CHECK(outcome.spf->outcome.result == spf::Result::fail);
  }
  SECTION("a bounce: the HELO name is checked") {
    auto outcome = verified(message, from_client("192.0.2.1", "", "helo.example"));
    REQUIRE(outcome.spf);
    CHECK(outcome.spf->request.domain == "helo.example");
    CHECK(outcome.received_spf.find("identity=helo") != std::string::npos);
  }
  SECTION("a private peer proves nothing, and that is said") {
    auto outcome = verified(received_field("10.0.0.1") + "From: a@strict.example\r\n\r\nx\r\n");
    CHECK_FALSE(outcome.spf);
    CHECK_FALSE(outcome.spf_unknown.empty());
    CHECK(verify::conclude(outcome).sentence.find("SPF could not be checked") != std::string::npos);
  }
}

TEST_CASE("results in the message never enter the verdict (RFC 8601 section 5)") {
  auto outcome = verified(
      "Authentication-Results: in.example.net; dkim=pass header.d=strict.example;\r\n"
      " spf=pass smtp.mailfrom=a@strict.example; dmarc=pass header.from=strict.example\r\n"
      "Received-SPF: pass client-ip=192.0.2.1\r\n" +
      received_field("192.0.2.2") + "From: a@strict.example\r\n\r\nx\r\n");
  CHECK(outcome.dmarc.result == dmarc::Result::fail);
  REQUIRE(outcome.claims.size() == 2);
  CHECK(outcome.claims[0].remove);
  CHECK(outcome.authentication_results.find("pass") == std::string::npos);
}

TEST_CASE("line ends that programs read differently are told (RFC 5322 section 2.3)") {
  struct Row {
    const char* what;
    std::string message;
    const char* told;  // "": nothing
  };

  const std::string head =
      "DKIM-Signature: v=1; a=rsa-sha256; d=strict.example; s=x; h=from; bh=AA==; b=AA==";
  auto row = GENERATE_COPY(values<Row>({
      {"CRLF throughout", head + "\r\nFrom: a@strict.example\r\n\r\none\r\ntwo\r\n", ""},
      {"LF throughout", head + "\nFrom: a@strict.example\n\none\ntwo\n", ""},
      {"LF in the body", head + "\r\nFrom: a@strict.example\r\n\r\none\ntwo\r\n\nthree\r\n",
       "the body holds 2 lines that end in LF alone among others with CRLF"},
      {"CR in the body", head + "\r\nFrom: a@strict.example\r\n\r\none\rtwo\r\n\r.\r\n",
       "the body holds 2 CRs without LF"},
      {"CR at the end", head + "\nFrom: a@strict.example\n\none\r",
       "the body holds 1 CR without LF"},
      {"LF in the header", head + "\nFrom: a@strict.example\r\n\r\none\r\n",
       "the header holds 1 line that ends in LF alone among others with CRLF"},
  }));
  INFO(row.what);
  std::string told;
  for (const auto& finding : verify::lint(verified(row.message), "test"))
    if (finding.id == "verify.octets") told += finding.message;
  CHECK(told == row.told);
}
