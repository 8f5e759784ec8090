#include "spf/lint.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "dns/overlay_resolver.hpp"
#include "spf/publish.hpp"
#include "spf/suggest.hpp"
#include "spf/zones.hpp"

using namespace mailtrust;
using finding::Finding;

namespace {

std::vector<Finding> lint_record(dns::Resolver& resolver, const std::string& text) {
  dns::OverlayResolver overlay(resolver);
  overlay.set_txt(test::name("t.example.org"), {text});
  return spf::lint(spf::survey(overlay, test::name("t.example.org")));
}

std::vector<Finding> lint_domain(const std::string& domain) {
  auto resolver = test::load_zone("spf_survey");
  return spf::lint(spf::survey(*resolver, test::name(domain + ".example.org")));
}

// "spf.syntax t.example.org:8", sorted.
std::string summary(const std::vector<Finding>& findings) {
  std::vector<std::string> lines;
  for (const auto& finding : findings) {
    auto where = finding.where.substr(std::min(finding.where.find(':'), finding.where.size()));
    lines.push_back(finding.id.substr(4) + where);
  }
  std::ranges::sort(lines);
  std::string out;
  for (const auto& line : lines) out += (out.empty() ? "" : " ") + line;
  return out;
}

}  // namespace

TEST_CASE("what is wrong with a record is told by id and column") {
  struct Row {
    const char* record;
    const char* findings;
  };

  auto row = GENERATE(values<Row>({
      {"v=spf1 ip4:192.0.2.0/24 -all", ""},
      {"v=spf1 -all", "authorizes-nobody"},
      {"v=spf1", "authorizes-nobody no-all:7"},
      {"v=spf1 ip4:192.0.2.1", "no-all:21"},
      {"v=spf1 ip4:192.0.2.1 ?all", "neutral-all:22"},
      {"v=spf1 +all", "plus-all:8"},
      {"v=spf1 all", "plus-all:8"},
      {"v=spf1 ip4:0.0.0.0/0 -all", "plus-all:8"},
      {"v=spf1 a:mx2.example.org/0 -all", "plus-all:8"},
      {"v=spf1 -ip4:0.0.0.0/0 ip6:2001:db8::/32 -all", ""},
      {"v=spf1 ip4:198.48.0.0/12 -all", "broad-prefix:8"},
      {"v=spf1 ip6:2001:d00::/28 -all", "broad-prefix:8"},
      {"v=spf1 ip4:192.168.1.0/24 -all", "private-address:8"},
      {"v=spf1 ip4:192.0.2.77/24 -all", "host-bits:8"},
      {"v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.7 -all", "covered-prefix:25"},
      {"v=spf1 ip4:192.0.2.7 ip4:192.0.2.0/24 -all", "covered-prefix:8"},
      {"v=spf1 -ip4:192.0.2.7 ip4:192.0.2.0/24 -all", ""},
      {"v=spf1 a:mx2.example.org A:mx2.example.org -all", "duplicate-term:26"},
      {"v=spf1 -all ip4:192.0.2.1", "after-all:13 authorizes-nobody"},
      {"v=spf1 ip4:192.0.2.1 -all redirect=two.example.org", "redirect-ignored:27"},
      {"v=spf1 ptr -all", "ptr:8"},
      {"v=spf1 ipv4:192.0.2.1 includ:a.example.org -all", "syntax:23 syntax:8"},
      {"v=spf1 include=inner.example.org ip4:192.0.2.1 -all", "unknown-modifier:8"},
      {"v=spf1 ip4:192.0.2.1 exp=gone1.example.org -all", "exp-problem:22"},
      {"v=spf1 include:%{i}.x.example.org -all", "macro-include:8"},
      {"v=spf1 a:gone1.example.org ip4:192.0.2.1 -all", "void-lookup:8"},
      {"v=spf1 mx:many.example.org -all", "too-many-mx:8"},
      {"v=spf1 include:gone1.example.org -all", "include-missing:8"},
      {"v=spf1 include:two.example.org -all", "include-broken:8"},
      {"v=spf1 include:broken.example.org -all", "include-broken:8"},
      {"v=spf1 redirect=gone1.example.org", "include-missing:8"},
      {"v=spf1 include:t.example.org -all", "include-loop:8"},
      {"v=spf1 ip4:192.0.2.1 a:dead.example.org -all", "dns-trouble:22"},
      {"v=spf1 ip4:192.0.2.1 include:deaf.example.org -all", "dns-trouble:22"},
      {"v=spf1 a:%{d}..example.org ip4:192.0.2.1 -all", "bad-name:8"},
      {"v=spf1 a:mx2.example.org a:mx2.example.org a:mx2.example.org a:mx2.example.org "
       "a:mx2.example.org a:mx2.example.org a:mx2.example.org a:mx2.example.org "
       "include:target.example.org -all",
       "duplicate-term:116 duplicate-term:134 duplicate-term:26 duplicate-term:44 "
       "duplicate-term:62 duplicate-term:80 duplicate-term:98 near-lookup-limit"},
  }));
  INFO(row.record);
  auto resolver = test::load_zone("spf_survey");
  auto findings = lint_record(*resolver, row.record);
  if (!findings.empty()) INFO(findings[0].message);
  CHECK(summary(findings) == row.findings);
}

