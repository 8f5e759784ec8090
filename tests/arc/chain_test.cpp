#include <algorithm>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "sealer.hpp"

using namespace mailtrust;
using arc::Result;
using test::Mail;
using test::Sealing;

namespace {

void replace(std::string& text, std::string_view from, std::string_view to) {
  auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
}

void drop(Mail& mail, std::string_view start) {
  auto& field = mail.field(start);
  mail.fields.erase(mail.fields.begin() + (&field - mail.fields.data()));
}

void double_field(Mail& mail, std::string_view start) {
  auto copy = mail.field(start);
  mail.fields.insert(mail.fields.begin(), copy);
}

struct Row {
  std::string what;
  unsigned sets;
  std::function<void(Mail&)> change;
  std::string reason;
  std::string clause = "RFC 8617 section 5.2";
};

// Counts the questions on their way to a zone.
class Counter : public dns::Resolver {
 public:
  dns::AnswerPtr query(const dns::Question& question) override {
    ++questions;
    return zone_->query(question);
  }

  void prefetch(std::span<const dns::Question> asked) override { questions += asked.size(); }

  std::size_t questions = 0;

 private:
  std::unique_ptr<dns::ZoneResolver> zone_ = test::zone_of(test::good_zone());
};

}  // namespace

TEST_CASE("whole chains pass") {
  auto sets = GENERATE(values<unsigned>({1, 2, 3, 10, 11, 50}));
  auto chain = test::validate(test::sealed_mail(sets));
  INFO(chain.reason);
  CHECK(chain.result == Result::pass);
  CHECK(chain.reason.empty());
  CHECK(chain.oldest_pass == 0);
  REQUIRE(chain.sets.size() == sets);
  const auto& newest = chain.sets.back();
  CHECK(newest.instance == sets);
  CHECK(newest.seal_domain == "lists.example");
  CHECK(newest.seal_selector == "rsa");
  CHECK(newest.message_domain == "lists.example");
  CHECK(newest.validation == (sets == 1 ? "none" : "pass"));
  CHECK(newest.results == "lists.example;\tspf=pass");
  CHECK(newest.message_verified);
  for (const auto& set : chain.sets) CHECK(set.seal_verified);
}

TEST_CASE("no chain") {
  auto mail = test::plain_mail();
  mail.fields.emplace_back("X-ARC-Seal: i=1");
  auto chain = test::validate(mail);
  CHECK(chain.result == Result::none);
  CHECK(chain.sets.empty());
}

TEST_CASE("the order of the fields in the header means nothing") {
  auto mail = test::plain_mail();
  seal(mail, {"1", "none", "From:Subject"});
  seal(mail, {"2", "pass", "From:Subject"});
  std::reverse(mail.fields.begin(), mail.fields.end());
  CHECK(test::validate(mail).result == Result::pass);
}

