#include "dmarc/discover.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "zone_for_test.hpp"

using namespace mailtrust;
using dmarc::Presence;

namespace {

dmarc::Outcome discover(std::string_view domain) {
  static auto zone = test::load_zone("dmarc");
  return dmarc::discover(*zone, *dns::Name::read(domain));
}

// "reject by p at reject.example, organization reject.example", as far as it is known.
std::string describe(const dmarc::Outcome& outcome) {
  std::string text;
  switch (outcome.presence) {
    case Presence::absent: text = "absent"; break;
    case Presence::unknown: text = "unknown"; break;
    case Presence::found:
      text = (outcome.policy ? std::string(to_string(*outcome.policy)) : "-") + " by " +
             outcome.policy_tag + " at " + to_string(outcome.found_at().domain);
  }
  return text + ", " +
         (outcome.organizational_domain ? to_string(*outcome.organizational_domain) : "-");
}

std::string told(const dmarc::Outcome& outcome) {
  std::string text;
  for (const auto& finding : dmarc::lint(outcome)) text += finding.id + ' ';
  return text;
}

}  // namespace

TEST_CASE("the policy that applies is found by the tree walk") {
  struct Row {
    std::string domain;
    std::string outcome;
    std::size_t questions;
  };

  auto row = GENERATE(values<Row>({
      {"reject.example", "reject by p at reject.example, reject.example", 2},
      {"sub.reject.example", "reject by p at reject.example, reject.example", 3},
      {"www.weaker.example", "none by sp at weaker.example, weaker.example", 3},
      {"invented.weaker.example", "reject by np at weaker.example, weaker.example", 3},
      {"lost.weaker.example", "- by sp at weaker.example, weaker.example", 3},
      {"nothing.example", "absent, nothing.example", 2},
      {"twice.example", "absent, twice.example", 2},
      {"wrong.example", "absent, wrong.example", 2},
      {"typo.example", "none by p at typo.example, typo.example", 2},
      {"lost.example", "- by p at lost.example, lost.example", 2},
      {"nop.example", "none by p at nop.example, nop.example", 2},
      {"slow.example", "unknown, -", 2},
      {"a.slow.example", "unknown, -", 3},
      {"a.tree.test", "quarantine by sp at tree.test, tree.test", 3},
      {"mail.tree.test", "none by p at mail.tree.test, tree.test", 3},
      {"a.mail.tree.test", "quarantine by sp at tree.test, tree.test", 4},
      {"own.tree.test", "quarantine by p at own.tree.test, own.tree.test", 1},
      {"b.own.tree.test", "quarantine by p at own.tree.test, own.tree.test", 2},
      {"a.b.c.d.e.f.g.h.i.tree.test", "quarantine by p at e.f.g.h.i.tree.test, e.f.g.h.i.tree.test",
       2},
      {"suffix", "reject by p at suffix, suffix", 1},
      {"shop.suffix", "quarantine by sp at suffix, shop.suffix", 2},
      {"absent.suffix", "reject by np at suffix, absent.suffix", 2},
      {"mail.shop.suffix", "none by p at mail.shop.suffix, shop.suffix", 3},
      {"a.mail.shop.suffix", "quarantine by sp at suffix, shop.suffix", 4},
  }));
  INFO(row.domain);
  auto outcome = discover(row.domain);
  CHECK(describe(outcome) == row.outcome);
  CHECK(outcome.walk.size() == row.questions);
}

TEST_CASE("a long name costs eight questions") {
  auto outcome = discover("a.b.c.d.e.f.g.h.i.j.mail.example.com");
  std::string asked;
  for (const auto& stop : outcome.walk) asked += to_string(stop.name) + ' ';
  CHECK(asked ==
        "_dmarc.a.b.c.d.e.f.g.h.i.j.mail.example.com _dmarc.g.h.i.j.mail.example.com "
        "_dmarc.h.i.j.mail.example.com _dmarc.i.j.mail.example.com _dmarc.j.mail.example.com "
        "_dmarc.mail.example.com _dmarc.example.com _dmarc.com ");
  std::string name = "com";
  for (std::size_t labels = 2; labels <= limits::kTreeWalk + 1; ++labels) {
    name = std::to_string(labels) + '.' + name;
    CHECK(discover(name).walk.size() == std::min(labels, limits::kTreeWalk));
  }
}

TEST_CASE("what is wrong with a policy is told") {
  struct Row {
    std::string domain;
    std::string findings;
  };

  auto row = GENERATE(values<Row>({
      {"reject.example", ""},
      {"none.example", "dmarc.policy-none "},
      {"silent.example", "dmarc.no-rua "},
      {"weaker.example", "dmarc.sp-weaker "},
      {"trial.example", "dmarc.testing dmarc.pct dmarc.historic-tag dmarc.unknown-tag "},
      {"twice.example", "dmarc.multiple-records dmarc.missing "},
      {"wrong.example", "dmarc.missing "},
      {"typo.example", "dmarc.syntax dmarc.syntax "},
      {"lost.example", "dmarc.syntax dmarc.syntax dmarc.no-rua "},
      {"nop.example", "dmarc.policy-none "},
      {"address.example", "dmarc.syntax "},
      {"slow.example", "dmarc.dns-trouble "},
      {"suffix", "dmarc.sp-weaker dmarc.psd "},
  }));
  INFO(row.domain);
  CHECK(told(discover(row.domain)) == row.findings);
}

TEST_CASE("a missing policy comes with the record to publish") {
  auto findings = dmarc::lint(discover("nothing.example"));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].hint ==
        "begin by watching; this changes nothing about delivery:\n"
        "_dmarc.nothing.example. IN TXT \"v=DMARC1; p=none; rua=mailto:dmarc@nothing.example\"");
}
