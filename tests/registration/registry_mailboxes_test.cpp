#include "registration/registry_mailboxes.hpp"

#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "base/ascii.hpp"
#include "registration/registration.hpp"

using namespace mailtrust;

TEST_CASE("every row of the registries' table is usable") {
  std::set<std::string_view> ids;
  std::set<std::string_view> domains;
  for (const auto& row : registration::registries()) {
    INFO(row.id);
    CHECK(ids.insert(row.id).second);
    CHECK(row.seen.size() == 10);
    CHECK_FALSE(row.evidence.empty());
    for (auto domain : ascii::split(row.domains, ' ')) {
      CHECK(domains.insert(domain).second);
      CHECK(registration::registry_of_domain(domain) == &row);
    }
    for (auto name : ascii::split(row.names, '|')) {
      CHECK(name == ascii::to_lower(name));
      CHECK(registration::registry_of_name(name) == &row);
    }
  }
}

TEST_CASE("mailboxes of registries are known") {
  CHECK(registration::is_registry_mailbox("Hostmaster@RIPE.net"));
  CHECK(registration::is_registry_mailbox("x@mail.apnic.net"));
  CHECK(registration::is_registry_mailbox("ipas@cnnic.cn"));
  CHECK_FALSE(registration::is_registry_mailbox("x@gripe.net"));
  CHECK_FALSE(registration::is_registry_mailbox("ripe.net"));
  CHECK_FALSE(registration::is_registry_mailbox("ripe.net@isp.example"));
}

TEST_CASE("organisations of registries are known by their first words") {
  auto id = [](std::string_view name) {
    const auto* row = registration::registry_of_name(name);
    return row == nullptr ? "-" : std::string(row->id);
  };
  CHECK(id("APNIC-LABS") == "apnic");
  CHECK(id("Asia Pacific Network Information Centre") == "apnic");
  CHECK(id("Japan Network Information Center") == "jpnic");
  CHECK(id("Apnicore Ltd") == "-");
  CHECK(id("Customer of APNIC") == "-");
  CHECK(id("") == "-");
}

TEST_CASE("networks of nobody are told by name and type") {
  struct Row {
    const char* name;
    const char* type;
    bool expected;
  };

  auto row = GENERATE(values<Row>({
      {"IANA-BLK", "ALLOCATED UNSPECIFIED", true},
      {"NON-RIPE-NCC-MANAGED-ADDRESS-BLOCK", "", true},
      {"EU-ZZ-2001-0600", "", true},
      {"LACNIC-177", "Allocated to LACNIC", true},
      {"RIPE-5", "", true},
      {"APNIC-AP", "", true},
      {"EXAMPLE", "Allocated to RIPE NCC", true},
      {"EXAMPLE", "ALLOCATED UNSPECIFIED", true},
      {"EXAMPLE", "unallocated", true},
      {"EXAMPLE-NET", "ALLOCATED PA", false},
      {"APNIC-LABS", "ASSIGNED PORTABLE", false},
      {"IANALYTICS", "", false},
      {"RIPE-TIDE-CO", "", false},
      {"", "", false},
  }));
  INFO(row.name);
  CHECK(registration::is_nobodys_network(row.name, row.type) == row.expected);
}
