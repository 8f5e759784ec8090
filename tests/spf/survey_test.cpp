#include "spf/survey.hpp"

#include <catch2/catch.hpp>

#include "dns/overlay_resolver.hpp"
#include "spf/zones.hpp"

using namespace mailtrust;
using spf::RecordStatus;

namespace {

const spf::Term& term(const spf::Node& node, const std::string& text) {
  for (const auto& candidate : node.terms)
    if (candidate.text == text) return candidate;
  FAIL("no term " << text);
  return node.terms.front();
}

}  // namespace

TEST_CASE("costs are counted by RFC 7208 section 4.6.4 and as tools count") {
  struct Row {
    const char* domain;
    std::size_t lookups, written, with_hosts, voids, voids_v4, voids_v6;
  };

  auto row = GENERATE(values<Row>({
      // mx1 has no AAAA: void for IPv6 senders as an exchange and as the inner a.
      {"plain", 6, 6, 8, 0, 0, 2},
      {"after", 0, 11, 0, 0, 0, 0},
      {"voids", 4, 4, 4, 3, 3, 4},
      {"voidmx", 1, 1, 3, 1, 1, 1},
      {"missing-include", 1, 1, 1, 1, 1, 1},
      {"many", 1, 1, 1, 0, 0, 0},
      {"moved", 2, 2, 2, 0, 0, 0},
      {"loop1", 3, 3, 3, 0, 0, 1},
      {"self", 1, 1, 1, 0, 0, 0},
      {"diamond", 6, 6, 6, 0, 0, 2},
      {"broken", 1, 1, 1, 0, 0, 1},
      {"local", 2, 2, 2, 1, 1, 2},
  }));
  INFO(row.domain);
  auto resolver = test::load_zone("spf_survey");
  auto survey = spf::survey(*resolver, test::name(std::string(row.domain) + ".example.org"));
  auto cost = survey.root().total;
  CHECK(cost.lookups == row.lookups);
  CHECK(cost.written == row.written);
  CHECK(cost.with_hosts == row.with_hosts);
  CHECK(cost.voids == row.voids);
  CHECK(cost.voids_v4 == row.voids_v4);
  CHECK(cost.voids_v6 == row.voids_v6);
  CHECK(!survey.undetermined());
}

TEST_CASE("how the search for a record ends") {
  struct Row {
    const char* domain;
    RecordStatus status;
    std::size_t texts;
  };

  auto row = GENERATE(values<Row>({
      {"plain.example.org", RecordStatus::found, 1},
      {"two.example.org", RecordStatus::several, 2},
      {"gone1.example.org", RecordStatus::missing, 0},
      {"mx1.example.org", RecordStatus::missing, 0},
      {"org", RecordStatus::missing, 0},
      {"deaf.example.org", RecordStatus::undetermined, 0},
  }));
  INFO(row.domain);
  auto resolver = test::load_zone("spf_survey");
  auto survey = spf::survey(*resolver, test::name(row.domain));
  CHECK(survey.root().status == row.status);
  CHECK(survey.root().texts.size() == row.texts);
  CHECK(survey.undetermined() == (row.status == RecordStatus::undetermined));
}

TEST_CASE("what DNS did not tell is marked where it matters") {
  auto resolver = test::load_zone("spf_survey");
  auto survey = spf::survey(*resolver, test::name("slow.example.org"));
  CHECK(survey.undetermined());
  const auto& a = term(survey.root(), "a:dead.example.org");
  CHECK(a.unknown_v4);
  CHECK(!a.unknown_v6);
  CHECK(a.unknown_reason == "timeout: dead.example.org A");
  CHECK(a.addresses.contains(*net::Address::read("2001:db8:dead::1")));
  const auto& include = term(survey.root(), "include:dead.example.org");
  CHECK(survey.nodes.at(include.child.value()).unknown_reason ==
        "server failure: dead.example.org TXT");
}

TEST_CASE("loops are seen, shared records are read once") {
  auto resolver = test::load_zone("spf_survey");
  auto loop = spf::survey(*resolver, test::name("loop1.example.org"));
  REQUIRE(loop.nodes.size() == 2);
  CHECK(!loop.root().terms[0].loop);
  CHECK(loop.nodes[1].terms[1].loop);
  auto self = spf::survey(*resolver, test::name("self.example.org"));
  CHECK(self.nodes.size() == 1);
  CHECK(self.root().terms[0].loop);
  auto diamond = spf::survey(*resolver, test::name("diamond.example.org"));
  CHECK(diamond.nodes.size() == 4);
}

TEST_CASE("macros that only need the domain are listed, others are not") {
  auto resolver = test::load_zone("spf_survey");
  auto survey = spf::survey(*resolver, test::name("local.example.org"));
  const auto& a = term(survey.root(), "a:host.%{d}");
  CHECK(!a.unlistable);
  CHECK(a.addresses.contains(*net::Address::read("192.0.2.99")));
  auto plain = spf::survey(*resolver, test::name("plain.example.org"));
  const auto& inner = plain.nodes.at(1);
  CHECK(term(inner, "exists:%{i}.allow.example.org").unlistable);
  CHECK(term(inner, "ptr").unlistable);
  CHECK(term(plain.root(), "mx").mx_names == 2);
}

TEST_CASE("a record not yet published is surveyed in its place") {
  auto resolver = test::load_zone("spf_survey");
  dns::OverlayResolver overlay(*resolver);
  std::string text = "v=spf1";
  for (int i = 0; i < 40; ++i) text += " ip4:203.0.113." + std::to_string(i);
  text += " include:inner.example.org -all";
  overlay.set_txt(test::name("plain.example.org"), {text});
  auto survey = spf::survey(overlay, test::name("plain.example.org"));
  CHECK(survey.root().texts == std::vector<std::string>{text});
  CHECK(survey.root().joints == std::vector<std::size_t>{255, 510});
  CHECK(survey.root().total.lookups == 4);
  CHECK(survey.root().answer_octets() == 12 + 19 + 4 + 12 + text.size() + 3 + 11);
}
