#include "dmarc/evaluate.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "dns/inquiry.hpp"
#include "zone_for_test.hpp"

using namespace mailtrust;

namespace {

const auto& results_of_dkim() {
  using enum dkim::Result;
  static const std::vector<dkim::Result> all = {none,    pass,      fail,     policy,
                                                neutral, temperror, permerror};
  return all;
}

const auto& results_of_spf() {
  using enum spf::Result;
  static const std::vector<spf::Result> all = {none,     neutral,   pass,     fail,
                                               softfail, temperror, permerror};
  return all;
}

template <typename R>
R result_named(const std::vector<R>& all, std::string_view word) {
  for (auto result : all)
    if (to_string(result) == word) return result;
  throw std::invalid_argument(std::string(word));
}

// "spf:pass:example.com dkim:fail:example.net": what was authenticated.
struct Identities {
  explicit Identities(std::string_view text) {
    for (auto word : ascii::split(text, ' ')) {
      auto parts = ascii::split(word, ':');
      if (parts.size() != 3) continue;
      if (parts[0] == "spf") {
        spf = dmarc::SpfIdentity{result_named(results_of_spf(), parts[1]), std::string(parts[2])};
        continue;
      }
      dkim::Verification verification;
      verification.result = result_named(results_of_dkim(), parts[1]);
      verification.parsed.signature.domain = parts[2];
      verification.parsed.signature.selector = "s";
      dkim.push_back(std::move(verification));
    }
  }

  std::vector<dkim::Verification> dkim;
  std::optional<dmarc::SpfIdentity> spf;
};

dns::Resolver& zone() {
  static auto loaded = test::load_zone("dmarc_evaluate");
  return *loaded;
}

dmarc::Evaluation evaluate(std::string_view header, std::string_view identities,
                           dns::Resolver& resolver = zone()) {
  Identities given(identities);
  return dmarc::evaluate(resolver, message::Header::parse(header), given.dkim, given.spf);
}

std::string word(const std::optional<dmarc::Policy>& policy) {
  return policy ? std::string(to_string(*policy)) : "-";
}

// "fail reject quarantine": result, policy, disposition.
std::string describe(const dmarc::Evaluation& evaluation) {
  return std::string(to_string(evaluation.result)) + ' ' + word(evaluation.policy) + ' ' +
         word(evaluation.disposition);
}

std::string describe(const std::optional<dmarc::OldReading>& old) {
  if (!old) return "same";
  return std::string(to_string(old->result)) + ' ' + word(old->policy) + ' ' +
         word(old->disposition) + ' ' + std::to_string(old->percent) + ' ' +
         old->organizational_domain;
}

std::string from(std::string_view address) {
  return "From: " + std::string(address) + "\r\n";
}

}  // namespace

