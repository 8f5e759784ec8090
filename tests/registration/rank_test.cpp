#include <string>

#include <catch2/catch.hpp>

#include "registration/registration.hpp"

using namespace mailtrust;
using registration::Confidence;
using registration::Finding;
using registration::Mention;
using registration::Registration;
using registration::Role;
using registration::Source;

namespace {

// "email confidence", several joined by ", ", or "-".
std::string describe(const std::vector<registration::Contact>& contacts) {
  std::string text;
  for (const auto& contact : contacts) {
    if (!text.empty()) text += ", ";
    text += contact.email + ' ' + std::string(to_string(contact.confidence));
  }
  return text.empty() ? "-" : text;
}

Mention mention(std::string email, Role role, unsigned depth = 1) {
  Mention out;
  out.email = std::move(email);
  out.role = role;
  out.place = "entity E1, role " + std::string(to_string(role));
  out.depth = depth;
  return out;
}

Finding finding(std::vector<Mention> mentions, Source source = Source::rdap) {
  Finding out;
  out.source = source;
  out.from = "rdap.example.net";
  out.registration.name = "EXAMPLE-NET";
  out.registration.mentions = std::move(mentions);
  return out;
}

Finding around(Finding inner, const char* range) {
  inner.registration.network = registration::read_range(range);
  return inner;
}

struct Row {
  std::string what;
  std::vector<Mention> mentions;
  std::string expected;
};

}  // namespace

TEST_CASE("who is named for abuse stands first") {
  auto row = GENERATE(values<Row>({
      {"nobody", {}, "-"},
      {"by role",
       {mention("o@isp.example", Role::other), mention("a@isp.example", Role::administrative),
        mention("t@isp.example", Role::technical), mention("n@isp.example", Role::noc),
        mention("r@isp.example", Role::remark, 0), mention("x@isp.example", Role::abuse, 2)},
       "x@isp.example high, r@isp.example medium, n@isp.example medium, t@isp.example low, "
       "a@isp.example low, o@isp.example low"},
      {"nearer to the network first",
       {mention("far@isp.example", Role::abuse, 2), mention("near@isp.example", Role::abuse, 1)},
       "near@isp.example high, far@isp.example high"},
      {"who does everything behind who does abuse alone",
       {mention("all@isp.example", Role::noc, 1), mention("all@isp.example", Role::abuse, 1),
        mention("desk@isp.example", Role::abuse, 2)},
       "desk@isp.example high, all@isp.example medium"},
      {"unless it is called so",
       {mention("abuse@isp.example", Role::technical), mention("abuse@isp.example", Role::abuse)},
       "abuse@isp.example high"},
      {"a local part says it where no role does",
       {mention("jane@isp.example", Role::technical), mention("noc@isp.example", Role::other),
        mention("net-abuse@isp.example", Role::administrative)},
       "net-abuse@isp.example medium, noc@isp.example medium, jane@isp.example low"},
      {"a desk before a person",
       {mention("jane@isp.example", Role::technical),
        mention("support@isp.example", Role::technical)},
       "support@isp.example low, jane@isp.example low"},
      {"each once, by its best mention, in small letters",
       {mention("Jane@ISP.example", Role::technical), mention("jane@isp.EXAMPLE", Role::abuse)},
       "jane@isp.example medium"},
      {"domains as DNS has them",
       {mention("post@b\xc3\xbc"
                "cher.example",
                Role::abuse)},
       "post@xn--bcher-kva.example high"},
      {"nobody reads there",
       {mention("nobody@isp.example", Role::abuse), mention("unread@ripe.net", Role::abuse),
        mention("no-reply@isp.example", Role::abuse), mention("x@host.invalid", Role::abuse),
        mention("not an address", Role::abuse), mention("@", Role::abuse),
        mention("last@isp.example", Role::changed)},
       "-"},
  }));
  INFO(row.what);
  CHECK(describe(registration::rank({finding(row.mentions)})) == row.expected);
}

TEST_CASE("what the registry says of an address counts") {
  auto doubtful = mention("abuse@isp.example", Role::abuse);
  doubtful.doubtful = true;
  auto validated = mention("security@isp.example", Role::abuse);
  validated.validated = true;
  auto contacts = registration::rank({finding({doubtful, validated})});
  CHECK(describe(contacts) == "security@isp.example high, abuse@isp.example medium");
  CHECK(contacts[1].why ==
        "entity E1, role abuse (rdap.example.net); the registry could not reach it");
}