TEST_CASE("ARC sets missing, doubled, out of order; cv= wrong; seals over what they may not be") {
  auto row = GENERATE(values<Row>({
      {"results of the newest missing", 2,
       [](Mail& m) { drop(m, "ARC-Authentication-Results: i=2"); },
       "there is no ARC-Authentication-Results of instance 2"},
      {"message signature of an old set missing", 2,
       [](Mail& m) { drop(m, "ARC-Message-Signature: i=1"); },
       "there is no ARC-Message-Signature of instance 1"},
      {"seal of the only set missing", 1, [](Mail& m) { drop(m, "ARC-Seal"); },
       "there is no ARC-Seal of instance 1"},
      {"only a seal", 0, [](Mail& m) { m.fields.emplace_back("ARC-Seal: i=1; cv=none"); },
       "there is no ARC-Authentication-Results of instance 1"},
      {"whole set in the middle missing", 3,
       [](Mail& m) {
         drop(m, "ARC-Seal: i=2");
         drop(m, "ARC-Message-Signature: i=2");
         drop(m, "ARC-Authentication-Results: i=2");
       },
       "there is an instance 3, but no instance 2"},
      {"oldest set missing", 2,
       [](Mail& m) {
         drop(m, "ARC-Seal: i=1");
         drop(m, "ARC-Message-Signature: i=1");
         drop(m, "ARC-Authentication-Results: i=1");
       },
       "there is an instance 2, but no instance 1"},
      {"seal doubled", 2, [](Mail& m) { double_field(m, "ARC-Seal: i=1"); },
       "there are two ARC-Seal of instance 1", "RFC 8617 section 4.2.1"},
      {"message signature doubled", 1, [](Mail& m) { double_field(m, "ARC-Message"); },
       "there are two ARC-Message-Signature of instance 1", "RFC 8617 section 4.2.1"},
      {"results doubled", 1, [](Mail& m) { double_field(m, "ARC-Auth"); },
       "there are two ARC-Authentication-Results of instance 1", "RFC 8617 section 4.2.1"},
      {"the same instance spelled in two ways", 1,
       [](Mail& m) { m.fields.emplace_back("ARC-Seal: i=01; cv=none"); },
       "there are two ARC-Seal of instance 1", "RFC 8617 section 4.2.1"},
      {"sets exchanged", 2,
       [](Mail& m) {
         replace(m.field("ARC-Seal: i=1"), "i=1", "i=X");
         replace(m.field("ARC-Seal: i=2"), "i=2", "i=1");
         replace(m.field("ARC-Seal: i=X"), "i=X", "i=2");
       },
       "ARC-Seal of instance 1: cv is \"pass\"; expected none"},
      {"instance 0", 1, [](Mail& m) { replace(m.field("ARC-Seal"), "i=1", "i=0"); },
       "ARC-Seal in line 1 has the instance \"0\"; expected i=1 to i=50", "RFC 8617 section 4.2.1"},
      {"instance 51", 1, [](Mail& m) { replace(m.field("ARC-Seal"), "i=1", "i=51"); },
       "ARC-Seal in line 1 has the instance \"51\"; expected i=1 to i=50",
       "RFC 8617 section 4.2.1"},
      {"instance 1000", 1, [](Mail& m) { replace(m.field("ARC-Auth"), "i=1", "i=1000"); },
       "ARC-Authentication-Results in line 7 has the instance \"1000\"; expected i=1 to i=50",
       "RFC 8617 section 4.2.1"},
      {"instance 2^64+1", 1,
       [](Mail& m) { replace(m.field("ARC-Seal"), "i=1", "i=18446744073709551617"); },
       "ARC-Seal in line 1 has the instance \"18446744073709551617\"; expected i=1 to i=50",
       "RFC 8617 section 4.2.1"},
      {"instance -1", 1, [](Mail& m) { replace(m.field("ARC-Seal"), "i=1", "i=-1"); },
       "ARC-Seal in line 1 has the instance \"-1\"; expected i=1 to i=50",
       "RFC 8617 section 4.2.1"},
      {"instance not first in the results", 1,
       [](Mail& m) { replace(m.field("ARC-Auth"), "i=1; lists.example;", "lists.example; i=1;"); },
       "ARC-Authentication-Results in line 7 has no instance; expected i=1 to i=50",
       "RFC 8617 section 4.2.1"},
      {"cv=pass in the first", 1,
       [](Mail& m) { replace(m.field("ARC-Seal"), "cv=none", "cv=pass"); },
       "ARC-Seal of instance 1: cv is \"pass\"; expected none"},
      {"cv=none in the second", 2,
       [](Mail& m) { replace(m.field("ARC-Seal"), "cv=pass", "cv=none"); },
       "ARC-Seal of instance 2: cv is \"none\"; expected pass"},
      {"cv=Pass", 2, [](Mail& m) { replace(m.field("ARC-Seal"), "cv=pass", "cv=Pass"); },
       "ARC-Seal of instance 2: cv is \"Pass\"; expected pass"},
      {"cv= empty", 1, [](Mail& m) { replace(m.field("ARC-Seal"), "cv=none", "cv="); },
       "ARC-Seal of instance 1: cv is \"\"; expected none"},
      {"cv= missing", 1, [](Mail& m) { replace(m.field("ARC-Seal"), "cv=none; ", ""); },
       "ARC-Seal of instance 1: cv is \"\"; expected none"},
      {"cv= twice", 1, [](Mail& m) { replace(m.field("ARC-Seal"), "cv=none", "cv=none; cv=none"); },
       "ARC-Seal of instance 1: the tag cv= is there twice", "RFC 8617 section 4.1.3"},
      {"cv=fail in the newest", 2,
       [](Mail& m) { replace(m.field("ARC-Seal"), "cv=pass", "cv=fail"); },
       "the newest seal, by \"lists.example\", says that the chain had failed: cv=fail"},
      {"cv=fail in an older one", 2,
       [](Mail& m) { replace(m.field("ARC-Seal: i=1"), "cv=none", "cv=fail"); },
       "ARC-Seal of instance 1: cv is \"fail\"; expected none"},
      {"h= in a seal", 1,
       [](Mail& m) { replace(m.field("ARC-Seal"), "cv=none", "h=From; cv=none"); },
       "ARC-Seal of instance 1: there is h=, which a seal may not have", "RFC 8617 section 4.1.3"},
      {"message signature over a seal", 1,
       [](Mail& m) {
         seal(m, {"2", "pass", "From:aRC-sEAL:Subject", "c=relaxed/relaxed; ", ""});
       },
       "ARC-Message-Signature of instance 2: h= names ARC-Seal, which it may not cover",
       "RFC 8617 section 4.1.2"},
      {"rsa-sha1", 1, [](Mail& m) { replace(m.field("ARC-Message"), "rsa-sha256", "rsa-sha1"); },
       "ARC-Message-Signature of instance 1: the body is not the one that was signed: its hash is "
       "not "
       "that of bh=",
       "RFC 6376 section 6.1.3"},
      {"body changed", 2, [](Mail& m) { m.body += "footer\r\n"; },
       "ARC-Message-Signature of instance 2: the body is not the one that was signed: its hash is "
       "not "
       "that of bh=",
       "RFC 6376 section 6.1.3"},
      {"signed field changed", 1, [](Mail& m) { m.field("Subject") += "!"; },
       "ARC-Message-Signature of instance 1: what was signed was changed, or signed by another "
       "key: "
       "b= does not match",
       "RFC 6376 section 6.1.3"},
      {"results changed", 2,
       [](Mail& m) { replace(m.field("ARC-Authentication-Results: i=2"), "pass", "fail"); },
       "ARC-Seal of instance 2: what was signed was changed, or signed by another key: b= does not "
       "match",
       "RFC 6376 section 6.1.3"},
      {"old seal changed", 3,
       [](Mail& m) { replace(m.field("ARC-Seal: i=1"), "i=1;", "i=1; note=y;"); },
       "ARC-Seal of instance 3: what was signed was changed, or signed by another key: b= does not "
       "match",
       "RFC 6376 section 6.1.3"},
      {"l= beyond the body", 0,
       [](Mail& m) { seal(m, {"1", "none", "From", "c=relaxed/relaxed; l=1000; ", ""}); },
       "ARC-Message-Signature of instance 1: l= is larger than the body", "RFC 6376 section 3.5"},
      {"nothing at d=", 1, [](Mail& m) { replace(m.field("ARC-Seal"), "s=rsa", "s=none"); },
       "ARC-Seal of instance 1: there is no key at none._domainkey.lists.example",
       "RFC 6376 section 6.1.2"},
      {"a key of the other type", 1, [](Mail& m) { replace(m.field("ARC-Seal"), "s=rsa", "s=ed"); },
       "ARC-Seal of instance 1: the key is \"ed25519\", the signature rsa-sha256",
       "RFC 6376 section 6.1.2"},
  }));
  INFO(row.what);
  auto mail = test::sealed_mail(row.sets);
  row.change(mail);
  auto chain = test::validate(mail);
  CHECK(chain.result == Result::fail);
  CHECK(chain.reason == row.reason);
  CHECK(chain.clause == row.clause);
}

