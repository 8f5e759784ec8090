#include <catch2/catch.hpp>

#include "dkim/candidates.hpp"
#include "dkim/discover.hpp"
#include "dkim/key_lookup.hpp"
#include "dkim/lint.hpp"
#include "zone_for_test.hpp"

using namespace mailtrust;
using dkim::Presence;
using dkim::Sought;

namespace {

dns::Name name(std::string_view text) {
  return *dns::Name::read(text);
}

dkim::KeyLookup look_up(std::string_view selector) {
  static auto zone = test::load_zone("dkim");
  return dkim::look_up(*zone, selector, *dkim::key_name(selector, name("example.org")));
}

// "error dkim.weak-key@10 ...": severity, id and column of each finding.
std::string told(const std::vector<finding::Finding>& findings) {
  std::string text;
  for (const auto& finding : findings) {
    if (!text.empty()) text += ' ';
    text += finding.id;
    auto colon = finding.where.rfind(':');
    if (colon != std::string::npos) text += '@' + finding.where.substr(colon + 1);
  }
  return text;
}

}  // namespace

TEST_CASE("each key is judged with the column of its faults") {
  struct Row {
    std::string selector;
    Presence presence;
    bool usable;
    std::string findings;
  };

  auto row = GENERATE(values<Row>({
      {"good", Presence::found, true, ""},
      {"GOOD", Presence::found, true, ""},
      {"bare", Presence::found, true, ""},
      {"hosted", Presence::found, true, ""},
      {"ed", Presence::found, true, ""},
      {"short", Presence::found, true, "dkim.short-key@12"},
      {"weak", Presence::found, false, "dkim.weak-key@12"},
      {"large", Presence::found, false, "dkim.key-too-large@12"},
      {"even", Presence::found, false, "dkim.bad-modulus@12"},
      {"pkcs1", Presence::found, true, "dkim.pkcs1@12"},
      {"edspki", Presence::found, false, "dkim.spki-ed25519@23"},
      {"edtype", Presence::found, false, "dkim.type-mismatch@1"},
      {"revoked", Presence::found, false, "dkim.key-revoked@12"},
      {"testing", Presence::found, true, "dkim.testing@1"},
      {"sha1", Presence::found, false, "dkim.sha1-only@1"},
      {"service", Presence::found, false, "dkim.service-not-email@1"},
      {"historic", Presence::found, true, "dkim.granularity@1 dkim.unknown-tag@1"},
      {"backslash", Presence::found, false, "dkim.version@3 dkim.unknown-type@13"},
      {"version", Presence::found, false, "dkim.version@3"},
      {"late", Presence::found, false, "dkim.version@8"},
      {"type", Presence::found, false, "dkim.unknown-type@12"},
      {"cut", Presence::found, false, "dkim.syntax@12"},
      {"nokey", Presence::found, false, "dkim.syntax@1"},
      {"twice", Presence::found, false, "dkim.multiple-records dkim.short-key@12"},
      {"other", Presence::absent, false, "dkim.key-missing"},
      {"nothing", Presence::absent, false, "dkim.key-missing"},
      {"dangling", Presence::absent, false, "dkim.dangling-cname"},
      {"slow", Presence::unknown, false, "dkim.dns-trouble"},
      {"lame", Presence::unknown, false, "dkim.dns-trouble"},
  }));
  INFO(row.selector);
  auto lookup = look_up(row.selector);
  CHECK(lookup.presence == row.presence);
  CHECK(dkim::is_usable(lookup) == row.usable);
  CHECK(told(dkim::lint(lookup, Sought::named)) == row.findings);
}

TEST_CASE("a record says what it says") {
  auto testing = look_up("testing");
  CHECK(testing.record()->testing());
  CHECK(testing.record()->strict_identity());
  CHECK(testing.record()->key->bits == 2048);
  auto hosted = look_up("hosted");
  REQUIRE(hosted.aliases.size() == 1);
  CHECK(to_string(hosted.aliases[0]) == "s1.keys.example.net");
  CHECK(look_up("ed").record()->key->type == dkim::KeyType::ed25519);
  CHECK(look_up("twice").record() == nullptr);
  CHECK(look_up("historic").record()->granularity == "");
}

