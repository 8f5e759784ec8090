#include "whois/answer.hpp"

#include <optional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace mailtrust::whois {
namespace {

using registration::Role;

Answer read(std::string_view text, const char* address) {
  return read_answer(text, *net::Address::read(address));
}

std::string network_of(const Answer& answer) {
  if (!answer.registration.network) return "";
  return to_string(answer.registration.network->first) + " - " +
         to_string(answer.registration.network->last);
}

std::vector<std::string> contacts_of(const Answer& answer) {
  std::vector<std::string> emails;
  for (const auto& contact :
       registration::rank({{registration::Source::whois, "", answer.registration}}))
    emails.push_back(contact.email);
  return emails;
}

std::vector<std::string> referrals_of(const Answer& answer) {
  std::vector<std::string> servers;
  for (const auto& server : answer.referrals)
    servers.push_back((server.rwhois ? "rwhois://" : "") + server.host + ":" +
                      std::to_string(server.port));
  return servers;
}

/// Of an address for one role; null when it is not told for that.
const registration::Mention* mention(const Answer& answer, std::string_view email, Role role) {
  for (const auto& each : answer.registration.mentions)
    if (each.email == email && each.role == role) return &each;
  return nullptr;
}

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

// LACNIC and NIC.br

constexpr const char* kLacnic = R"(% Joint Whois - whois.lacnic.net
%  This server accepts single ASN, IPv4 or IPv6 queries

inetnum:     198.51.100/22
status:      allocated
aut-num:     N/A
owner:       Ejemplo S.A. de C.V.
ownerid:     MX-EJEM-LACNIC
responsible: Juana P)"
                                "\xe9"
                                R"(rez
country:     MX
owner-c:     OWN
tech-c:      TEC
abuse-c:     ABU
inetrev:     198.51.100/24
nserver:     NS1.EJEMPLO.EXAMPLE
nsstat:      20171202 AA
created:     20130220
changed:     20140506

nic-hdl:     OWN
person:      Juana
e-mail:      juana@ejemplo.example
country:     MX
created:     20030303
changed:     20120105

nic-hdl:     TEC
person:      Tecnico
e-mail:      tecnico@ejemplo.example

nic-hdl:     ABU
person:      Juana otra vez
e-mail:      quejas@EJEMPLO.EXAMPLE
changed:     20120105
)";

TEST_CASE("LACNIC: cut prefixes, contacts by handle") {
  auto answer = read(kLacnic, "198.51.101.4");
  CHECK(answer.status == Status::found);
  CHECK(network_of(answer) == "198.51.100.0 - 198.51.103.255");
  CHECK(answer.registration.organization == "Ejemplo S.A. de C.V.");
  CHECK(answer.registration.country == "MX");
  CHECK(answer.registration.registered == 1361318400);
  CHECK(answer.registration.changed == 1399334400);
  CHECK(contacts_of(answer) == std::vector<std::string>{"quejas@ejemplo.example",
                                                        "tecnico@ejemplo.example",
                                                        "juana@ejemplo.example"});
}

TEST_CASE("NIC.br: contacts without addresses, the country's CERT for everybody") {
  auto answer = read(R"(% Copyright (c) Nic.br

inetnum:     203.0.112.0/20
aut-num:     AS64500
abuse-c:     FRR00
owner:       EXEMPLO LTDA
created:     20110302
changed:     20110302

nic-hdl-br:  FRR00
person:      Fulano
created:     19991227

% Security and mail abuse issues should also be addressed to
% cert.br, http://www.cert.br/ , respectivelly to cert@cert.br
% and mail-abuse@cert.br
)",
                     "203.0.113.9");
  CHECK(answer.status == Status::found);
  CHECK(answer.registration.country.empty());
  auto contacts = contacts_of(answer);
  REQUIRE(contacts.size() == 2);
  CHECK(contacts[0] == "mail-abuse@cert.br");
  CHECK(mention(answer, "cert@cert.br", Role::remark)->place == "lines 14 to 16, comment:");
}