TEST_CASE("fifty sets are admitted, one more is not") {
  auto mail = test::sealed_mail(50);
  seal(mail, {"51", "pass"});
  auto chain = test::validate(mail);
  CHECK(chain.result == Result::fail);
  CHECK(chain.clause == "RFC 8617 section 4.2.1");
  CHECK(chain.sets.size() == 50);
}

TEST_CASE("seals by other keys, and by keys that cannot be had") {
  using test::zone_of;
  const std::string name = "rsa._domainkey.lists.example.";
  auto line = [](const dkim::PrivateKey& key) {
    return test::key_line("rsa", "lists.example", key);
  };
  auto mail = test::sealed_mail(2);
  auto result = [&](const std::string& zone) {
    auto resolver = zone_of(zone);
    return test::validate(mail, *resolver).result;
  };
  CHECK(result(line(test::rsa_key())) == Result::pass);
  CHECK(result(line(test::other_key())) == Result::fail);
  CHECK(result(line(test::other_key()) + line(test::rsa_key())) == Result::pass);
  CHECK(result(name + " 300 IN TXT \"v=DKIM1; p=\"\n") == Result::fail);
  CHECK(result(name + " 300 IN TXT \"no key\"\n") == Result::fail);
  CHECK(result("; !timeout rsa._domainkey.lists.example. TXT\n") == Result::temperror);
  CHECK(result("; !servfail rsa._domainkey.lists.example. ANY\n") == Result::temperror);
  // What is broken for certain stays so when DNS is silent.
  mail.body += "x";
  CHECK(result("; !timeout rsa._domainkey.lists.example. TXT\n") == Result::fail);
}