TEST_CASE("a message passes when an identifier that passed is aligned") {
  struct Row {
    std::string why, author, identities, outcome;
  };

  auto row = GENERATE(values<Row>({
      {"4.4.1: the same domain", "a@example.com", "dkim:pass:example.com", "pass reject none"},
      {"4.4.1: case", "a@Example.COM", "dkim:pass:eXample.com", "pass reject none"},
      {"4.4.1: below", "a@example.com", "dkim:pass:mail.news.example.com", "pass reject none"},
      {"4.4.1: above", "a@news.example.com", "dkim:pass:example.com", "pass quarantine none"},
      {"4.4.1: beside", "a@news.example.com", "dkim:pass:x.example.com", "pass quarantine none"},
      {"4.4.1: elsewhere", "a@example.com", "dkim:pass:example.net", "fail reject reject"},
      {"only the end is alike", "a@example.com", "dkim:pass:badexample.com", "fail reject reject"},
      {"4.4.1: one of many", "a@example.com",
       "dkim:pass:example.net dkim:fail:example.com dkim:pass:news.example.com",
       "pass reject none"},
      {"5.3.5: not passed", "a@example.com", "dkim:fail:example.com", "fail reject reject"},
      {"5.3.5: refused", "a@example.com", "dkim:policy:example.com", "fail reject reject"},
      {"5.3.5: unusable", "a@example.com", "dkim:permerror:example.com", "fail reject reject"},
      {"5.3.5: no domain", "a@example.com", "dkim:pass:a..b", "fail reject reject"},
      {"5.3.5: nothing at all", "a@example.com", "", "fail reject reject"},
      {"4.4.2: SPF", "a@example.com", "spf:pass:example.com", "pass reject none"},
      {"4.4.2: SPF relaxed", "a@example.com", "spf:pass:b.example.com", "pass reject none"},
      {"4.4.2: SPF elsewhere", "a@example.com", "spf:pass:example.net", "fail reject reject"},
      {"4.4.2: only pass counts", "a@example.com", "spf:softfail:example.com",
       "fail reject reject"},
      {"4.4.2: neutral", "a@example.com", "spf:neutral:example.com", "fail reject reject"},
      {"4.4.2: none", "a@example.com", "spf:none:example.com", "fail reject reject"},
      {"strict, same", "a@strict.example", "dkim:pass:strict.example", "pass reject none"},
      {"strict DKIM, below", "a@strict.example", "dkim:pass:m.strict.example",
       "fail reject reject"},
      {"strict SPF, same", "a@strict.example", "spf:pass:strict.example", "pass reject none"},
      {"strict SPF, below", "a@strict.example", "spf:pass:m.strict.example", "fail reject reject"},
      {"strict, author below", "a@m.strict.example", "dkim:pass:strict.example",
       "fail reject reject"},
      {"strict, both below", "a@m.strict.example", "dkim:pass:m.strict.example",
       "pass reject none"},
      {"adkim=s alone, SPF", "a@half.example", "spf:pass:m.half.example", "pass reject none"},
      {"adkim=s alone, DKIM", "a@half.example", "dkim:pass:m.half.example", "fail reject reject"},
      {"5.3.2: no policy", "a@nopolicy.example", "dkim:pass:nopolicy.example", "none - none"},
      {"4.10: two records", "a@twice.example", "dkim:pass:twice.example", "none - none"},
      {"p=none", "a@none.example", "", "fail none none"},
      {"a U-label", "a@b\xc3\xbc.example.com", "dkim:pass:xn--b-xka.example.com",
       "pass quarantine none"},
      {"the same U-label", "a@b\xc3\xbc.example.com", "spf:pass:b\xc3\xbc.example.com",
       "pass quarantine none"},
  }));
  INFO(row.why);
  auto evaluation = evaluate(from(row.author), row.identities);
  CHECK(describe(evaluation) == row.outcome);
  CHECK(!evaluation.reason.empty());
  CHECK(evaluation.clause.starts_with("RFC 9989 section "));
}

TEST_CASE("psd= decides where an organization begins: section 4.10.2") {
  struct Row {
    std::string why, author, identities, outcome, organization;
  };

  auto row = GENERATE(values<Row>({
      {"psd=n, inside", "a@dept.example.com", "dkim:pass:lab.dept.example.com",
       "pass quarantine none", "dept.example.com"},
      {"psd=n, policy from above the author", "a@lab.dept.example.com",
       "dkim:pass:dept.example.com", "pass quarantine none", "dept.example.com"},
      {"psd=n, the organization above", "a@dept.example.com", "dkim:pass:example.com",
       "fail quarantine quarantine", "dept.example.com"},
      {"psd=n, seen from above", "a@example.com", "dkim:pass:lab.dept.example.com",
       "fail reject reject", "example.com"},
      {"psd=u, a record between", "a@mid.example.com", "dkim:pass:example.com", "pass none none",
       "example.com"},
      {"psd=y, two registrants", "a@one.bank", "dkim:pass:two.bank", "fail quarantine quarantine",
       "one.bank"},
      {"psd=y, one registrant", "a@one.bank", "dkim:pass:www.one.bank", "pass quarantine none",
       "one.bank"},
      {"psd=y, one registrant, from below", "a@www.one.bank", "spf:pass:one.bank",
       "pass quarantine none", "one.bank"},
      {"psd=y, the registry signs", "a@one.bank", "dkim:pass:bank", "fail quarantine quarantine",
       "one.bank"},
      {"psd=y, a name that nobody has", "a@no.bank", "", "fail reject reject", "no.bank"},
      {"the registry itself as author", "a@bank", "dkim:pass:bank", "pass reject none", "bank"},
      {"the registry, signed by a registrant", "a@bank", "dkim:pass:one.bank", "fail reject reject",
       "bank"},
      {"a suffix of two labels", "a@town.gov.test", "dkim:pass:city.gov.test", "fail reject reject",
       "town.gov.test"},
  }));
  INFO(row.why);
  auto evaluation = evaluate(from(row.author), row.identities);
  CHECK(describe(evaluation) == row.outcome);
  REQUIRE(evaluation.discovery);
  CHECK(to_string(evaluation.discovery->organizational_domain.value()) == row.organization);
}

