#include "spf/check_host.hpp"

#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "dns/zone_resolver.hpp"

using namespace mailtrust;
using spf::Result;

namespace {

dns::ZoneResolver& zone() {
  static auto resolver = [] {
    std::vector<std::string> paths = {MAILTRUST_ZONES "/spf_check.zone"};
    auto loaded = dns::ZoneResolver::load(paths);
    REQUIRE(loaded.has_value());
    return std::move(*loaded);
  }();
  return *resolver;
}

spf::Request request(const std::string& domain, const std::string& ip,
                     const std::string& sender = "bob@plain.example",
                     const std::string& helo = "mail.plain.example") {
  auto address = net::Address::read(ip);
  REQUIRE(address);
  return {*address, domain, sender, helo, "mx.receiver.example", 1700000000, false};
}

// Counts what is asked, and what is only announced.
class Counting : public dns::Resolver {
 public:
  dns::AnswerPtr query(const dns::Question& question) override {
    asked.push_back(to_string(question));
    return zone().query(question);
  }

  void prefetch(std::span<const dns::Question> questions) override {
    for (const auto& question : questions) announced.push_back(to_string(question));
  }

  std::vector<std::string> asked;
  std::vector<std::string> announced;
};

}  // namespace

TEST_CASE("check_host: result and what decided") {
  struct Row {
    const char* domain;
    const char* ip;
    Result result;
    const char* mechanism;
  };

  auto row = GENERATE(values<Row>({
      // Section 4.3
      {"localhost", "192.0.2.1", Result::none, ""},
      {"", "192.0.2.1", Result::none, ""},
      {"a..example", "192.0.2.1", Result::none, ""},
      {"[192.0.2.1]", "192.0.2.1", Result::none, ""},
      {"b\xc3\xbc"
       "cher-kva.example",
       "192.0.2.7", Result::none, ""},
      {"plain.example.", "192.0.2.7", Result::pass, "ip4:192.0.2.0/24"},
      {"PLAIN.example", "198.51.100.1", Result::fail, "-all"},
      {"underscore._x.example", "192.0.2.7", Result::pass, "+all"},
      {"alias.example", "192.0.2.7", Result::pass, "ip4:192.0.2.0/24"},
      {"wild.example", "192.0.2.1", Result::pass, "include:any.of.stars.example"},
      // Sections 4.4 and 4.5
      {"split.example", "192.0.2.1", Result::pass, "ip4:192.0.2.1"},
      {"split.example", "192.0.2.2", Result::fail, "-all"},
      {"beside.example", "192.0.2.1", Result::pass, "+all"},
      {"two.example", "192.0.2.1", Result::permerror, ""},
      {"type99.example", "192.0.2.1", Result::none, ""},
      {"nothing.example", "192.0.2.1", Result::none, ""},
      {"absent.example", "192.0.2.1", Result::none, ""},
      {"silent.example", "192.0.2.1", Result::temperror, ""},
      {"broken.example", "192.0.2.1", Result::temperror, ""},
      // Sections 4.6 and 4.7
      {"empty.example", "192.0.2.1", Result::neutral, "default"},
      {"late.example", "192.0.2.1", Result::permerror, "ip4:192.0.2"},
      {"tab.example", "192.0.2.1", Result::none, ""},
      // Section 5.2
      {"inc-pass.example", "192.0.2.1", Result::neutral, "?include:pass.example"},
      {"inc-fail.example", "192.0.2.1", Result::softfail, "~all"},
      {"inc-soft.example", "192.0.2.1", Result::neutral, "?all"},
      {"inc-neutral.example", "192.0.2.1", Result::fail, "-all"},
      {"inc-none.example", "192.0.2.1", Result::permerror, "include:nothing.example"},
      {"inc-perm.example", "192.0.2.1", Result::permerror, "include:late.example"},
      {"inc-temp.example", "192.0.2.1", Result::temperror, "include:silent.example"},
      // Sections 5.3 and 5.4
      {"a.example", "192.0.2.1", Result::pass, "a"},
      {"a.example", "::ffff:192.0.2.1", Result::pass, "a"},
      {"a.example", "2001:db8::1", Result::pass, "a"},
      {"a.example", "198.51.100.77", Result::pass, "a:host.example/24//64"},
      {"a.example", "2001:db8:1::77", Result::pass, "a:host.example/24//64"},
      {"a.example", "2001:db8:1:1::1", Result::fail, "-all"},
      {"a-temp.example", "192.0.2.1", Result::temperror, "a:broken.example"},
      {"a-empty.example", "198.51.100.1", Result::pass, "a:host.example"},
      {"mx.example", "192.0.2.12", Result::pass, "mx"},
      {"mx.example", "2001:db8::12", Result::pass, "mx"},
      {"mx.example", "192.0.2.13", Result::fail, "-all"},
      {"mx-none.example", "192.0.2.1", Result::fail, "-all"},
      {"mx-null.example", "192.0.2.1", Result::fail, "-all"},
      {"mx-temp.example", "192.0.2.11", Result::pass, "mx"},
      {"mx-temp.example", "192.0.2.12", Result::temperror, "mx"},
      {"mx-ten.example", "192.0.2.12", Result::pass, "mx"},
      {"mx-eleven.example", "192.0.2.11", Result::permerror, "mx"},
      // Section 5.5
      {"ptr.example", "192.0.2.21", Result::pass, "ptr"},
      {"ptr.example", "192.0.2.22", Result::fail, "-all"},
      {"ptr.example", "192.0.2.23", Result::fail, "-all"},
      {"ptr.example", "192.0.2.24", Result::fail, "-all"},
      {"ptr.example", "192.0.2.25", Result::pass, "ptr"},
      {"ptr.example", "192.0.2.26", Result::fail, "-all"},
      // Sections 5.6 and 5.7
      {"ip.example", "192.0.2.127", Result::fail, "-all"},
      {"ip.example", "192.0.2.128", Result::pass, "ip4:192.0.2.128/25"},
      {"ip.example", "2001:db8:1:ffff::1", Result::pass, "ip6:2001:db8:1::/48"},
      {"ip6-only.example", "::ffff:192.0.2.1", Result::fail, "-all"},
      {"exists.example", "192.0.2.1", Result::pass, "exists:%{i}.list.example"},
      {"exists.example", "192.0.2.2", Result::fail, "-all"},
      {"exists6.example", "2001:db8::1", Result::pass, "exists:%{ir}.rev.list.example"},
      // Section 6.1
      {"redirect.example", "198.51.100.1", Result::pass, "ip4:198.51.100.1"},
      {"redirect.example", "192.0.2.1", Result::pass, "ip4:192.0.2.0/24"},
      {"redirect.example", "203.0.113.1", Result::fail, "-all"},
      {"redir-none.example", "192.0.2.1", Result::permerror, "redirect=nothing.example"},
      {"redir-temp.example", "192.0.2.1", Result::temperror, "redirect=silent.example"},
      {"redir-all.example", "192.0.2.1", Result::neutral, "?all"},
      {"redir-self.example", "192.0.2.1", Result::permerror, "redirect=redir-self.example"},
  }));
  INFO(row.domain << " " << row.ip);
  auto outcome = spf::check_host(zone(), request(row.domain, row.ip));
  INFO(outcome.problem);
  CHECK(outcome.result == row.result);
  CHECK(outcome.mechanism == row.mechanism);
  bool trouble = row.result == Result::none || row.result == Result::temperror ||
                 row.result == Result::permerror;
  CHECK(outcome.problem.empty() != trouble);
  CHECK(outcome.clause.starts_with("RFC 7208 section "));
}

