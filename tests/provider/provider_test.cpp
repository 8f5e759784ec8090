#include "provider/provider.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "base/ascii.hpp"

using namespace mailtrust;

namespace {

// "id", "probably id", several joined by a space, or "-".
std::string describe(const std::vector<provider::Match>& matches) {
  std::string text;
  for (const auto& match : matches) {
    if (!text.empty()) text += ' ';
    if (match.probably) text += "probably ";
    text += match.provider->id;
  }
  return text.empty() ? "-" : text;
}

struct Row {
  std::string name;
  std::string expected;
};

}  // namespace

TEST_CASE("every row of the provider table is usable") {
  std::set<std::string_view> ids;
  for (const auto& row : provider::all()) {
    INFO(row.id);
    CHECK(ids.insert(row.id).second);
    CHECK(!row.name.empty());
    CHECK(!row.evidence.empty());
    CHECK(row.evidence.find_first_not_of("ZLMDK") == std::string_view::npos);
    for (auto list : {row.spf, row.selectors, row.dkim_targets, row.mx, row.wrong_spf}) {
      if (list.empty()) continue;
      for (auto word : ascii::split(list, ' ')) {
        INFO(word);
        CHECK(!word.empty());
        CHECK(std::count(word.begin(), word.end(), '{') ==
              std::count(word.begin(), word.end(), '}'));
      }
    }
  }
  CHECK(ids.size() == 82);
  CHECK(provider::by_id("Fastmail")->name == "Fastmail");
  CHECK(provider::by_id("nobody") == nullptr);
}

TEST_CASE("an SPF include tells its provider") {
  auto row = GENERATE(values<Row>({
      {"_spf.google.com", "google-workspace gmail"},
      {"_SPF.Google.COM.", "google-workspace gmail"},
      {"_netblocks3.google.com", "probably google-workspace probably gmail"},
      {"spf.protection.outlook.com", "microsoft-365 outlook-consumer"},
      {"eu._netblocks.mimecast.com", "mimecast"},
      {"spf-00148501.pphosted.com", "proofpoint"},
      {"spf-a.b.pphosted.com", "probably proofpoint"},
      {"%{i}._ip.%{h}._ehlo.%{d}._spf.vali.email", "valimail"},
      {"_u.example.org._spf.smart.ondmarc.com", "ondmarc"},
      {"123456.spf04.hubspotemail.net", "hubspot"},
      {"u123.wl045.sendgrid.net", "sendgrid"},
      {"notsendgrid.net", "-"},
      {"amazonses.com", "amazon-ses resend"},
      {"zoho.com", "zoho-mail"},
      {"_spf.mail.ru", "vk-workspace mailru"},
      {"_spf.prod.hydra.sophos.com", "probably sophos"},
      {"spf.example.org", "-"},
      {"com", "-"},
      {"", "-"},
      {".", "-"},
      {"..", "-"},
      {std::string(70000, 'a') + "._spf.vali.email", "valimail"},
  }));
  INFO(row.name.substr(0, 100));
  CHECK(describe(provider::by_spf_include(row.name)) == row.expected);
}

TEST_CASE("an MX host tells its provider") {
  auto row = GENERATE(values<Row>({
      {"smtp.google.com", "google-workspace gmail"},
      {"alt1.aspmx.l.google.com", "google-workspace gmail"},
      {"example-org.mail.protection.outlook.com", "microsoft-365"},
      {"example-org.olc.protection.outlook.com", "outlook-consumer"},
      {"in1-smtp.messagingengine.com", "fastmail"},
      {"emx.mail.ru", "vk-workspace"},
      {"mxs.mail.ru", "mailru"},
      {"mx1.posteo.de", "probably posteo"},
      {"inbound-smtp.eu-west-1.amazonaws.com", "amazon-ses"},
      {"ec2-192-0-2-1.compute-1.amazonaws.com", "-"},
      {"mx.example.org", "-"},
      {"mx.evilgoogle.com", "-"},
  }));
  INFO(row.name);
  CHECK(describe(provider::by_mx(row.name)) == row.expected);
}

TEST_CASE("the target of a DKIM CNAME tells its provider") {
  auto row = GENERATE(values<Row>({
      {"fm1.example.org.dkim.fmhosted.com", "fastmail"},
      {"selector1-example-org._domainkey.contoso.onmicrosoft.com", "microsoft-365"},
      {"selector1-example-org0._domainkey.contoso.n-v1.dkim.mail.microsoft", "microsoft-365"},
      {"dkim.mcsv.net", "mailchimp"},
      {"dkim9.mcsv.net", "probably mailchimp"},
      {"s1.domainkey.u1.wl2.sendgrid.net", "sendgrid"},
      {"key.example.net", "-"},
  }));
  INFO(row.name);
  CHECK(describe(provider::by_dkim_target(row.name)) == row.expected);
}

TEST_CASE("selectors are filled from what the include shows, others left out") {
  auto hubspot = provider::by_spf_include("123456.spf04.hubspotemail.net");
  REQUIRE(hubspot.size() == 1);
  CHECK(provider::selectors(hubspot[0]) ==
        std::vector<std::string>{"hs1-123456", "hs2-123456", "hs1", "hs2"});
  CHECK(provider::selectors({provider::by_id("amazon-ses")}).empty());
  CHECK(provider::selectors({provider::by_id("posteo")}).empty());
}

TEST_CASE("names that people include in error are known") {
  CHECK(provider::by_wrong_spf("_spf.Mimecast.com.")->id == "mimecast");
  CHECK(provider::by_wrong_spf("us._netblocks.mimecast.com") == nullptr);
  CHECK(provider::by_wrong_spf("") == nullptr);
}