TEST_CASE("p, sp, np and t make the disposition: sections 4.7 and 4.10.1") {
  struct Row {
    std::string why, author, outcome;
  };

  auto row = GENERATE(values<Row>({
      {"sp for a subdomain", "a@news.example.com", "fail quarantine quarantine"},
      {"sp for a name that exists", "a@real.invented.example", "fail quarantine quarantine"},
      {"np for one that does not", "a@gone.invented.example", "fail reject reject"},
      {"p for the domain itself", "a@invented.example", "fail none none"},
      {"existence unknown, np and sp differ", "a@doubtful.invented.example", "fail - -"},
      {"t=y: one step weaker", "a@trial.example", "fail reject quarantine"},
      {"t=y for sp", "a@www.trial.example", "fail quarantine none"},
      {"4.7: a missing p counts as none", "a@nop.example", "fail none none"},
      {"invalid p, valid rua: as none", "a@typo.example", "fail none none"},
      {"invalid sp, valid rua: as none", "a@badsp.example", "fail none none"},
      {"invalid p, no rua: no policy", "a@dead.example", "none - none"},
  }));
  INFO(row.why);
  CHECK(describe(evaluate(from(row.author), "dkim:pass:example.net")) == row.outcome);
}

TEST_CASE("what DNS did not tell is no verdict: section 5.3.6") {
  struct Row {
    std::string why, author, identities, outcome;
  };

  auto row = GENERATE(values<Row>({
      {"the policy", "a@slow.example", "dkim:pass:slow.example", "temperror - -"},
      {"the policy above", "a@m.slow.example", "dkim:pass:m.slow.example", "temperror - -"},
      {"an aligned key", "a@example.com", "dkim:temperror:example.com", "temperror reject -"},
      {"a key of a subdomain", "a@example.com", "dkim:temperror:m.example.com",
       "temperror reject -"},
      {"a key that could not help", "a@example.com", "dkim:temperror:example.net",
       "fail reject reject"},
      {"a key that another makes up for", "a@example.com",
       "dkim:temperror:example.com spf:pass:example.com", "pass reject none"},
      {"SPF", "a@example.com", "spf:temperror:example.com", "temperror reject -"},
      {"SPF that could not help", "a@example.com", "spf:temperror:example.net",
       "fail reject reject"},
      {"a walk to the identifier", "a@patchy.example", "dkim:pass:sub.patchy.example",
       "temperror reject -"},
      {"a walk that was not needed", "a@patchy.example", "dkim:pass:patchy.example",
       "pass reject none"},
      {"the author's organization, own policy", "a@cut.invalid", "dkim:pass:m.cut.invalid",
       "temperror reject -"},
      {"the author's organization, equal names", "a@cut.invalid", "spf:pass:cut.invalid",
       "pass reject none"},
      {"the author's organization, no name in common", "a@cut.invalid", "spf:pass:example.com",
       "fail reject reject"},
  }));
  INFO(row.why);
  CHECK(describe(evaluate(from(row.author), row.identities)) == row.outcome);
}

