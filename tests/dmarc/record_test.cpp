#include "dmarc/record.hpp"

#include <catch2/catch.hpp>

#include "dmarc/report_uri.hpp"

using namespace mailtrust;
using dmarc::Policy;

TEST_CASE("a record is DMARC version 1 only in the one spelling") {
  for (auto text :
       {"v=DMARC1", "v=DMARC1;", "v = DMARC1 ; p=none", "v=DMARC1;p=none", "v\t=DMARC1"})
    CHECK(dmarc::is_dmarc(text));
  for (auto text : {"", "v", "v=", "v=dmarc1; p=none", "V=DMARC1", " v=DMARC1", "v=DMARC10",
                    "v=DMARC1 p=none", "p=none; v=DMARC1", "v=DMARC1,p=none"})
    CHECK(!dmarc::is_dmarc(text));
}

TEST_CASE("values are read with their defaults") {
  auto parsed = dmarc::parse_record(
      "v=DMARC1; p=Reject; sp=quarantine; adkim=s; aspf=r; fo=1:d:s; psd=n; t=y; "
      "rua=mailto:a@example.org!10m, https://example.net/x; ruf=mailto:b@example.org");
  CHECK(parsed.faults.empty());
  const auto& record = parsed.record;
  CHECK(record.for_domain() == Policy::reject);
  CHECK(record.for_subdomains() == Policy::quarantine);
  CHECK(record.for_nonexistent() == Policy::quarantine);
  CHECK(record.adkim == dmarc::Alignment::strict);
  CHECK(record.aspf == dmarc::Alignment::relaxed);
  CHECK(record.psd == dmarc::Psd::no);
  CHECK(record.testing);
  CHECK(record.rua == std::vector<std::string>{"mailto:a@example.org", "https://example.net/x"});
  CHECK(record.ruf == std::vector<std::string>{"mailto:b@example.org"});
  auto bare = dmarc::parse_record("v=DMARC1");
  CHECK(bare.applies());
  CHECK(bare.record.for_domain() == Policy::none);
}

TEST_CASE("faults are told with their column, and only the part is discarded") {
  struct Row {
    std::string text;
    std::size_t column;
    std::string message;
  };

  auto row = GENERATE(values<Row>({
      {"v=DMARC1; p=rejct", 13, "p=\"rejct\"; expected none, quarantine or reject"},
      {"v=DMARC1; p=none; adkim=x", 25, "adkim=\"x\"; expected r or s"},
      {"v=DMARC1; p=none; t=1", 21, "t=\"1\"; expected y or n"},
      {"v=DMARC1; p=none; psd=x", 23, "psd=\"x\"; expected y, n or u"},
      {"v=DMARC1; p=none; fo=0:1", 22, "fo=\"0:1\"; expected 0 or 1, with d or s after a colon"},
      {"v=DMARC1; p=none; rua=mailto:a@b.example, c@d.example", 43,
       "rua= holds \"c@d.example\", which is a bare address; expected \"mailto:\" in front of it"},
      {"v=DMARC1; p=none; rua=", 23,
       "rua= holds \"\", which is empty; expected a URI such as mailto:dmarc@example.org"},
      {"v=DMARC1; p=none; p=reject", 19, "the tag p= is there twice"},
      {"v=DMARC1; p=none;; t=y", 18, "nothing in front of the semicolon"},
  }));
  INFO(row.text);
  auto parsed = dmarc::parse_record(row.text);
  REQUIRE(parsed.faults.size() == 1);
  CHECK(parsed.faults[0].column == row.column);
  CHECK(parsed.faults[0].message == row.message);
  CHECK(parsed.record.for_domain() == Policy::none);
}

TEST_CASE("an invalid policy needs a place for reports, or the record is ignored") {
  CHECK(!dmarc::parse_record("v=DMARC1; p=x").applies());
  CHECK(!dmarc::parse_record("v=DMARC1; p=reject; sp=x").applies());
  CHECK(!dmarc::parse_record("v=DMARC1; p=x; rua=nonsense").applies());
  auto counted = dmarc::parse_record("v=DMARC1; p=reject; np=x; rua=mailto:a@b.example");
  CHECK(counted.applies());
  CHECK(counted.record.for_domain() == Policy::none);
}

TEST_CASE("report URIs") {
  CHECK(dmarc::parse_report_uri("mailto:a@b.example?subject=x").domain == "b.example");
  CHECK(dmarc::parse_report_uri("mailto:a@b.example!50m").text == "mailto:a@b.example");
  CHECK(dmarc::parse_report_uri("https://x.example/").fault.empty());
  for (auto bad : {"", "mailto:", "mailto:a", "mailto:@b", "mailto:a@", "x", ":", "1a:b",
                   "https:", "mailto:a b@c", "mailto:a!b@c.example"})
    CHECK(!dmarc::parse_report_uri(bad).fault.empty());
}
