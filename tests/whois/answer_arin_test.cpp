#include <catch2/catch.hpp>

#include "whois/reading.hpp"

namespace mailtrust::whois {
namespace {

// ARIN

constexpr const char* kArinNested = R"(
#
# ARIN WHOIS data and services are subject to the Terms of Use
#

# start

NetRange:       198.51.100.0 - 198.51.103.255
CIDR:           198.51.100.0/22
NetName:        EXAMPLE-ISP
NetHandle:      NET-198-51-100-0-1
Parent:         NET198 (NET-198-0-0-0-0)
NetType:        Direct Allocation
OriginAS:       AS64500
Organization:   Example Networks, Inc. (EXAMP-7)
RegDate:        2004-05-06
Updated:        2012-02-24
Comment:        For abuse write to net-abuse@isp.example
Ref:            https://rdap.arin.net/registry/ip/198.51.100.0

OrgName:        Example Networks, Inc.
OrgId:          EXAMP-7
Address:        1 Main Street
City:           Springfield
Country:        US
RegDate:        2000-03-30
Updated:        2013-08-07

ReferralServer:  rwhois://rwhois.isp.example:4322

OrgTechHandle: TECH1-ARIN
OrgTechEmail:  tech@isp.example

OrgAbuseHandle: ABUSE1-ARIN
OrgAbuseName:   Abuse Desk
OrgAbuseEmail:  abuse@isp.example

# end


# start

NetRange:       198.51.100.64 - 198.51.100.79
CIDR:           198.51.100.64/28
NetName:        EXAMPLE-CUST
NetHandle:      NET-198-51-100-64-1
Parent:         EXAMPLE-ISP (NET-198-51-100-0-1)
NetType:        Reassigned
Customer:       Widgets Ltd. (C01234567)
RegDate:        2015-01-02
Updated:        2015-01-03

CustName:       Widgets Ltd.
Address:        Private Residence
Country:        CA
RegDate:        2015-01-01

OrgTechHandle: TECH1-ARIN
OrgTechEmail:  tech@isp.example

RAbuseHandle: ABUSE9-ARIN
RAbuseEmail:  abuse@widgets.example

# end
)";

TEST_CASE("ARIN: of nested networks the narrowest, its contacts first") {
  auto answer = read(kArinNested, "198.51.100.70");
  CHECK(answer.status == Status::found);
  CHECK(network_of(answer) == "198.51.100.64 - 198.51.100.79");
  CHECK(answer.registration.handle == "NET-198-51-100-64-1");
  CHECK(answer.registration.name == "EXAMPLE-CUST");
  CHECK(answer.registration.organization == "Widgets Ltd.");
  CHECK(answer.registration.country == "CA");
  CHECK(answer.registration.registered == 1420156800);
  CHECK(answer.registration.changed == 1420243200);
  CHECK_FALSE(answer.registration.is_placeholder);
  auto contacts = contacts_of(answer);
  REQUIRE(contacts.size() == 4);
  CHECK(contacts[0] == "abuse@widgets.example");
  CHECK(contacts[1] == "abuse@isp.example");
  CHECK(referrals_of(answer) == std::vector<std::string>{"rwhois://rwhois.isp.example:4322"});
  auto narrow = mention(answer, "abuse@widgets.example", Role::abuse);
  auto wide = mention(answer, "abuse@isp.example", Role::abuse);
  REQUIRE((narrow && wide));
  CHECK(narrow->depth == 0);
  CHECK(narrow->place == "line 62, RAbuseEmail:");
  CHECK(wide->depth > narrow->depth + 3);
}

TEST_CASE("ARIN: what is only in the wider network does not come from the narrower") {
  auto answer = read(kArinNested, "198.51.100.1");
  CHECK(answer.registration.name == "EXAMPLE-ISP");
  CHECK(answer.registration.organization == "Example Networks, Inc.");
  CHECK(answer.registration.country == "US");
  CHECK_FALSE(mention(answer, "abuse@widgets.example", Role::abuse));
  CHECK(contacts_of(answer).front() == "abuse@isp.example");
}

TEST_CASE("ARIN: a list of networks asks for more") {
  auto answer = read(
      "Example Networks, Inc. EXAMPLE-ISP (NET-198-51-100-0-1) 198.51.100.0 - 198.51.103.255\n"
      "Widgets Ltd. EXAMPLE-CUST (NET-198-51-100-64-1) 198.51.100.64 - 198.51.100.79\n"
      "Others EXAMPLE-OTHER (NET-198-51-100-80-1) \n"
      "                                  198.51.100.80 - 198.51.100.95\n",
      "198.51.100.70");
  CHECK(answer.status == Status::found);
  CHECK(network_of(answer) == "198.51.100.64 - 198.51.100.79");
  CHECK(answer.registration.organization == "Widgets Ltd.");
  CHECK(answer.more == "n ! NET-198-51-100-64-1");
  auto second = read(
      "Others EXAMPLE-OTHER (NET-198-51-100-80-1) \n"
      "                                  198.51.100.80 - 198.51.100.95\n",
      "198.51.100.81");
  CHECK(second.more == "n ! NET-198-51-100-80-1");
  CHECK(read(kArinNested, "198.51.100.70").more.empty());
}

TEST_CASE("ARIN: blocks of other registries are nobody's network") {
  auto answer = read(R"(
NetRange:       203.0.0.0 - 203.255.255.255
CIDR:           203.0.0.0/8
NetName:        APNIC-203
NetHandle:      NET-203-0-0-0-1
NetType:        Allocated to APNIC
Organization:   Asia Pacific Network Information Centre (APNIC)
Comment:        This IP address range is not registered in the ARIN database.

ResourceLink:  http://wq.apnic.net/whois-search/static/search.html
ResourceLink:  whois.apnic.net

OrgName:        Asia Pacific Network Information Centre
Country:        AU

ReferralServer: whois://whois.apnic.net

OrgAbuseEmail:  helpdesk@apnic.net
)",
                     "203.0.113.9");
  CHECK(answer.status == Status::found);
  CHECK(answer.registration.is_placeholder);
  CHECK(referrals_of(answer) == std::vector<std::string>{"whois.apnic.net:43"});
  auto early = read(
      "NetRange: 192.0.2.0 - 192.0.2.255\nNetName: RIPE-ERX-192-0-2-0\n"
      "NetType: Early Registrations, Transferred to RIPE NCC\n",
      "192.0.2.1");
  CHECK(early.registration.is_placeholder);
}

}  // namespace
}  // namespace mailtrust::whois