TEST_CASE("LACNIC: reduced information is a request for patience") {
  auto answer = read(R"(% Joint Whois - whois.lacnic.net

% Query rate limit exceeded. Reduced information.

inetnum:     198.51.100/22
status:      allocated
owner:       Ejemplo S.A. de C.V.
country:     MX
)",
                     "198.51.101.4");
  CHECK(answer.status == Status::come_later);
  CHECK(answer.registration.country == "MX");
}

// National registries of Asia

TEST_CASE("KRNIC: the provider answers for its customer's network") {
  auto answer = read(R"(query : 198.51.100.49

# KOREAN(UTF8)

IPv4주소           : 198.51.100.0 - 198.51.103.255 (/22)

# ENGLISH

KRNIC is not an ISP but a National Internet Registry similar to APNIC.

[ Network Information ]
IPv4 Address       : 198.51.100.0 - 198.51.103.255 (/22)
Organization Name  : Example Telecom
Service Name       : EXNET
Address            : Seoul
Registration Date  : 20090216

Name               : IP Manager
Phone              : +82-2-10-1
E-Mail             : ip@telecom.example

--------------------------------------------------------------------------------

More specific assignment information is as follows.

[ Network Information ]
IPv4 Address       : 198.51.100.48 - 198.51.100.55 (/29)
Organization Name  : Example Bakery
Network Type       : CUSTOMER
Registration Date  : 20120905

Name               : IP Manager
E-Mail             : baker@bakery.example
)",
                     "198.51.100.49");
  CHECK(answer.status == Status::found);
  CHECK(network_of(answer) == "198.51.100.48 - 198.51.100.55");
  CHECK(answer.registration.organization == "Example Bakery");
  CHECK(contacts_of(answer) ==
        std::vector<std::string>{"ip@telecom.example", "baker@bakery.example"});
}

TEST_CASE("KRNIC: sections say what contacts are for") {
  auto answer = read(R"([ ISP Organization Information ]
Org Name      : Example Telecom

IP Address         : 198.51.100.0-198.51.103.255
Network Name       : EXNET

[ ISP IP Admin Contact Information ]
Name               : IP Administrator
E-Mail             : ip@telecom.example

[ ISP IP Tech Contact Information ]
E-Mail             : tech@telecom.example

[ ISP Network Abuse Contact Information ]
Name               : Network Abuse
E-Mail             : security@telecom.example
)",
                     "198.51.100.49");
  CHECK(answer.registration.name == "EXNET");
  CHECK(contacts_of(answer).front() == "security@telecom.example");
  CHECK(mention(answer, "tech@telecom.example", Role::technical));
  CHECK(mention(answer, "ip@telecom.example", Role::administrative));
}

TEST_CASE("JPNIC: keys in brackets, no match below the network") {
  auto answer = read(
      "[ JPNIC database provides information regarding IP address and ASN. Its use   ]\n"
      "[ is restricted to network administration purposes. For further information,  ]\n"
      "[ use 'whois -h whois.nic.ad.jp help'. To only display English output,        ]\n"
      "\n"
      "Network Information: [\x1b$B%M%C%H%o!<%/>pJs\x1b(B]\n"
      "a. [Network Number]             198.51.100.0/22\n"
      "b. [Network Name]               EXAMPLE-JP\n"
      "g. [Organization]               Example Online Inc.\n"
      "m. [Administrative Contact]     XX00001JP\n"
      "n. [Technical Contact]          XX00001JP\n"
      "o. [Abuse]                      abuse@online.example\n"
      "p. [Nameserver]                 ns.online.example\n"
      "[Assigned Date]                 2003/05/06\n"
      "[Return Date]                   \n"
      "[Last Update]                   2015/12/22 10:01:03(JST)\n"
      "\n"
      "Less Specific Info.\n"
      "----------\n"
      "Example Online Inc.\n"
      "                     [Allocation]                         198.51.0.0/16\n"
      "\n"
      "More Specific Info.\n"
      "----------\n"
      "No match!!\n",
      "198.51.100.49");
  CHECK(answer.status == Status::found);
  CHECK(network_of(answer) == "198.51.100.0 - 198.51.103.255");
  CHECK(answer.registration.name == "EXAMPLE-JP");
  CHECK(answer.registration.organization == "Example Online Inc.");
  CHECK(answer.registration.registered == 1052179200);
  CHECK(answer.registration.changed == 1450746063);
  CHECK(contacts_of(answer) == std::vector<std::string>{"abuse@online.example"});
}

