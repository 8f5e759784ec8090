#include <catch2/catch.hpp>

#include "whois/reading.hpp"

namespace mailtrust::whois {
namespace {

// RPSL

constexpr const char* kRipe = R"(% This is the RIPE Database query service.

% Information related to '192.0.2.0 - 192.0.2.255'

% Abuse contact for '192.0.2.0 - 192.0.2.255' is 'abuse@lir.example'

inetnum:        192.0.2.0 - 192.0.2.255
netname:        EXAMPLE-NET
descr:          Example customer
descr:          Berlin
country:        DE # where it is
org:            ORG-EX1-RIPE
admin-c:        PERS1-RIPE
tech-c:         ROLE1-RIPE
status:         ASSIGNED PA
mnt-by:         EXAMPLE-MNT
notify:         watch@lir.example
changed:        editor@lir.example 20040102
changed:        other@lir.example 20101112
created:        2002-03-04T05:06:07Z
source:         RIPE

organisation:   ORG-EX1-RIPE
org-name:       Example GmbH
org-type:       LIR
e-mail:         office@example.example
abuse-c:        AR1-RIPE
source:         RIPE

person:         Erika Mustermann
e-mail:         erika@lir.example
nic-hdl:        PERS1-RIPE
source:         RIPE

role:           Example NOC
e-mail:         noc@lir.example
abuse-mailbox:  spam@lir.example
nic-hdl:        ROLE1-RIPE
source:         RIPE

role:           Abuse role
e-mail:         general@lir.example
abuse-mailbox:  abuse@lir.example
nic-hdl:        AR1-RIPE
source:         RIPE

person:         Nobody here
e-mail:         stranger@elsewhere.example
nic-hdl:        PERS9-RIPE
source:         RIPE

% Information related to '192.0.2.0/24AS64500'

route:          192.0.2.0/24
descr:          A route
origin:         AS64500
mnt-by:         EXAMPLE-MNT
changed:        router@lir.example 20020202
source:         RIPE
)";

TEST_CASE("RIPE: handles lead from the network to its contacts") {
  auto answer = read(kRipe, "192.0.2.7");
  CHECK(answer.status == Status::found);
  CHECK(network_of(answer) == "192.0.2.0 - 192.0.2.255");
  CHECK(answer.registration.name == "EXAMPLE-NET");
  CHECK(answer.registration.organization == "Example GmbH");
  CHECK(answer.registration.country == "DE");
  CHECK(answer.registration.registered == 1015218367);
  CHECK(answer.registration.changed == 1289520000);
  CHECK(contacts_of(answer).front() == "abuse@lir.example");
  CHECK(mention(answer, "abuse@lir.example", Role::abuse)->depth == 0);
  CHECK(mention(answer, "spam@lir.example", Role::abuse)->depth == 1);
  CHECK(mention(answer, "noc@lir.example", Role::technical));
  CHECK(mention(answer, "erika@lir.example", Role::administrative));
  CHECK(mention(answer, "general@lir.example", Role::technical));
  CHECK(mention(answer, "watch@lir.example", Role::other));
  CHECK(mention(answer, "editor@lir.example", Role::changed));
  CHECK(mention(answer, "router@lir.example", Role::changed));
  CHECK(mention(answer, "stranger@elsewhere.example", Role::other));
  CHECK(answer.referrals.empty());
}

TEST_CASE("RIPE: remarks that name the desk, over two lines") {
  auto answer = read(R"(inet6num:       2001:db8::/32
netname:        EXAMPLE-V6
remarks:        Please send spam and abuse complaints to
remarks:        desk@lir.example
remarks:        Peering questions: peering@lir.example
country:        uk
)",
                     "2001:db8::1");
  CHECK(answer.status == Status::found);
  CHECK(answer.registration.country == "GB");
  CHECK(answer.registration.organization == "EXAMPLE-V6");
  CHECK(contacts_of(answer).front() == "desk@lir.example");
  CHECK(mention(answer, "desk@lir.example", Role::remark)->place == "lines 3 to 5, remarks:");
  CHECK_FALSE(mention(answer, "peering@lir.example", Role::remark));
}