TEST_CASE("check_host: the limits of section 4.6.4") {
  struct Row {
    const char* domain;
    Result result;
    unsigned lookups;
    unsigned void_lookups;
  };

  auto row = GENERATE(values<Row>({
      {"plain.example", Result::pass, 0, 0},
      {"ten.example", Result::pass, 10, 0},
      {"eleven.example", Result::permerror, 11, 0},
      {"nested.example", Result::pass, 10, 0},
      {"void2.example", Result::pass, 2, 2},
      {"void3.example", Result::permerror, 3, 3},
      {"void-incl.example", Result::permerror, 6, 3},
      {"void-mx.example", Result::pass, 1, 1},
      {"redir-self.example", Result::permerror, 11, 0},
  }));
  INFO(row.domain);
  auto outcome = spf::check_host(zone(), request(row.domain, "192.0.2.1"));
  INFO(outcome.problem);
  CHECK(outcome.result == row.result);
  CHECK(outcome.lookups == row.lookups);
  CHECK(outcome.void_lookups == row.void_lookups);
}

TEST_CASE("check_host: macros in names") {
  struct Row {
    const char* domain;
    const char* ip;
    std::string sender;
    std::string helo;
    Result result;
  };

  auto row = GENERATE(values<Row>({
      {"macro-l.example", "192.0.2.1", "bob@x.example", "h.example", Result::pass},
      {"macro-l.example", "192.0.2.1", "eve@x.example", "h.example", Result::fail},
      // RFC 8616 section 4: nothing matches a local-part that is not ASCII.
      {"macro-l.example", "192.0.2.1",
       "b\xc3\xb6"
       "b@x.example",
       "h.example", Result::fail},
      {"macro-s.example", "192.0.2.1",
       "b\xc3\xb6"
       "b@x.example",
       "h.example", Result::neutral},
      {"macro-s.example", "192.0.2.1", "bob@x.example", "h.example", Result::permerror},
      {"macro-o.example", "192.0.2.1",
       "x@b\xc3\xbc"
       "cher-kva.example",
       "h.example", Result::fail},
      {"macro-o.example", "192.0.2.1",
       "x@b\xc3\xbc"
       "cher.example",
       "h.example", Result::pass},
      {"macro-o.example", "192.0.2.1", "x@xn--bcher-kva.example", "h.example", Result::pass},
      {"macro-h.example", "192.0.2.1", "x@x.example", "mail.plain.example", Result::pass},
      {"macro-h.example", "192.0.2.1", "x@x.example", "a b", Result::fail},
      {"macro-p.example", "192.0.2.21", "x@x.example", "h.example", Result::pass},
      {"macro-p.example", "192.0.2.22", "x@x.example", "h.example", Result::pass},
      // Sections 5.2 and 6.1: a target that is no domain.
      {"inc-label.example", "192.0.2.1", "x@x.example", "localhost", Result::permerror},
      {"inc-label.example", "192.0.2.1", "x@x.example", "a..b", Result::permerror},
      {"inc-label.example", "192.0.2.1", "x@x.example", "plain.example", Result::pass},
      {"inc-long.example", "192.0.2.1", std::string(64, 'a') + "@x.example", "h.example",
       Result::permerror},
      {"redir-bad.example", "192.0.2.1", "x@x.example", "a..b", Result::permerror},
      {"redir-bad.example", "192.0.2.1", "x@x.example", "plain.example", Result::pass},
      // Sections 2.4 and 4.3: postmaster where there is no local-part.
      {"macro-l.example", "192.0.2.1", "", "h.example", Result::fail},
  }));
  INFO(row.domain << " " << row.sender << " " << row.helo);
  auto outcome = spf::check_host(zone(), request(row.domain, row.ip, row.sender, row.helo));
  INFO(outcome.problem);
  CHECK(outcome.result == row.result);
}

