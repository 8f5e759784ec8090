#include "receivers/receivers.hpp"

#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "receivers/judging.hpp"
#include "receivers/message_for_test.hpp"

using namespace mailtrust;
using receivers::Opinion;
using test::check;
using test::Message;
using test::opinions;
using test::Row;
using test::rule;
using test::signature;

TEST_CASE("a message that keeps to every rule is fine with everybody") {
  auto all = test::judge({});
  CHECK(opinions(all) ==
        "Gmail: fine\nYahoo: fine\nMicrosoft: fine\nApple: fine\nGMX/WEB.DE: fine\n");
  for (const auto& receiver : all) {
    for (const auto& one : receiver.rules) {
      INFO(one.rule->id << ": " << one.reason);
      CHECK(!one.reason.empty());
      CHECK((one.note || one.opinion == Opinion::fine));
      CHECK(one.note == (one.rule->check == "not-in-a-file"));
    }
  }
}

TEST_CASE("who sent it: SPF and DKIM") {
  auto row = GENERATE(values<Row>({
      {"SPF fails", [](Message& m) { m.spf = spf::Result::fail; }, "gmail.spf", "would refuse",
       "SPF fail"},
      {"SPF softfails", [](Message& m) { m.spf = spf::Result::softfail; }, "microsoft.spf",
       "would refuse", "SPF softfail"},
      {"SPF by DNS trouble", [](Message& m) { m.spf = spf::Result::temperror; }, "gmail.spf",
       "cannot tell", "SPF temperror"},
      {"no client address", [](Message& m) { m.spf.reset(); }, "gmail.spf", "cannot tell",
       "no client address"},
      {"advice alone", [](Message& m) { m.spf = spf::Result::fail; }, "gmx.spf", "fine",
       "SPF fail"},
      {"no signature", [](Message& m) { m.signatures.clear(); }, "gmail.dkim", "would refuse",
       "no DKIM signature"},
      {"a broken signature", [](Message& m) { m.signatures = {signature(dkim::Result::fail)}; },
       "apple.dkim", "would refuse", "DKIM fail by sender.example"},
      {"a broken and a good one",
       [](Message& m) {
         m.signatures = {signature(dkim::Result::fail), signature(dkim::Result::pass)};
       },
       "apple.dkim", "fine", "DKIM pass"},
      {"a key that DNS did not tell",
       [](Message& m) { m.signatures = {signature(dkim::Result::temperror)}; }, "gmail.dkim",
       "cannot tell", "DKIM temperror"},
      {"SPF alone", [](Message& m) { m.signatures.clear(); }, "gmail.authentication", "fine",
       "SPF pass"},
      {"DKIM alone", [](Message& m) { m.spf = spf::Result::fail; }, "yahoo.authentication", "fine",
       "DKIM pass"},
      {"neither",
       [](Message& m) {
         m.spf = spf::Result::none;
         m.signatures.clear();
       },
       "gmail.authentication", "would refuse", "no DKIM signature; SPF none"},
      {"no signature, and no client address",
       [](Message& m) {
         m.spf.reset();
         m.signatures.clear();
       },
       "gmail.authentication", "cannot tell", "no client address"},
      {"a key of 512 bits (RFC 8301)",
       [](Message& m) {
         m.signatures = {signature(dkim::Result::policy)};
         m.signatures[0].key_bits = 512;
       },
       "gmail.key-size", "would refuse", "512 bits"},
      {"a key of 1024 bits", [](Message& m) { m.signatures[0].key_bits = 1024; }, "yahoo.key-size",
       "fine", "1024 bits"},
      {"a key of 1024 bits, and the advice", [](Message& m) { m.signatures[0].key_bits = 1024; },
       "gmail.key-size-advice", "fine", "1024 bits by sender.example"},
      {"no key to measure", [](Message& m) { m.signatures.clear(); }, "gmail.key-size",
       "cannot tell", "no good signature"},
      {"an Ed25519 key",
       [](Message& m) {
         m.signatures[0].key_bits = 256;
         m.signatures[0].parsed.signature.algorithm = dkim::Algorithm::ed25519_sha256;
       },
       "gmail.key-size", "fine", "Ed25519"},
  }));
  check(row);
}

