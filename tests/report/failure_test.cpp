#include "report/failure.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;

namespace {

std::string mail(const std::string& type, const std::string& more) {
  return "From: dmarc@receiver.example\nMIME-Version: 1.0\n"
         "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
         "--b\nContent-Type: text/plain\n\nFailed.\n"
         "--b\nContent-Type: message/feedback-report\n\n"
         "Feedback-Type: " +
         type + "\nUser-Agent: x/1\nVersion: 1\n" + more +
         "\n--b\nContent-Type: text/rfc822-headers\n\n"
         "From: Anna <anna@example.org>\nSubject: Hello\nMessage-ID: <1@example.org>\n\n--b--\n";
}

}  // namespace

TEST_CASE("a failure report of RFC 6591") {
  auto failure = report::read_failure(
      mail("auth-failure",
           "Auth-Failure: dmarc\nSource-IP: 192.0.2.1\nDelivery-Result: reject\n"
           "Reported-Domain: Example.org\n"));
  REQUIRE(failure);
  CHECK(failure->domain == "example.org");
  CHECK(failure->failed == "dmarc");
  CHECK(failure->delivery == "reject");
  CHECK(failure->subject == "Hello");
  REQUIRE(failure->source);
  CHECK(
      report::headline(*failure).starts_with("example.org: dmarc failed from 192.0.2.1 (reject)"));
}

TEST_CASE("without Reported-Domain the author's domain stands") {
  auto failure = report::read_failure(mail("auth-failure", "Auth-Failure: dkim\n"));
  REQUIRE(failure);
  CHECK(failure->domain == "example.org");
}

TEST_CASE("a complaint is no failure report") {
  auto failure = report::read_failure(mail("abuse", ""));
  REQUIRE_FALSE(failure);
  CHECK(failure.error().message.find("\"abuse\"") != std::string::npos);
}