TEST_CASE("check_host: explanations are the domain's own") {
  struct Row {
    const char* domain;
    std::string sender;
    std::optional<std::string> explanation;
  };

  std::string plain = "bob@plain.example";
  std::string said =
      "%s from 198.51.100.9 at mx.receiver.example: 198.51.100.9, "
      "mail.plain.example, 1700000000";
  auto with = [&](const std::string& sender) { return sender + said.substr(2); };
  auto row = GENERATE_COPY(values<Row>({
      {"fail.example", plain, with(plain)},
      {"fail.example", "", with("postmaster@mail.plain.example")},
      {"fail.example", "plain.example", with("postmaster@plain.example")},
      {"fail.example", "@plain.example", with("postmaster@plain.example")},
      {"fail.example",
       "b\xc3\xb6"
       "b@plain.example",
       with("b\xc3\xb6"
            "b@plain.example")},
      {"plain.example", plain, std::nullopt},
      {"why-two.example", plain, std::nullopt},
      {"why-none.example", plain, std::nullopt},
      {"why-temp.example", plain, std::nullopt},
      {"why-bad.example", plain, std::nullopt},
      {"why-octet.example", plain, std::nullopt},
      {"why-soft.example", plain, std::nullopt},
      {"why-incl.example", plain, std::nullopt},
      {"why-empty.example", plain, ""},
      {"why-split.example", plain, "one sentence"},
      {"why-long.example", std::string(60, 'x') + "@y.example", std::string(1024, 'x')},
      {"why-p.example", plain, "unknown"},
      {"redir-exp.example", plain, with(plain)},
      {"redirect.example", plain, std::nullopt},
  }));
  INFO(row.domain << " " << row.sender);
  auto outcome = spf::check_host(zone(), request(row.domain, "198.51.100.9", row.sender));
  if (std::string(row.domain) == "why-long.example") {
    REQUIRE(outcome.explanation);
    CHECK(outcome.explanation->size() == 1024);
    return;
  }
  CHECK(outcome.explanation == row.explanation);
}

