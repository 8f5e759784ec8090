// Whom an answer names, in which role, and what is said of them.
#include <string>

#include <catch2/catch.hpp>

#include "rdap/answer.hpp"
#include "rdap/answers.hpp"

using namespace mailtrust;
using namespace mailtrust::rdap_test;

TEST_CASE("every mail address is found, with its role") {
  struct Row {
    std::string what;
    std::string members;
    std::string expected;
  };

  auto row = GENERATE(values<Row>({
      {"none", "", "-"},
      {"one", entities(entity("A", R"(["abuse"])", email("abuse@isp.example"))),
       "abuse@isp.example abuse 1"},
      {"roles as a text", entities(entity("A", R"("Abuse")", email("a@isp.example"))),
       "a@isp.example abuse 1"},
      {"several roles",
       entities(entity("A", R"(["noc","technical","abuse","abuse"])", email("a@isp.example"))),
       "a@isp.example noc 1, a@isp.example technical 1, a@isp.example abuse 1"},
      {"roles nobody knows", entities(entity("A", R"(["wizard",7])", email("a@isp.example"))),
       "a@isp.example other 1"},
      {"no roles", entities(entity("A", "null", email("a@isp.example"))), "a@isp.example other 1"},
      {"registrant", entities(entity("A", R"(["registrant"])", email("a@isp.example"))),
       "a@isp.example administrative 1"},
      {"several addresses, the preferred one first",
       entities(entity("A", R"(["abuse"])",
                       R"(["email",{},"text","b@isp.example"],)"
                       R"(["email",{"pref":"1","type":["work"]},"text","a@isp.example"],)"
                       R"(["EMAIL",{"pref":2},"text","mailto:C@ISP.example"])")),
       "a@isp.example abuse 1, C@ISP.example abuse 1, b@isp.example abuse 1"},
      {"the type of an address",
       entities(entity("A", R"(["technical"])",
                       R"(["email",{"type":"work"},"text","t@isp.example"],)"
                       R"(["email",{"type":"abuse"},"text","a@isp.example"])")),
       "t@isp.example technical 1, a@isp.example abuse 1"},
      {"one address twice",
       entities(entity("A", R"(["abuse"])", email("a@isp.example") + ',' + email("A@isp.example"))),
       "a@isp.example abuse 1"},
      {"several in one value",
       entities(entity("A", R"(["abuse"])", email("A Desk <a@isp.example>, b@isp.example"))),
       "a@isp.example abuse 1, b@isp.example abuse 1"},
      {"several values",
       entities(
           entity("A", R"(["abuse"])", R"(["email",{},"text","a@isp.example",["b@isp.example"]])")),
       "a@isp.example abuse 1, b@isp.example abuse 1"},
      {"what is no address",
       entities(entity("A", R"(["abuse"])",
                       email("REDACTED FOR PRIVACY") + ',' + email("") + ',' + email("@"))),
       "-"},
      {"malformed cards",
       entities(
           R"({"roles":["abuse"],"vcardArray":"vcard"},{"roles":["abuse"],"vcardArray":["vcard"]},)"
           R"({"roles":["abuse"],"vcardArray":["vcard",{"email":"x@isp.example"}]},)"
           R"({"roles":["abuse"],"vcardArray":["vcard",[["email"],["email",{}],["email",{},"text"],[],7,null,)"
           R"(["email",7,7,7],["email",null,null,"a@isp.example"]]]},7,null,[])"),
       "a@isp.example abuse 1"},
      {"entities within entities",
       entities(
           entity("O", R"(["registrant"])", "",
                  entities(entity("A", R"(["abuse"])", email("a@isp.example"),
                                  entities(entity("N", R"(["noc"])", email("n@isp.example"))))))),
       "a@isp.example abuse 2, n@isp.example noc 3"},
      {"a JSContact card",
       entities(
           R"({"handle":"A","roles":["abuse"],"jscard":{"@type":"Card","emails":)"
           R"({"e2":{"address":"b@isp.example","pref":2},"e1":{"address":"a@isp.example","pref":1}}}})"),
       "a@isp.example abuse 1, b@isp.example abuse 1"},
      {"a mailbox as a link",
       entities(entity("A", R"(["abuse"])", R"(["contact-uri",{},"uri","mailto:a@isp.example"])")),
       "a@isp.example abuse 1"},
      {"a remark of the network",
       R"("remarks":[{"title":"remarks","description":["please send abuse reports to","a@isp.example"]}])",
       "a@isp.example remark 0"},
      {"a remark in one text", R"("remarks":[{"description":"abuse: a (at) isp.example"}])",
       "a@isp.example remark 0"},
      {"a remark's link",
       R"("remarks":[{"description":["Report abuse:"],"links":[{"href":"mailto:a@isp.example"}]}])",
       "a@isp.example remark 0"},
      {"a remark's title", R"("remarks":[{"title":"Abuse desk","description":["a@isp.example"]}])",
       "a@isp.example remark 0"},
      {"a remark of an entity",
       entities(entity("T", R"(["technical"])", email("t@isp.example"),
                       R"("remarks":[{"description":["Spam to a@isp.example"]}])")),
       "t@isp.example technical 1, a@isp.example remark 1"},
      {"domains of other scripts", entities(entity("A", R"(["abuse"])", email("a@bücher.example"))),
       "a@bücher.example abuse 1"},
      {"controls", entities(entity("A", R"(["abuse"])", email(R"(a\u0000b@isp.example\u001b[2J)"))),
       "-"},
      {"a direction turned",
       entities(entity("A", R"(["abuse"])", email(R"(ab\u202euse@isp.example)"))), "-"},
  }));
  INFO(row.what);
  CHECK(describe(read(network(row.members)).mentions) == row.expected);
}