TEST_CASE("DNS trouble with one key hides no seal that does not hold") {
  auto mail = test::sealed_mail(1);
  Sealing says{"2", "pass"};
  says.message_key = &test::ed25519_key();
  says.seal_key = &test::ed25519_key();
  seal(mail, says);
  auto silent = test::zone_of(test::key_line("rsa", "lists.example", test::rsa_key()) +
                              "; !timeout ed._domainkey.lists.example. TXT\n");
  auto chain = test::validate(mail, *silent);
  CHECK(chain.result == Result::temperror);
  CHECK(chain.reason.find("the key could not be had: ed._domainkey.lists.example: timeout") !=
        std::string::npos);
  replace(mail.field("ARC-Authentication-Results: i=1"), "pass", "none");
  CHECK(test::validate(mail, *silent).result == Result::fail);
}

TEST_CASE("Ed25519 seals (RFC 8463)") {
  auto mail = test::sealed_mail(1);
  Sealing says{"2", "pass"};
  says.message_key = &test::ed25519_key();
  says.seal_key = &test::ed25519_key();
  seal(mail, says);
  CHECK(test::validate(mail).result == Result::pass);
  says.instance = "3";
  says.message_key = &test::rsa_key();
  seal(mail, says);
  CHECK(test::validate(mail).result == Result::pass);
}

TEST_CASE("a seal made with the right key over the wrong sets") {
  // The second sealer leaves out the first set: RFC 8617 section 5.1.1 has it in.
  auto mail = test::sealed_mail(1);
  auto alone = test::plain_mail();
  seal(alone, {"1", "pass"});
  for (auto start : {"ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"}) {
    auto field = alone.field(start);
    replace(field, "i=1", "i=2");
    mail.fields.insert(mail.fields.begin(), field);
  }
  CHECK(test::validate(mail).result == Result::fail);
}

TEST_CASE("a chain moved to another message") {
  auto mail = test::sealed_mail(1);
  auto other = test::plain_mail();
  other.field("From") = "From: Bank <service@bank.example>";
  other.fields.insert(other.fields.begin(), mail.fields.begin(), mail.fields.begin() + 3);
  CHECK(test::validate(other).result == Result::fail);
}

TEST_CASE("the oldest signature that holds (section 5.2 step 5)") {
  auto mail = test::sealed_mail(1);
  mail.body += "-- \r\nlist footer\r\n";
  seal(mail, {"2", "pass"});
  seal(mail, {"3", "pass"});
  auto chain = test::validate(mail);
  CHECK(chain.result == Result::pass);
  CHECK(chain.oldest_pass == 2);
  CHECK(!chain.sets[0].message_verified);
  CHECK(chain.sets[1].message_verified);

  // An old message signature that cannot be read is one that does not hold.
  auto odd = test::plain_mail();
  seal(odd, {"1", "none", "From", "c=relaxed/relaxed; v=1; l=x; "});
  seal(odd, {"2", "pass"});
  chain = test::validate(odd);
  CHECK(chain.result == Result::pass);
  CHECK(chain.oldest_pass == 2);
}

TEST_CASE("without c= either form is right") {
  auto mail = test::plain_mail();
  seal(mail, {"1", "none", "From:Subject", ""});
  CHECK(test::validate(mail).result == Result::pass);
  mail.field("Subject") = "subject:   minutes ";
  CHECK(test::validate(mail).result == Result::pass);
  mail.field("subject") = "Subject: minute s";
  CHECK(test::validate(mail).result == Result::fail);
}

TEST_CASE("times are not judged: a seal of 1970, one of the future, one that expired") {
  auto mail = test::plain_mail();
  seal(mail, {"1", "none", "From", "c=relaxed/relaxed; t=12345; x=12346; ", "t=999999999999; "});
  CHECK(test::validate(mail).result == Result::pass);
}

TEST_CASE("a broken chain costs no question") {
  auto mail = test::sealed_mail(3);
  drop(mail, "ARC-Seal: i=2");
  Counter counter;
  CHECK(test::validate(mail, counter).result == Result::fail);
  CHECK(counter.questions == 0);
}

TEST_CASE("10,000 ARC fields end at once") {
  auto kind = GENERATE(values<std::string>({
      "ARC-Seal: i=1; cv=none; a=rsa-sha256; b=AAAA; d=lists.example; s=rsa",
      "ARC-Message-Signature: i=9; a=rsa-sha256; b=AAAA; bh=AAAA; d=lists.example; s=rsa; h=From",
      "ARC-Authentication-Results: i=2; lists.example; none",
      "ARC-Seal: i=999",
      "ARC-Seal:",
  }));
  auto mail = test::sealed_mail(2);
  for (int i = 0; i < 10'000; ++i) mail.fields.push_back(kind);
  Counter counter;
  auto chain = test::validate(mail, counter);
  CHECK(chain.result == Result::fail);
  CHECK(counter.questions == 0);
  CHECK(chain.sets.size() <= limits::kArcSets);
}