TEST_CASE("problems say where and what") {
  struct Row {
    const char* domain;
    const char* problem;
  };

  auto row = GENERATE(values<Row>({
      {"localhost", "localhost is a single label"},
      {"a..example",
       "\"a..example\": not a domain name: has an empty label; expected a domain "
       "such as example.org"},
      {"nothing.example", "nothing.example has no SPF record"},
      {"two.example", "two.example has more than one SPF record"},
      {"silent.example", "silent.example TXT: timeout"},
      {"late.example", "late.example:17: ip4:192.0.2: \"192.0.2\" is not an IPv4 address"},
      {"inc-none.example",
       "inc-none.example: include:nothing.example: nothing.example has no SPF record"},
      {"a-temp.example", "a-temp.example: a:broken.example: broken.example A: server failure"},
      {"eleven.example", "eleven.example: a:a.example: more than 10 terms that cost a lookup"},
      {"void3.example", "void3.example: mx:v3.example: more than 2 lookups that found nothing"},
      {"mx-eleven.example", "mx-eleven.example: mx: more than 10 MX records: 11"},
      {"redir-none.example",
       "redir-none.example: redirect=nothing.example: nothing.example has no SPF record"},
  }));
  CHECK(spf::check_host(zone(), request(row.domain, "192.0.2.1")).problem == row.problem);
}

TEST_CASE("questions are asked by the client's family, and announced together") {
  Counting resolver;
  spf::check_host(resolver, request("a.example", "2001:db8:ffff::1"));
  CHECK(resolver.asked ==
        std::vector<std::string>{"a.example TXT", "a.example AAAA", "host.example AAAA"});
  CHECK(resolver.announced == std::vector<std::string>{"a.example AAAA", "host.example AAAA"});
}

TEST_CASE("a match before the first lookup asks and announces nothing") {
  Counting resolver;
  spf::check_host(resolver, request("redirect.example", "198.51.100.1"));
  CHECK(resolver.asked == std::vector<std::string>{"redirect.example TXT"});
  CHECK(resolver.announced.empty());
}

TEST_CASE("the trace is a tree of terms with questions, costs and clauses") {
  auto traced = request("inc-fail.example", "192.0.2.1");
  traced.trace = true;
  auto outcome = spf::check_host(zone(), traced);
  REQUIRE(outcome.trace.size() == 1);
  const auto& root = outcome.trace[0];
  CHECK(root.term == "check_host(inc-fail.example)");
  CHECK(root.ending == "softfail");
  CHECK(root.clause == "RFC 7208 section 5.1");
  REQUIRE(root.questions.size() == 1);
  CHECK(to_string(root.questions[0].question) == "inc-fail.example TXT");
  CHECK(root.questions[0].answer == "\"v=spf1 include:fail.example ~all\"");
  REQUIRE(root.children.size() == 2);
  const auto& include = root.children[0];
  CHECK(include.domain == "inc-fail.example");
  CHECK(include.term == "include:fail.example");
  CHECK(include.ending == "no match");
  CHECK(include.clause == "RFC 7208 section 5.2");
  CHECK(include.lookups == 1);
  REQUIRE(include.children.size() == 1);
  CHECK(include.children[0].domain == "fail.example");
  CHECK(include.children[0].term == "-all");
  CHECK(include.children[0].ending == "match");
}

TEST_CASE("nothing is traced unless asked for") {
  CHECK(spf::check_host(zone(), request("inc-fail.example", "192.0.2.1")).trace.empty());
}
