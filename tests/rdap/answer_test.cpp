#include "rdap/answer.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "rdap/answers.hpp"

using namespace mailtrust;
using namespace mailtrust::rdap_test;

namespace {

std::string describe(const std::optional<net::Range>& range) {
  return range ? to_string(range->first) + '-' + to_string(range->last) : "-";
}

}  // namespace

TEST_CASE("the network is read however its ends are written") {
  struct Row {
    std::string ends;
    std::string expected;
  };

  auto row = GENERATE(values<Row>({
      {R"("startAddress":"192.0.2.0","endAddress":"192.0.2.255")", "192.0.2.0-192.0.2.255"},
      {R"("startAddress":"192.000.002.000","endAddress":"192.000.002.255")",
       "192.0.2.0-192.0.2.255"},
      {R"("startAddress":"192.0.2.0/32","endAddress":"192.0.2.255/32")", "192.0.2.0-192.0.2.255"},
      {R"("startAddress":" 192.0.2.0 ","endAddress":" 192.0.2.127")", "192.0.2.0-192.0.2.127"},
      {R"("startAddress":"::ffff:192.0.2.0","endAddress":"::ffff:192.0.2.255")",
       "192.0.2.0-192.0.2.255"},
      {R"("startAddress":"192.0.2.0/24")", "192.0.2.0-192.0.2.255"},
      {R"("startAddress":"192.0.2.64","cidr0_cidrs":[{"v4prefix":"192.0.2.0","length":25}])",
       "192.0.2.0-192.0.2.127"},
      {R"("cidr0_cidrs":[7,{"v4prefix":"198.51.100.0","length":24},{"v4prefix":"192.0.2.0","length":"24"}])",
       "192.0.2.0-192.0.2.255"},
      {R"("startAddress":"192.0.2.255","endAddress":"192.0.2.0","cidr0_cidrs":[{"v4prefix":"192.0.2.0","length":24}])",
       "192.0.2.0-192.0.2.255"},
      {R"("handle":"192.0.2.0 - 192.0.2.255")", "192.0.2.0-192.0.2.255"},
      {R"("handle":"NET-192-0-2-0-1")", "-"},
  }));
  INFO(row.ends);
  CHECK(describe(read(R"({"objectClassName":"ip network",)" + row.ends + '}').network) ==
        row.expected);
}

TEST_CASE("what is no answer about the address is an error") {
  struct Row {
    std::string body;
    std::string expected;
  };

  auto row = GENERATE(values<Row>({
      {"[]", "not RDAP: no object"},
      {"{}", "not about a network but of no kind"},
      {R"({"objectClassName":"entity","handle":"X"})",
       "not about a network but of kind \"entity\""},
      {R"({"objectClassName":"ip network","startAddress":"198.51.100.0","endAddress":"198.51.100.255"})",
       "about another network than the one around 192.0.2.66"},
      {R"({"objectClassName":"ip network","startAddress":"here","endAddress":"there"})",
       "about another network than the one around 192.0.2.66"},
      {R"({"objectClassName":"ip network","startAddress":"192.0.2.255","endAddress":"192.0.2.0"})",
       "about another network than the one around 192.0.2.66"},
      {R"({"objectClassName":"ip network","startAddress":"2001:db8::","endAddress":"2001:db8::f"})",
       "about another network than the one around 192.0.2.66"},
      {R"({"errorCode":429,"title":"Slow down","description":["Come back","later"]})",
       "an error of the server: \"Slow down: Come back; later\""},
      {R"({"errorCode":404})", "an error of the server"},
  }));
  INFO(row.body);
  auto answer = rdap::read_answer(row.body, kAddress);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == Error::Kind::temporary);
  CHECK(answer.error().message == row.expected);

  auto page = rdap::read_answer("<html>", kAddress);
  REQUIRE_FALSE(page);
  CHECK(page.error().kind == Error::Kind::temporary);
  CHECK(page.error().message.starts_with("not RDAP: 1:1: "));
}

TEST_CASE("what a registry tells of a network") {
  auto body = network(
      R"("country":"de","type":"ASSIGNED PA","port43":"whois.example.net",)"
      R"("events":[{"eventAction":"Registration","eventDate":"2005-03-14T11:31:08-05:00"},)"
      R"({"eventAction":"last changed","eventDate":"2012-02-24"},7,{"eventAction":"registration"}],)"
      R"("remarks":[{"description":["see whois.nic.example for more, or rwhois.isp.example:4321."]}],)" +
      entities(entity("ORG-1", R"(["registrant"])",
                      R"(["fn",{},"text","Example Org"],["kind",{},"text","org"])")));
  auto answer = rdap::read_answer(body, kAddress);
  REQUIRE(answer);
  const auto& told = answer->registration;
  CHECK(told.handle == "NET-1");
  CHECK(told.name == "EXAMPLE-NET");
  CHECK(told.organization == "Example Org");
  CHECK(told.country == "DE");
  CHECK(told.registered == 1110817868);
  CHECK(told.changed == 1330041600);
  CHECK(told.referrals == std::vector<std::string>{"whois.nic.example", "rwhois.isp.example:4321",
                                                   "whois.example.net"});
  CHECK_FALSE(told.is_placeholder);
  CHECK_FALSE(answer->redacted);
}