TEST_CASE("records as they are published") {
  struct Row {
    const char* domain;
    const char* findings;
    bool broken;
  };

  auto row = GENERATE(values<Row>({
      {"gone1", "missing", true},
      {"two", "multiple-records", true},
      {"deaf", "dns-trouble", false},
      {"after", "after-all:30 lookups-disputed redirect-ignored:56", false},
      {"voids", "too-many-voids void-lookup:28 void-lookup:66 void-lookup:8", true},
      {"loop1", "include-loop:26", true},
  }));
  INFO(row.domain);
  auto findings = lint_domain(row.domain);
  CHECK(summary(findings) == row.findings);
  CHECK(spf::is_broken(findings) == row.broken);
}

TEST_CASE("a hint's later lines are to paste") {
  struct Row {
    const char* record;
    const char* hint;
  };

  auto row = GENERATE(values<Row>({
      {"v=spf1 ipv4:192.0.2.1 -all",
       "did you mean \"ip4:192.0.2.1\"?\nt.example.org. IN TXT \"v=spf1 ip4:192.0.2.1 -all\""},
      {"v=spf1 -all ip4:192.0.2.1",
       "move \"all\" to the end if they were meant, else remove them\n"
       "t.example.org. IN TXT \"v=spf1 -all\""},
      {"v=spf1 +all",
       "use -all, or ~all while you are looking for your senders\n"
       "t.example.org. IN TXT \"v=spf1 -all\""},
      {"v=spf1 xyzzy:foo -all", "correct \"xyzzy:foo\" or remove it"},
  }));
  INFO(row.record);
  auto resolver = test::zone("example.org. TXT x\n");
  auto findings = lint_record(*resolver, row.record);
  REQUIRE(!findings.empty());
  CHECK(findings.front().hint == row.hint);
}

TEST_CASE("several records are offered as one") {
  auto findings = lint_domain("two");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].hint ==
        "publish one record that holds the terms of all, and remove the others\n"
        "two.example.org. IN TXT \"v=spf1 a -all\"");
}

TEST_CASE("a missing space where two strings meet is seen") {
  auto resolver = test::zone(
      "t.example.org. TXT \"v=spf1 ip4:192.0.2.1\" \"ip4:192.0.2.2 -all\"\n"
      "u.example.org. TXT \"v=spf1 a:u.example.org\" \"-all\"\n"
      "u.example.org. A 192.0.2.1\n"
      "v.example.org. TXT \"v=spf1 ip4:192.0\" \".2.1 \" \"-all\"\n");
  auto lint = [&](const char* domain) {
    return spf::lint(spf::survey(*resolver, test::name(domain)));
  };
  auto broken = lint("t.example.org");
  CHECK(summary(broken) == "split-strings:21 syntax:12");
  CHECK(broken.back().hint ==
        "put a space at the end of the string before it\n"
        "t.example.org. IN TXT \"v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all\"");
  CHECK(summary(lint("u.example.org")) ==
        "authorizes-nobody no-all:27 split-strings:23 void-lookup:8");
  CHECK(summary(lint("v.example.org")) == "");
}