TEST_CASE("a From field with no author or several never passes: sections 5.3.1 and 11.5") {
  struct Row {
    std::string why, header, domains;
  };

  auto row = GENERATE(values<Row>({
      {"no From", "To: a@example.com\r\n", ""},
      {"empty From", "From:\r\n", ""},
      {"two fields", "From: a@example.com\r\nFrom: b@example.com\r\n", "example.com"},
      {"two fields, one in other case", "From: a@example.com\r\nfrom: b@example.net\r\n",
       "example.com example.net"},
      {"blank before the colon", "From : a@example.net\r\nFrom: a@example.com\r\n",
       "example.net example.com"},
      {"two domains", "From: a@example.com, b@example.net\r\n", "example.com example.net"},
      {"a domain and its subdomain", "From: a@example.com, b@news.example.com\r\n",
       "example.com news.example.com"},
      {"an empty group", "From: undisclosed-recipients:;\r\n", ""},
      {"two domains in a group", "From: team: a@example.com, b@example.net;\r\n",
       "example.com example.net"},
      {"a literal", "From: a@[192.0.2.1]\r\n", "[192.0.2.1]"},
      {"a local part alone", "From: root\r\n", "*"},
      {"a route", "From: <@example.net:a@example.com>\r\n", "*"},
      {"NUL", std::string("From: a@example.com\0.example.net\r\n", 35), "*"},
      {"lone CR", "From: a@example.com\rFrom: b@example.net\r\n", "*"},
      {"an unclosed bracket", "From: <a@example.com\r\n", "*"},
      {"an unclosed comment", "From: a@example.com (b@example.net\r\n", "*"},
      {"two at signs", "From: a@example.net@example.com\r\n", "*"},
      {"a name before another address", "From: b@example.net <a@example.com>\r\n", "*"},
      {"a label of 64", "From: a@" + std::string(64, 'x') + ".example.com\r\n", "*"},
      {"an empty label", "From: a@example..com\r\n", "*"},
      {"octets that are no UTF-8", "From: a@\xff.example.com\r\n", "*"},
      {"a second From behind a control", "Fr\x01om: b@example.net\r\nFrom: a@example.com\r\n",
       "example.com"},
  }));
  INFO(row.why);
  auto evaluation =
      evaluate(row.header, "dkim:pass:example.com spf:pass:example.com dkim:pass:example.net");
  CHECK(describe(evaluation) == "permerror - -");
  CHECK(!evaluation.author_domain);
  CHECK(!evaluation.reason.empty());
  CHECK(evaluation.clause.starts_with("RFC "));
  std::string domains;
  for (const auto& domain : evaluation.author_domains)
    domains += (domains.empty() ? "" : " ") + domain;
  if (row.domains != "*") CHECK(domains == row.domains);
}

TEST_CASE("a From field that every reader finds the same domain in") {
  auto header = GENERATE(values<std::string>({
      "From: a@example.com\r\n",
      "FROM:a@example.com\r\n",
      "From: \"b@example.net\" <a@example.com>\r\n",
      "From: =?utf-8?q?b=40example.net?= <a@example.com>\r\n",
      "From: a@example.com (b@example.net)\r\n",
      "From: a@example.com, b@EXAMPLE.com\r\n",
      "From: team: a@example.com, b@example.com;\r\n",
      "From: A\r\n <a@example.com>\r\n",
      "From: \"a b\"@example.com\r\n",
      "From: =?utf-8?q?J=C3=BCrgen?= <j\xc3\xbcrgen@example.com>\r\n",
  }));
  INFO(header);
  auto evaluation = evaluate(header, "dkim:pass:example.com");
  CHECK(describe(evaluation) == "pass reject none");
  CHECK(evaluation.author_domains.size() == 1);
}

