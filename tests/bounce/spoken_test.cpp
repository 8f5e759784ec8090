#include "bounce/spoken.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "bounce/classify.hpp"

using namespace mailtrust::bounce;

namespace {

struct Row {
  std::string text;
  int code;
  std::string address;
  std::string remote;
};

}  // namespace

TEST_CASE("a reply alone, or as a log quotes it") {
  auto row = GENERATE(values<Row>({
      {"550 5.1.1 <bob@example.net>: User unknown", 550, "bob@example.net", ""},
      {"Nov 20 10:00:00 mx postfix/smtp[1]: 4D1F: to=<bob@example.net>, "
       "relay=mx.example.net[192.0.2.25]:25, delay=1, dsn=5.1.1, status=bounced (host "
       "mx.example.net[192.0.2.25] said: 550 5.1.1 User unknown (in reply to RCPT TO command))",
       550, "bob@example.net", "mx.example.net"},
      {"SMTP error from remote mail server after RCPT TO:<bob@example.net>: host mx.example.net "
       "[192.0.2.25]: 550 no such user",
       550, "bob@example.net", "mx.example.net"},
      {"no code at all", 0, "", ""},
  }));
  INFO(row.text);
  auto failure = spoken_failure(row.text);
  CHECK(failure.code == row.code);
  CHECK(failure.address == row.address);
  CHECK(failure.remote == row.remote);
  CHECK(failure.diagnostic == row.text);
}

TEST_CASE("the words a rule matched, as they stand") {
  Rule rule;
  rule.phrase = "no such person | account * does not exist";
  CHECK(matched_words(rule, "550 The Account bob\n550 DOES  not exist") ==
        "Account ... DOES not exist");
  CHECK(matched_words(rule, "No such  person") == "No such person");
  CHECK(matched_words(rule, "anaccount does not exist").empty());
  CHECK(matched_words(rule, "does not exist: account").empty());
  CHECK(matched_words({}, "anything").empty());
}