TEST_CASE("the repaired record is sound") {
  auto selector = GENERATE(as<std::string>(), "edspki", "edtype", "backslash", "version", "late",
                           "type", "pkcs1");
  INFO(selector);
  auto findings = dkim::lint(look_up(selector), Sought::named);
  REQUIRE(!findings.empty());
  auto hint = findings[0].hint;
  REQUIRE(hint.starts_with("publish this instead:\n" + selector + "._domainkey.example.org. IN"));
  auto zone = dns::ZoneResolver::from_text(hint.substr(hint.find('\n') + 1) + '\n', "hint");
  REQUIRE(zone);
  auto mended = dkim::look_up(**zone, selector, *dkim::key_name(selector, name("example.org")));
  CHECK(dkim::is_usable(mended));
  CHECK(told(dkim::lint(mended, Sought::named)) == "");
}

TEST_CASE("a broken record that cannot be mended gets no hint") {
  for (auto selector : {"cut", "weak", "nokey", "even"}) {
    INFO(selector);
    CHECK(dkim::lint(look_up(selector), Sought::named)[0].hint.empty());
  }
}

TEST_CASE("selectors must fit into a name") {
  CHECK(to_string(*dkim::key_name("mail.2026", name("example.org"))) ==
        "mail.2026._domainkey.example.org");
  CHECK(dkim::key_name("", name("example.org")).error().message ==
        "\"\": not a selector; expected one such as s1 or mail.2026");
  CHECK(!dkim::key_name("a..b", name("example.org")));
  auto longest = name(std::string(60, 'a') + '.' + std::string(60, 'b') + '.' +
                      std::string(60, 'c') + '.' + std::string(50, 'd'));
  CHECK(dkim::key_name("a", longest));
  CHECK(!dkim::key_name(std::string(60, 'x'), longest));
}

namespace {

dkim::Discovery discover(std::string_view domain) {
  static auto zone = test::load_zone("dkim");
  return dkim::discover(*zone, name(domain), dkim::selector_candidates(*zone, name(domain)));
}

std::string listed(const dkim::Discovery& discovery) {
  std::string text;
  for (const auto& key : discovery.keys) text += key.selector + ' ';
  return text;
}

}  // namespace

TEST_CASE("selectors are found where providers have them, and absence is never claimed") {
  struct Row {
    std::string domain;
    std::string selectors;
    bool found;
    std::string findings;
  };

  auto row = GENERATE(values<Row>({
      {"fast.example", "fm1 fm2 ", true, ""},
      {"wild.example", "s1 ", true, "dkim.wildcard"},
      {"parked.example", "", false, "dkim.wildcard"},
      {"quiet.example", "", false, "dkim.no-selector-known"},
      {"secret.example", "", false, "dkim.no-selector-known"},
      {"retired.example", "s1 ", false, "dkim.no-selector-known"},
      {"dead.example", "", false, "dkim.dns-trouble"},
      {"part.example", "s1 s2 ", true, "dkim.dns-trouble"},
  }));
  INFO(row.domain);
  auto discovery = discover(row.domain);
  CHECK(listed(discovery) == row.selectors);
  CHECK(discovery.found_any() == row.found);
  CHECK(told(dkim::lint(discovery, name(row.domain))) == row.findings);
}

TEST_CASE("where nothing is below _domainkey only likely selectors are asked for") {
  CHECK(discover("quiet.example").tried < 25);
  CHECK(discover("secret.example").tried > 100);
  CHECK(discover("dead.example").tried == 0);
}

TEST_CASE("a wildcard that revokes everything is no harm") {
  auto findings = dkim::lint(discover("parked.example"), name("parked.example"));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].severity == finding::Severity::info);
}