TEST_CASE("organisation and country come from who has the network") {
  struct Row {
    std::string what;
    std::string members;
    std::string organization;
    std::string country;
  };

  const std::string org = R"(["kind",{},"text","org"])";
  auto row = GENERATE_COPY(values<Row>({
      {"the registrant that is an organisation",
       entities(entity("M", R"(["registrant"])", R"(["fn",{},"text","Maintainer"])") + ',' +
                entity("O", R"(["registrant"])", R"(["fn",{},"text","Example Org"],)" + org)),
       "Example Org", ""},
      {"not who repeats its handle",
       entities(entity("ORG-1", R"(["registrant"])", R"(["fn",{},"text","ORG-1"],)" + org)), "",
       ""},
      {"an organisation without a role",
       entities(entity("ORG-1", "null", R"(["fn",{},"text","Example Org"],)" + org)), "Example Org",
       ""},
      {"not whom others call technical",
       entities(entity("T", R"(["technical"])", R"(["fn",{},"text","Desk"],)" + org)), "", ""},
      {"the first line of a description",
       R"("remarks":[{"title":"description","description":["","Example Org","Berlin"]}])",
       "Example Org", ""},
      {"the country of the registrant where it is a code",
       entities(entity("O", R"(["registrant"])",
                       R"(["fn",{},"text","Org"],["adr",{},"text",["","","","","","","fr"]])")),
       "Org", "FR"},
      {"or a parameter",
       entities(entity(
           "O", R"(["registrant"])",
           R"(["fn",{},"text","Org"],["adr",{"cc":"SE"},"text",["","","","","","","Sverige"]])")),
       "Org", "SE"},
      {"not where it is a name",
       entities(entity("O", R"(["registrant"])",
                       R"(["fn",{},"text","Org"],["adr",{},"text",["","","","","","","France"]])")),
       "Org", ""},
      {"the network's own first",
       R"("country":"IT",)" +
           entities(entity("O", R"(["registrant"])",
                           R"(["fn",{},"text","Org"],["adr",{},"text",["","","","","","","FR"]])")),
       "Org", "IT"},
      {"not what stands for none", R"("country":"ZZ")", "", ""},
      {"not a name", R"("country":"Germany")", "", ""},
  }));
  INFO(row.what);
  auto told = read(network(row.members));
  CHECK(told.organization == row.organization);
  CHECK(told.country == row.country);
}

TEST_CASE("links lead on") {
  auto answer = rdap::read_answer(
      network(
          R"("links":[{"rel":"self","href":"https://rdap.example/ip/192.0.2.0/24"},)"
          R"({"rel":"up","href":"https://rdap.example/ip/192.0.0.0/16"},)"
          R"({"rel":"related","href":"https://other.example/ip/192.0.2.66","type":"application/rdap+json"},)"
          R"({"rel":"related","href":"https://other.example/ip/192.0.2.66"},)"
          R"({"rel":"related","href":"https://page.example/ip/192.0.2.66","type":"text/html"},)"
          R"({"rel":"related","href":"https://page.example/terms"},)"
          R"({"rel":7},null],)" +
          entities(
              R"({"handle":"T1","roles":["technical"]},)"
              R"({"handle":"A1","roles":["noc","abuse"],"links":[{"rel":"self","href":"https://rdap.example/entity/A1"}]},)"
              R"({"handle":"T1","roles":["technical"]},{"roles":["abuse"]},)" +
              entity("E1", R"(["abuse"])", email("a@isp.example")))),
      kAddress);
  REQUIRE(answer);
  CHECK(answer->up == "https://rdap.example/ip/192.0.0.0/16");
  CHECK(answer->more == std::vector<std::string>{"https://other.example/ip/192.0.2.66"});
  REQUIRE(answer->entities.size() == 2);
  CHECK(answer->entities[0].url == "https://rdap.example/entity/A1");
  CHECK(answer->entities[0].role == registration::Role::abuse);
  CHECK(answer->entities[1].handle == "T1");
  CHECK(answer->entities[1].url.empty());
}

TEST_CASE("redacted answers are told from whole ones") {
  auto answer = rdap::read_answer(
      network(R"("redacted":[{"name":{"description":"Technical Email"},"method":"removal"}])"),
      kAddress);
  REQUIRE(answer);
  CHECK(answer->redacted);
}

TEST_CASE("blocks that registries hold are nobody's") {
  CHECK(read(network(R"("type":"ALLOCATED UNSPECIFIED")")).is_placeholder);
  CHECK(read(network(R"("status":["active","unallocated"])")).is_placeholder);
}

TEST_CASE("words of an error body") {
  CHECK(
      rdap::error_words(R"({"errorCode":418,"title":"Teapot","description":["short","stout"]})") ==
      "Teapot: short; stout");
  CHECK(rdap::error_words(R"({"errorCode":404,"title":"Not found"})") == "Not found");
  CHECK(rdap::error_words(R"({"description":"gone"})") == "gone");
  CHECK(rdap::error_words(R"({"notices":[{"title":"Busy","description":["later"]}]})") ==
        "Busy: later");
  CHECK(rdap::error_words("<html>").empty());
  CHECK(rdap::error_words("[]").empty());
}

TEST_CASE("many entities and long texts are read in linear time") {
  std::string list;
  for (int i = 0; i < 20'000; ++i) {
    if (i > 0) list += ',';
    list += entity("H" + std::to_string(i), R"(["technical"])",
                   email("u" + std::to_string(i) + "@isp.example"));
  }
  CHECK(read(network(entities(list))).mentions.size() == 20'000);

  std::string signs(limits::kJsonString - 16, '@');
  CHECK(read(network(entities(entity("A", R"(["abuse"])", email(signs))))).mentions.empty());
  std::string handle(limits::kJsonString - 16, 'h');
  std::string emails;
  for (int i = 0; i < 1000; ++i)
    emails += (i > 0 ? "," : "") + email("u" + std::to_string(i) + "@isp.example");
  CHECK(read(network(entities(entity(handle, R"(["abuse"])", emails)))).mentions[999].place.size() <
        120);
}