TEST_CASE("who sent it: DMARC and alignment") {
  auto row = GENERATE(values<Row>({
      {"a signature of somebody else",
       [](Message& m) {
         m.signatures = {signature(dkim::Result::pass, "other.example")};
         m.dmarc.identities.clear();
       },
       "gmx.dkim", "would refuse", "not aligned"},
      {"a signature of the parent, without a DMARC record",
       [](Message& m) {
         m.dmarc.author_domain = dns::Name::read("news.sender.example");
         m.dmarc.identities.clear();
       },
       "gmx.dkim", "fine", "aligned"},
      {"a domain that only ends alike",
       [](Message& m) {
         m.dmarc.author_domain = dns::Name::read("mysender.example");
         m.dmarc.identities.clear();
       },
       "gmx.dkim", "would refuse", "not aligned"},
      {"alignment that DNS did not tell",
       [](Message& m) { m.dmarc.identities = {Message::identity(std::nullopt)}; }, "gmx.dkim",
       "cannot tell", "could not be told"},
      {"no DMARC record",
       [](Message& m) {
         m.dmarc.policy.reset();
         m.dmarc.discovery = dmarc::Outcome{};
         m.dmarc.discovery->presence = dmarc::Presence::absent;
         m.dmarc.discovery->domain = *dns::Name::read("sender.example");
       },
       "gmail.dmarc-record", "would refuse", "no DMARC record for sender.example"},
      {"a DMARC record that DNS did not tell",
       [](Message& m) {
         m.dmarc.policy.reset();
         m.dmarc.discovery = dmarc::Outcome{};
       },
       "gmail.dmarc-record", "cannot tell", "DNS did not tell"},
      {"p=none is a policy", [](Message& m) { m.dmarc.policy = dmarc::Policy::none; },
       "microsoft.dmarc-record", "fine", "policy none"},
      {"several authors",
       [](Message& m) {
         m.dmarc = {};
         m.dmarc.result = dmarc::Result::permerror;
         m.dmarc.reason = "From has addresses of 2 domains";
       },
       "yahoo.dmarc-record", "would refuse", "2 domains"},
      {"several authors are aligned with nothing",
       [](Message& m) {
         m.dmarc = {};
         m.dmarc.result = dmarc::Result::permerror;
         m.dmarc.reason = "From has addresses of 2 domains";
       },
       "yahoo.alignment", "would refuse", "2 domains"},
      {"aligned", [](Message&) {}, "apple.dmarc-policy", "fine", "DMARC pass"},
      {"nothing aligned", [](Message& m) { m.fail_dmarc(dmarc::Policy::none); }, "gmail.alignment",
       "would refuse", "nothing is aligned"},
      {"nothing aligned, but SPF is not known",
       [](Message& m) {
         m.fail_dmarc(dmarc::Policy::none);
         m.spf.reset();
       },
       "gmail.alignment", "cannot tell", "no client address"},
      {"nothing aligned as far as DNS told",
       [](Message& m) {
         m.fail_dmarc(dmarc::Policy::none);
         m.dmarc.identities = {Message::identity(std::nullopt)};
       },
       "gmail.alignment", "cannot tell", ""},
      {"p=reject", [](Message& m) { m.fail_dmarc(dmarc::Policy::reject); }, "gmail.dmarc-policy",
       "would refuse", "asks to reject"},
      {"p=quarantine", [](Message& m) { m.fail_dmarc(dmarc::Policy::quarantine); },
       "apple.dmarc-policy", "would doubt", "asks to quarantine"},
      {"p=none", [](Message& m) { m.fail_dmarc(dmarc::Policy::none); }, "gmx.dmarc-policy", "fine",
       "asks for nothing"},
      {"p=reject, but SPF is not known",
       [](Message& m) {
         m.fail_dmarc(dmarc::Policy::reject);
         m.spf.reset();
       },
       "gmail.dmarc-policy", "cannot tell", "no client address"},
      {"DMARC by DNS trouble",
       [](Message& m) {
         m.fail_dmarc(dmarc::Policy::reject);
         m.dmarc.result = dmarc::Result::temperror;
         m.dmarc.disposition.reset();
       },
       "gmail.dmarc-policy", "cannot tell", "DMARC temperror"},
  }));
  check(row);
}