TEST_CASE("a From field of ten thousand domains is cut short") {
  constexpr auto kMost = limits::kAuthorDomains;
  auto count = GENERATE_COPY(as<std::size_t>(), kMost - 1, kMost, kMost + 1, 10'000);
  std::string field = "From: a@d0.example";
  for (std::size_t i = 1; i < count; ++i) field += ",\r\n a@d" + std::to_string(i) + ".example";
  auto evaluation = evaluate(field + "\r\n", "");
  CHECK(evaluation.result == dmarc::Result::permerror);
  CHECK(evaluation.author_domains.size() == std::min(count, kMost));
}

TEST_CASE("the old reading is told where it differs") {
  struct Row {
    std::string why, author, identities, now, before;
  };

  auto row = GENERATE(values<Row>({
      {"the same", "a@news.example.com", "dkim:pass:example.com", "pass quarantine none", "same"},
      {"psd=n is unknown there", "a@dept.example.com", "dkim:pass:example.com",
       "fail quarantine quarantine", "pass quarantine none 100 example.com"},
      {"the list knows co.uk, DNS does not", "a@stall.co.uk", "dkim:pass:shop.co.uk",
       "pass none none", "none - none 100 stall.co.uk"},
      {"np= is unknown there", "a@gone.invented.example", "", "fail reject reject",
       "fail quarantine quarantine 100 invented.example"},
      {"t= is unknown there", "a@trial.example", "", "fail reject quarantine",
       "fail reject reject 100 trial.example"},
      {"pct= counts there", "a@lots.example", "", "fail reject reject",
       "fail reject reject 20 lots.example"},
      {"pct= does not matter for a pass", "a@lots.example", "dkim:pass:lots.example",
       "pass reject none", "same"},
      {"RFC 7489 section 6.6.3: p= must be there", "a@nop.example", "", "fail none none",
       "none - none 100 nop.example"},
      {"a registry's policy", "a@one.bank", "", "fail quarantine quarantine",
       "none - none 100 one.bank"},
      {"no policy in either", "a@www.nopolicy.example", "", "none - none", "same"},
      {"DNS trouble above the list's end", "a@cut.invalid", "dkim:pass:m.cut.invalid",
       "temperror reject -", "pass reject none 100 cut.invalid"},
      {"DNS trouble in both", "a@slow.example", "", "temperror - -", "same"},
  }));
  INFO(row.why);
  auto evaluation = evaluate(from(row.author), row.identities);
  CHECK(describe(evaluation) == row.now);
  CHECK(describe(evaluation.old_reading) == row.before);
}

TEST_CASE("the table holds every identity, and what it belongs to where that mattered") {
  auto evaluation = evaluate(from("a@news.example.com"),
                             "spf:pass:example.net dkim:fail:x.example.com dkim:pass:example.com");
  REQUIRE(evaluation.identities.size() == 3);
  const auto& spf = evaluation.identities[0];
  CHECK(spf.method == dmarc::Identity::Method::spf);
  CHECK(spf.aligned == false);
  CHECK(spf.organizational_domain.empty());
  const auto& failed = evaluation.identities[1];
  CHECK(failed.result == "fail");
  CHECK(failed.selector == "s");
  CHECK(failed.aligned == true);
  CHECK(evaluation.identities[2].organizational_domain == "example.com");
  CHECK(evaluation.reason ==
        "the DKIM signature of \"example.com\" passes and is aligned with news.example.com");
}

TEST_CASE("signatures of strangers cost no question, those of the house one walk each") {
  auto questions = [](std::string_view identities) {
    dns::Inquiry inquiry(zone(), 1000, dns::Inquiry::Clock::time_point::max());
    evaluate(from("a@example.com"), identities, inquiry);
    return inquiry.evidence().size();
  };
  CHECK(questions("") == 2);  // _dmarc.example.com, _dmarc.com
  CHECK(questions("dkim:pass:example.net dkim:pass:a.example.org spf:pass:x.test") == 2);
  CHECK(questions("dkim:pass:a.example.com") == 3);
  CHECK(questions("dkim:pass:a.example.com dkim:pass:a.example.com spf:pass:A.example.com") == 3);
  CHECK(questions("dkim:pass:a.b.example.com dkim:pass:c.b.example.com") == 5);
  // Section 4.10: at most eight for each name, however long.
  std::string longest = "dkim:pass:";
  for (int i = 0; i < 100; ++i) longest += "a.";
  CHECK(questions(longest + "example.com") == 8);
}