TEST_CASE("TWNIC: contacts indented below their title") {
  auto answer = read(R"(
Registrant:
  Example Telecom Co.,Ltd.
  Taipei Taiwan
  TW

   Netname: EXAMPLE-NET
   Netblock: 198.51.100.0/22

   Administrator contact:
         admin@telecom.example

   Technical contact:
         Net Admin (NA1-TW)  tech@telecom.example
         TEL:  +886-2-0000

   Spam contact:
         spam@telecom.example
)",
                     "198.51.100.49");
  CHECK(answer.status == Status::found);
  CHECK(answer.registration.name == "EXAMPLE-NET");
  CHECK(answer.registration.organization == "Example Telecom Co.,Ltd.");
  CHECK(contacts_of(answer) == std::vector<std::string>{"spam@telecom.example",
                                                        "tech@telecom.example",
                                                        "admin@telecom.example"});
}

// rwhois and IANA

TEST_CASE("rwhois: classes before keys, types behind them") {
  auto answer =
      read(R"(%rwhois V-1.5:003fff:00 rwhois.isp.example (by Network Solutions, Inc. V-1.5.9.5)
network:Class-Name:network
network:ID:NET-1
network:Auth-Area:198.51.100.0/22
network:Network-Name:EXAMPLE-1
network:IP-Network:198.51.100.0/24
network:IP-Network-Block:198.51.100.0 - 198.51.100.255
network:Organization;I:Example Hosting
network:Country:United States
network:Tech-Contact;I:tech@isp.example
network:Admin-Contact;I:CONT-1
network:Abuse-Contact;I:abuse@isp.example
network:Created:20150331
network:Updated-By:editor@isp.example

contact:Class-Name:contact
contact:ID:CONT-1
contact:Name:The Boss
contact:Email:boss@isp.example

%referral rwhois://root.rwhois.net:4321/auth-area=.
%referral rwhois://rwhois.sub.example:4444/
%ok
)",
           "198.51.100.49");
  CHECK(answer.status == Status::found);
  CHECK(answer.registration.organization == "Example Hosting");
  CHECK(answer.registration.country == "US");
  CHECK(answer.registration.name == "EXAMPLE-1");
  CHECK(answer.registration.registered == 1427760000);
  CHECK(contacts_of(answer) ==
        std::vector<std::string>{"abuse@isp.example", "tech@isp.example", "boss@isp.example"});
  CHECK(mention(answer, "boss@isp.example", Role::administrative));
  CHECK(mention(answer, "editor@isp.example", Role::changed));
  CHECK(referrals_of(answer) == std::vector<std::string>{"rwhois://rwhois.sub.example:4444"});
}

TEST_CASE("IANA: refers, and has nothing itself") {
  auto answer = read(R"(% IANA WHOIS server
% for more information on IANA, visit http://www.iana.org

refer:        whois.apnic.net

inetnum:      203.0.0.0 - 203.255.255.255
organisation: APNIC
status:       ALLOCATED

whois:        whois.apnic.net

changed:      1993-05
source:       IANA
)",
                     "203.0.113.9");
  CHECK(answer.status == Status::found);
  CHECK(answer.registration.is_placeholder);
  CHECK(referrals_of(answer) == std::vector<std::string>{"whois.apnic.net:43"});
}

// What is no answer