TEST_CASE("from where: PTR and forward confirmation in three values, TLS") {
  auto row = GENERATE(values<Row>({
      {"leads back", [](Message&) {}, "gmail.ptr", "fine", "192.0.2.1 is mx.sender.example"},
      {"leads back by IPv6", [](Message& m) { m.client = "2001:db8::1"; }, "gmail.ptr", "fine",
       "mx6.sender.example"},
      {"the second name leads back", [](Message& m) { m.client = "192.0.2.8"; }, "gmail.ptr",
       "fine", "mx8.sender.example"},
      {"an IPv4-mapped address", [](Message& m) { m.client = "::ffff:192.0.2.1"; }, "gmail.ptr",
       "fine", "mx.sender.example"},
      {"leads elsewhere", [](Message& m) { m.client = "192.0.2.2"; }, "gmail.ptr", "would refuse",
       "leads back"},
      {"the name does not answer", [](Message& m) { m.client = "192.0.2.3"; }, "gmail.ptr",
       "cannot tell", "DNS did not tell"},
      {"the address does not answer", [](Message& m) { m.client = "192.0.2.4"; }, "apple.ptr",
       "cannot tell", "DNS did not tell"},
      {"no PTR", [](Message& m) { m.client = "192.0.2.5"; }, "gmx.ptr", "would refuse",
       "no PTR record"},
      {"no PTR, doubted only", [](Message& m) { m.client = "192.0.2.5"; }, "yahoo.ptr",
       "would doubt", "no PTR record"},
      {"no client address", [](Message& m) { m.client.clear(); }, "gmail.ptr", "cannot tell",
       "no client address"},
      {"a name of the provider's", [](Message& m) { m.client = "192.0.2.6"; }, "gmx.ptr-own",
       "would refuse", "192-0-2-6-static.isp.example looks like"},
      {"a name of a customer's line", [](Message& m) { m.client = "192.0.2.7"; }, "yahoo.ptr-own",
       "would doubt", "looks like"},
      {"a name of one's own", [](Message&) {}, "gmx.ptr-own", "fine", "mx.sender.example"},
      {"no name at all, which is another rule's business",
       [](Message& m) { m.client = "192.0.2.5"; }, "gmx.ptr-own", "cannot tell", "no name"},
      {"no name of one's own, as DNS did not tell", [](Message& m) { m.client = "192.0.2.4"; },
       "gmx.ptr-own", "cannot tell", "DNS"},
      {"TLS", [](Message&) {}, "gmail.tls", "fine", "with ESMTPS, by TLS"},
      {"TLS in a comment",
       [](Message& m) { m.replace("with ESMTPS", "with ESMTP (TLSv1.3:AES256)"); }, "gmail.tls",
       "fine", "by TLS"},
      {"no TLS", [](Message& m) { m.replace("with ESMTPS", "with ESMTP"); }, "gmail.tls",
       "would doubt", "with ESMTP, without TLS"},
      {"a comment that says with ESMTPS",
       [](Message& m) { m.replace("with ESMTPS", "(with ESMTPS) with SMTP"); }, "gmail.tls",
       "would doubt", "with SMTP, without TLS"},
      {"another hop's TLS", [](Message& m) { m.client = "192.0.2.8"; }, "gmail.tls", "cannot tell",
       "no Received field tells"},
  }));
  check(row);
}

TEST_CASE("a receiver's opinion is that of its worst rule, notes left out") {
  Message message;
  SECTION("a refusal outweighs what is not known") {
    message.client.clear();
    message.spf.reset();
    message.replace("To:", "From: b@other.example\r\nTo:");
    CHECK(test::judge(message).front().opinion == Opinion::would_refuse);
  }
  SECTION("nothing is known of the client") {
    message.client.clear();
    message.spf.reset();
    CHECK(opinions(test::judge(message)) ==
          "Gmail: cannot tell\nYahoo: cannot tell\nMicrosoft: cannot tell\nApple: cannot tell\n"
          "GMX/WEB.DE: cannot tell\n");
  }
  SECTION("rules for bulk mail are for bulk mail") {
    message.bulk = false;
    message.replace("List-Unsubscribe-Post", "X-Nothing");
    message.spf = spf::Result::none;
    auto all = test::judge(message);
    CHECK(all.front().opinion == Opinion::fine);
    for (const auto& receiver : all)
      for (const auto& one : receiver.rules) CHECK_FALSE(one.rule->bulk_only);
  }
}

TEST_CASE("bulk mail says so of itself") {
  auto row = GENERATE(table<std::string, bool>({
      {"From: a@example.org", false},
      {"List-Id: <talk.example.org>", true},
      {"List-Unsubscribe: <https://example.org/u>", true},
      {"Feedback-ID: a:b:c:d", true},
      {"Precedence: Bulk", true},
      {"precedence:\r\n list", true},
      {"Precedence: first-class", false},
  }));
  INFO(std::get<0>(row));
  CHECK(receivers::looks_bulk(message::Header::parse(std::get<0>(row))) == std::get<1>(row));
}

TEST_CASE("rules age: more than a year is old") {
  // gmail.dkim was last seen on 2026-03-11.
  auto row = GENERATE(table<std::int64_t, bool>({
      {1'790'000'000, false},
      {1'804'723'200, false},  // 2027-03-11 00:00
      {1'804'723'201, true},
  }));
  Message message;
  message.now = std::get<0>(row);
  CHECK(rule(test::judge(message), "gmail.dkim").old == std::get<1>(row));
}

TEST_CASE("the table of rules") {
  std::set<std::string_view> ids;
  std::map<std::string_view, std::string_view> prefixes;
  for (const auto& one : receivers::rules()) {
    INFO(one.id);
    CHECK(ids.insert(one.id).second);
    auto prefix = one.id.substr(0, one.id.find('.'));
    CHECK(prefixes.emplace(one.receiver, prefix).first->second == prefix);
    CHECK(one.text.ends_with('.'));
  }
  CHECK(prefixes.size() == 5);
  // Those of one receiver stand together, or judge() would name it twice.
  CHECK(test::judge({}).size() == 5);
}
