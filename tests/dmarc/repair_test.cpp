#include "dmarc/repair.hpp"

#include <catch2/catch.hpp>

#include "dmarc/record.hpp"

using namespace mailtrust;

TEST_CASE("a broken record is put right where one can tell what was meant") {
  struct Row {
    std::string text, repaired;
  };

  auto row = GENERATE(values<Row>({
      {"v=DMARC1; p=rejct", "v=DMARC1; p=reject"},
      {"v=DMARC1; p=Quarantin; rua=mailto:a@b.example",
       "v=DMARC1; p=quarantine; rua=mailto:a@b.example"},
      {"v=dmarc1;p=reject", "v=DMARC1; p=reject"},
      {"\"v=DMARC1; p=reject\"", "v=DMARC1; p=reject"},
      {"v=DMARC1\\; p=reject\\;", "v=DMARC1; p=reject"},
      {"p=reject; v=DMARC1", "v=DMARC1; p=reject"},
      {"v=DMARC1; rua=mailto:a@b.example; p=none", "v=DMARC1; p=none; rua=mailto:a@b.example"},
      {"v=DMARC1; p=none; rua=a@b.example, mailto:c@d.example",
       "v=DMARC1; p=none; rua=mailto:a@b.example,mailto:c@d.example"},
      {"v=DMARC1; p=none; rua=", "v=DMARC1; p=none"},
      {"v=DMARC1; p=none; rau=mailto:a@b.example", "v=DMARC1; p=none; rua=mailto:a@b.example"},
      {"v=DMARC1; policy=reject", "v=DMARC1; p=reject"},
      {"v=DMARC1; p=none;; p=reject", "v=DMARC1; p=none"},
      {"v=DMARC1; p=reject; pct=50; rf=afrf; ri=3600", "v=DMARC1; p=reject"},
      {"v=DMARC1; p=reject; adkim=strict; aspf=x; t=yes; psd=1",
       "v=DMARC1; p=reject; adkim=s; t=y"},
      {"v=DMARC1; p=reject; fo=0:1", "v=DMARC1; p=reject; fo=1"},
      {"v=DMARC1; p=none; rua=mailto:a@b.example!10m", "v=DMARC1; p=none; rua=mailto:a@b.example"},
      {"v=DMARC1; p=block", ""},
      {"v=DMARC1; p=reject; sp=whatever", ""},
      {"v=DMARC1; p=reject", ""},
      {"v=DMARC1; p=" + std::string(60'000, 'x'), ""},
  }));
  INFO(row.text);
  CHECK(dmarc::repair(row.text).value_or("") == row.repaired);
  if (!row.repaired.empty()) CHECK(dmarc::parse_record(row.repaired).faults.empty());
}