TEST_CASE("RIPE: what is not its own is nobody's network and names no server of many") {
  auto answer = read(R"(% Information related to '192.0.0.0 - 192.0.255.255'

% No abuse contact registered for 192.0.0.0 - 192.0.255.255

inetnum:        192.0.0.0 - 192.0.255.255
netname:        NON-RIPE-NCC-MANAGED-ADDRESS-BLOCK
descr:          IPv4 address block not managed by the RIPE NCC
remarks:        AFRINIC (Africa)
remarks:        http://www.afrinic.net/ whois.afrinic.net
remarks:        APNIC (Asia Pacific)
remarks:        http://www.apnic.net/ whois.apnic.net
country:        EU # Country is really world wide
admin-c:        IANA1-RIPE
status:         ALLOCATED UNSPECIFIED
source:         RIPE
)",
                     "192.0.2.7");
  CHECK(answer.status == Status::found);
  CHECK(answer.registration.is_placeholder);
  CHECK(answer.registration.country == "EU");
  CHECK(answer.referrals.empty());
}

TEST_CASE("APNIC: mirrored objects of a national registry refer to it") {
  auto answer = read(R"(% [whois.apnic.net]

% Information related to '203.0.112.0 - 203.0.119.255'

inetnum:        203.0.112.0 - 203.0.119.255
netname:        JPNIC-NET-JP
descr:          Japan Network Information Center
country:        JP
admin-c:        JNIC1-AP
mnt-irt:        IRT-EXAMPLE-JP
status:         ALLOCATED PORTABLE
remarks:        JPNIC Allocation Block
remarks:        Authoritative information regarding assignments and
remarks:        allocations made from within this block can also be
remarks:        queried at whois.nic.ad.jp.
changed:        hm-changed@registry.example 20010101
source:         APNIC

irt:            IRT-EXAMPLE-JP
e-mail:         irt@registry.example
abuse-mailbox:  irt-abuse@registry.example
source:         APNIC

role:           Japan Network Information Center
e-mail:         hostmaster@registry.example
nic-hdl:        JNIC1-AP
source:         APNIC

% Information related to '203.0.113.0 - 203.0.113.255'

inetnum:        203.0.113.0 - 203.0.113.255
netname:        EXAMPLE-OCN
descr:          Example Online Corp.
country:        JP
admin-c:        JP00000001
remarks:        Email address for spam or abuse complaints : abuse@online.example
source:         JPNIC
)",
                     "203.0.113.9");
  CHECK(network_of(answer) == "203.0.113.0 - 203.0.113.255");
  CHECK(answer.registration.organization == "Example Online Corp.");
  auto contacts = contacts_of(answer);
  REQUIRE_FALSE(contacts.empty());
  CHECK(mention(answer, "abuse@online.example", Role::remark)->depth == 0);
  CHECK(mention(answer, "irt-abuse@registry.example", Role::abuse)->depth == 5);
  CHECK(mention(answer, "irt@registry.example", Role::technical));
  CHECK(referrals_of(answer) == std::vector<std::string>{"whois.nic.ad.jp:43"});
}

TEST_CASE("AFRINIC: padded octets, one line of abuse") {
  auto answer = read(R"(% Information related to '192.000.002.000 - 192.000.002.255'
% Abuse contact for '192.0.2.0 - 192.0.2.255' is 'abuse@isp.example'

inetnum:        192.000.002.000 - 192.000.002.255
netname:        EXAMPLE-ZA
descr:          Example ISP
country:        ZA
source:         AFRINIC # Filtered
parent:         192.0.0.0 - 192.0.255.255
)",
                     "192.0.2.7");
  CHECK(network_of(answer) == "192.0.2.0 - 192.0.2.255");
  CHECK(contacts_of(answer) == std::vector<std::string>{"abuse@isp.example"});
}

}  // namespace
}  // namespace mailtrust::whois
