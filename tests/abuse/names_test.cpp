#include "abuse/names.hpp"

#include <catch2/catch.hpp>

#include "zone_for_test.hpp"

using namespace mailtrust;

namespace {

net::Address address(const std::string& text) {
  return *net::Address::read(text);
}

std::vector<std::string> emails(const std::vector<registration::Finding>& findings) {
  std::vector<std::string> emails;
  for (const auto& contact : registration::rank(findings)) emails.push_back(contact.email);
  return emails;
}

}  // namespace

TEST_CASE("the abuse contact zone") {
  auto zone = test::load_zone("abuse");

  struct Row {
    std::string address;
    std::vector<std::string> emails;
    bool trouble;
  };

  auto row = GENERATE(values<Row>({
      {"192.0.2.1", {"abuse@isp.example"}, false},
      {"192.0.2.2", {"abuse@isp.example", "security@isp.example"}, false},
      {"2001:db8::1", {"v6@isp.example"}, false},
      {"192.0.2.3", {}, false},
      {"192.0.2.4", {}, true},
      {"192.0.2.5", {}, false},
  }));
  INFO(row.address);
  abuse::Names names(*zone);
  CHECK(emails(names.abuse_zone(address(row.address))) == row.emails);
  CHECK(names.trouble().empty() != row.trouble);
}

TEST_CASE("the names of the address") {
  auto zone = test::load_zone("abuse");

  struct Row {
    std::string address;
    std::vector<std::string> emails;
    std::string why;
    bool trouble;
  };

  auto row = GENERATE(values<Row>({
      {"192.0.2.1",
       {"abuse@isp.co.uk"},
       "the domain of its name mx.hosts.isp.co.uk, which points back to it",
       false},
      {"192.0.2.2",
       {"abuse@isp.co.uk", "abuse@bank.example"},
       "the domain of its name mx2.hosts.isp.co.uk, which points back to it",
       false},
      {"192.0.2.6",
       {"abuse@bank.example"},
       "the domain of its name mail.bank.example, which does not point back to it: anyone may "
       "claim a name",
       false},
      {"192.0.2.7",
       {"abuse@silent.example"},
       "the domain of its name mail.silent.example, which may point back to it: DNS did not tell",
       false},
      {"192.0.2.3", {}, "", false},
      {"192.0.2.4", {}, "", true},
      {"192.0.2.8", {}, "", false},
  }));
  INFO(row.address);
  abuse::Names names(*zone);
  auto findings = names.reverse_names(address(row.address));
  CHECK(emails(findings) == row.emails);
  CHECK(names.trouble().empty() != row.trouble);
  if (row.emails.empty()) return;
  auto first = registration::rank(findings).front();
  CHECK(first.source == registration::Source::reverse_name);
  CHECK(first.confidence == registration::Confidence::low);
  CHECK(first.why == row.why);
}

TEST_CASE("domains that take no mail") {
  auto zone = test::load_zone("abuse");

  struct Row {
    std::string email;
    bool undeliverable;
  };

  auto row = GENERATE(values<Row>({
      {"abuse@isp.example", false},
      {"abuse@address-only.example", false},
      {"abuse@v6-only.example", false},
      {"abuse@null-mx.example", true},
      {"abuse@nothing.example", true},
      {"abuse@gone.example", true},
      {"abuse@silent.example", false},
      {"abuse@[192.0.2.1]", false},
      {"abuse", false},
  }));
  INFO(row.email);
  abuse::Names names(*zone);
  std::vector<registration::Contact> contacts(1);
  contacts[0].email = row.email;
  names.mark_undeliverable(contacts);
  CHECK(contacts[0].undeliverable == row.undeliverable);
  CHECK(names.trouble().empty());
}