TEST_CASE("notices are the registry's words") {
  auto told = read(network(
      R"("notices":[{"title":"Terms","description":["mail abuse issues to cert@cert.example"]}])"));
  REQUIRE(told.mentions.size() == 1);
  CHECK(told.mentions[0].by_registry);
  CHECK(told.mentions[0].place == "notice: mail abuse issues to cert@cert.example");
}

TEST_CASE("places tell where an address stood") {
  auto told = read(network(
      entities(entity("ABUSE1-EX", R"(["abuse"])", email("a@isp.example")) + ',' +
               entity("", "null", R"(["fn",{},"text","Jane Doe"],)" + email("j@isp.example"))) +
      R"(,"remarks":[{"description":["Hello.","Spam: s@isp.example!"]}])"));
  REQUIRE(told.mentions.size() == 3);
  CHECK(told.mentions[0].place == "entity ABUSE1-EX, role abuse");
  CHECK(told.mentions[1].place == "entity Jane Doe, no role");
  CHECK(told.mentions[2].place == "remark of the network: Spam: s@isp.example!");
}

TEST_CASE("the registry's word on an address is kept") {
  auto told = read(network(entities(
      entity("V", R"(["abuse"])", email("v@isp.example"), R"("status":["validated"])") + ',' +
      entity("P", R"(["abuse"])", email("p@isp.example"),
             R"("remarks":[{"title":"Unvalidated POC","description":["no response"]}])") +
      ',' +
      entity(
          "I", R"(["noc"])", email("i@isp.example") + ',' + email("g@isp.example"),
          R"("remarks":[{"description":["I@isp.example is invalid","g@isp.example was validated on 2021-02-09"]}])"))));
  REQUIRE(told.mentions.size() >= 4);
  CHECK(told.mentions[0].validated);
  CHECK(told.mentions[1].doubtful);
  CHECK(told.mentions[2].doubtful);
  CHECK(told.mentions[3].validated);
  CHECK_FALSE(told.mentions[3].doubtful);
}

TEST_CASE("an entity asked for has the role it had at the network") {
  rdap::EntityLink asked{"https://rdap.example/entity/A1", "A1", registration::Role::abuse, 1};
  auto mentions =
      rdap::read_entity(entity("A1", "null", email("a@isp.example"),
                               entities(entity("T1", R"(["technical"])", email("t@isp.example")))),
                        asked);
  REQUIRE(mentions);
  CHECK(describe(*mentions) == "a@isp.example abuse 1, t@isp.example technical 2");
  CHECK_FALSE(rdap::read_entity(network(""), asked));
  CHECK_FALSE(rdap::read_entity("", asked));
}