TEST_CASE("what servers say instead of an answer") {
  struct Row {
    const char* text;
    Status status;
  };

  auto row = GENERATE(values<Row>({
      {"%ERROR:201: access denied for 192.0.2.1\n%\n% Sorry, access from your host has been "
       "permanently denied.\n",
       Status::come_later},
      {"%ERROR:306: connections exceeded\n", Status::come_later},
      {"Query rate limit exceeded\n", Status::come_later},
      {"% Permission denied.\n", Status::come_later},
      {"WHOIS LIMIT EXCEEDED - SEE WWW.PIR.ORG/WHOIS FOR DETAILS\n", Status::come_later},
      {"Too many requests, try again later.\r\n", Status::come_later},
      {"%error 230 No Objects Found\n", Status::not_found},
      {"%ERROR:101: no entries found\n%\n% No entries found in source RIPE.\n", Status::not_found},
      {"# ARIN WHOIS data\n\nNo match found for 192.0.2.7\n", Status::not_found},
      {"No match!!\n", Status::not_found},
      {"% No match for 192.0.2.7\n", Status::not_found},
      {"", Status::not_understood},
      {"HTTP/1.1 400 Bad Request\r\n\r\n", Status::not_understood},
      {"inetnum: 198.51.100.0 - 198.51.100.255\ne-mail: abuse@isp.example\n",
       Status::not_understood},
      {"inetnum: 198.51.100.0 - 198.51.100.255\n\nNo match!!\n", Status::not_understood},
      {"inetnum: 192.0.2.255 - 192.0.2.0\n", Status::not_understood},
      {"abuse-mailbox: abuse@isp.example\n", Status::not_understood},
  }));
  INFO(row.text);
  auto answer = read(row.text, "192.0.2.7");
  CHECK(answer.status == row.status);
  CHECK_FALSE(answer.registration.network);
  CHECK(answer.registration.mentions.empty());
}

TEST_CASE("words of patience in a holder's remark are no refusal") {
  auto answer =
      read("inetnum: 192.0.2.0/24\nremarks: too many requests? try again later: noc@isp.example\n",
           "192.0.2.7");
  CHECK(answer.status == Status::found);
}

TEST_CASE("line ends of all kinds, and none") {
  std::string unix_lines = "inetnum: 192.0.2.0/24\nabuse-mailbox: abuse@isp.example";
  for (const char* end : {"\n", "\r\n", "\r", "\n\n"}) {
    auto text = unix_lines;
    text.replace(text.find('\n'), 1, end);
    auto answer = read(text, "192.0.2.7");
    CHECK(answer.status == Status::found);
    CHECK(contacts_of(answer) == std::vector<std::string>{"abuse@isp.example"});
  }
}

TEST_CASE("an IPv4-mapped address is the IPv4 address") {
  CHECK(read("inetnum: 192.0.2.0/24\n", "::ffff:192.0.2.7").status == Status::found);
}

// Whom to ask

TEST_CASE("the registry of the block is asked first, in its own dialect") {
  struct Row {
    const char* address;
    const char* server;
    const char* query;
  };

  auto row = GENERATE(values<Row>({
      {"8.8.8.8", "whois.arin.net", "n + 8.8.8.8"},
      {"193.0.6.139", "whois.ripe.net", "-B 193.0.6.139"},
      {"::ffff:193.0.6.139", "whois.ripe.net", "-B 193.0.6.139"},
      {"41.1.2.3", "whois.afrinic.net", "-B 41.1.2.3"},
      {"1.1.1.1", "whois.apnic.net", "1.1.1.1"},
      {"200.1.2.3", "whois.lacnic.net", "200.1.2.3"},
      {"2001:200::1", "whois.apnic.net", "2001:200::1"},
      {"3fff::1", "whois.iana.org", "3fff::1"},
  }));
  INFO(row.address);
  auto address = *net::Address::read(row.address);
  auto server = first_server(address);
  CHECK(server.host == row.server);
  CHECK(server.port == 43);
  CHECK(query_for(server, address) == row.query);
  server.typed = true;
  CHECK(query_for(server, address) == to_string(address.unmapped()));
}

TEST_CASE("JPNIC is asked for English") {
  auto address = *net::Address::read("203.0.113.9");
  CHECK(query_for({"whois.nic.ad.jp"}, address) == "203.0.113.9/e");
  CHECK(query_for({"rwhois.isp.example", 4321, false, true}, address) == "203.0.113.9");
}

}  // namespace
}  // namespace mailtrust::whois