TEST_CASE("registries are no holders") {
  auto row = GENERATE(values<Row>({
      {"behind technical contacts, before persons",
       {mention("hm-changed@vnnic.vn", Role::abuse), mention("jane@isp.example", Role::technical),
        mention("john@isp.example", Role::administrative)},
       "jane@isp.example low, hm-changed@vnnic.vn low, john@isp.example low"},
      {"last where they are not even named for abuse",
       {mention("hostmaster@nic.or.kr", Role::technical), mention("x@isp.example", Role::other)},
       "x@isp.example low, hostmaster@nic.or.kr low"},
      {"a national CERT is a fallback",
       {mention("mail-abuse@cert.br", Role::remark, 0), mention("x@isp.example", Role::technical)},
       "x@isp.example low, mail-abuse@cert.br low"},
      {"for mail it has a mailbox of its own",
       {mention("cert@cert.br", Role::remark, 0), mention("mail-abuse@cert.br", Role::remark, 0)},
       "mail-abuse@cert.br low, cert@cert.br low"},
      {"names that only look alike",
       {mention("abuse@notripe.net", Role::abuse)},
       "abuse@notripe.net high"},
  }));
  INFO(row.what);
  CHECK(describe(registration::rank({finding(row.mentions)})) == row.expected);
}

TEST_CASE("a registry answers for its own network") {
  auto own = finding({mention("helpdesk@apnic.net", Role::abuse)});
  own.registration.name = "APNIC-LABS";
  CHECK(describe(registration::rank({own})) == "helpdesk@apnic.net high");

  own.registration.is_placeholder = true;
  CHECK(describe(registration::rank({own})) == "helpdesk@apnic.net low");

  auto ripe = finding({mention("ops@ripe.net", Role::abuse)});
  ripe.registration.organization = "Reseaux IP Europeens Network Coordination Centre (RIPE NCC)";
  CHECK(describe(registration::rank({ripe})) == "ops@ripe.net high");

  auto national = finding({mention("hostmaster@nic.ad.jp", Role::abuse)});
  national.registration.organization = "Japan Network Information Center";
  CHECK(describe(registration::rank({national})) == "hostmaster@nic.ad.jp low");
}

TEST_CASE("the narrowest network's contacts come first, then guesses") {
  auto wide = around(finding({mention("abuse@carrier.example", Role::abuse)}), "192.0.2.0/24");
  auto narrow = around(finding({mention("x@customer.example", Role::remark, 0),
                                mention("t@customer.example", Role::technical)},
                               Source::whois),
                       "192.0.2.64/26");
  auto zone = finding({mention("report@isp.example", Role::abuse, 0)}, Source::abuse_zone);
  auto guess = finding({mention("abuse@host.example", Role::abuse, 0)}, Source::reverse_name);
  auto contacts = registration::rank({wide, narrow, zone, guess});
  CHECK(describe(contacts) ==
        "x@customer.example medium, report@isp.example medium, abuse@carrier.example medium, "
        "t@customer.example low, abuse@host.example low");
  CHECK(contacts[0].source == Source::whois);
}

TEST_CASE("the registry's own words are for everybody") {
  auto notice = mention("cert@cert.example", Role::remark, 0);
  notice.by_registry = true;
  auto contacts = registration::rank({finding({notice, mention("x@isp.example", Role::other)})});
  CHECK(describe(contacts) == "x@isp.example low, cert@cert.example low");
}

TEST_CASE("undeliverable ones go last, in their order") {
  std::vector<registration::Contact> contacts(4);
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    contacts[i].email = std::to_string(i) + "@isp.example";
    contacts[i].undeliverable = i % 2 == 0;
  }
  registration::put_undeliverable_last(contacts);
  CHECK(describe(contacts) ==
        "1@isp.example low, 3@isp.example low, 0@isp.example low, 2@isp.example low");
}

TEST_CASE("many mentions are ranked") {
  std::vector<Mention> many;
  for (int i = 0; i < 20'000; ++i)
    many.push_back(mention("u" + std::to_string(i % 10'000) + "@isp.example", Role::other));
  CHECK(registration::rank({finding(std::move(many))}).size() == 10'000);
}