TEST_CASE("the size of the answer is judged with what else is in it") {
  auto token = std::string(400, 'x');
  auto resolver = test::zone(
      "t.example.org. TXT \"v=spf1 ip4:192.0.2.1 -all\"\n"
      "t.example.org. TXT \"" +
      token.substr(0, 250) + "\" \"" + token.substr(0, 250) + "\"\n");
  auto findings = spf::lint(spf::survey(*resolver, test::name("t.example.org")));
  CHECK(summary(findings) == "long-record");
  CHECK(findings[0].message.find("other TXT records") != std::string::npos);
}

TEST_CASE("faulty terms get a guess that parses") {
  struct Row {
    const char* term;
    const char* better;
  };

  auto row = GENERATE(values<Row>({
      {"ipv4:192.0.2.1", "ip4:192.0.2.1"},
      {"ip:192.0.2.0/24", "ip4:192.0.2.0/24"},
      {"-ip4:2001:db8::/32", "-ip6:2001:db8::/32"},
      {"ip4:192.0.2.0/255.255.255.0", "ip4:192.0.2.0/24"},
      {"ip4:mail.example.org", "a:mail.example.org"},
      {"a:192.0.2.1", "ip4:192.0.2.1"},
      {"include:192.0.2.1", "ip4:192.0.2.1"},
      {"192.0.2.1", "ip4:192.0.2.1"},
      {"includes:spf.example.net", "include:spf.example.net"},
      {"inlcude:spf.example.net", "include:spf.example.net"},
      {"include=spf.example.net", "include:spf.example.net"},
      {"redirect:spf.example.net", "redirect=spf.example.net"},
      {"include:https://spf.example.net/x", "include:spf.example.net"},
      {"ip4:192.0.2.1,ip4:192.0.2.2", "ip4:192.0.2.1 ip4:192.0.2.2"},
      {"ip4:192.0.2.1,", "ip4:192.0.2.1"},
      {"\xe2\x80\x93"
       "all",
       "-all"},
      {"-all;", "-all"},
      {"~all.", "~all"},
      {"al", "all"},
      {"xyzzy:foo", ""},
      {"google-site-verification=abc", ""},
      {"ra=postmaster", ""},
  }));
  INFO(row.term);
  CHECK(spf::suggest(row.term).value_or("") == row.better);
}

TEST_CASE("a record full of faults is told in a few findings and a number") {
  std::string text = "v=spf1";
  for (int i = 0; i < 50; ++i) text += " ipv4:192.0.2." + std::to_string(i);
  auto resolver = test::zone("example.org. TXT x\n");
  auto findings = lint_record(*resolver, text);
  CHECK(std::ranges::count(findings, "spf.syntax", &Finding::id) == 20);
  auto with_number = std::ranges::count_if(findings, [](const Finding& finding) {
    return finding.message.ends_with(" (and 30 more of this kind)");
  });
  CHECK(with_number == 1);
}

TEST_CASE("all the edits of a record are made at once, by the columns of the record as it was") {
  const std::string record = "v=spf1 mx  a:b  c -all";

  struct Case {
    spf::Edits edits;
    std::string expected;
  };

  const std::vector<Case> cases = {
      {{}, record},
      {{{8, ""}}, "v=spf1  a:b  c -all"},
      {{{8, ""}, {12, ""}, {17, ""}}, "v=spf1 -all"},
      {{{12, "a"}, {17, "ptr exists:x"}}, "v=spf1 mx  a  ptr exists:x -all"},
      {{{19, ""}, {23, "~all"}}, "v=spf1 mx  a:b  c ~all"},
      {{{30, "~all"}}, record + " ~all"}};
  for (const auto& [edits, expected] : cases) CHECK(spf::edited(record, edits) == expected);
  CHECK(spf::edited("v=spf1 mx  ", {{12, "-all"}}) == "v=spf1 mx -all");
}
