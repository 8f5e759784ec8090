#include <catch2/catch.hpp>

#include "whois/reading.hpp"

namespace mailtrust::whois {
namespace {

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

}  // namespace
}  // namespace mailtrust::whois
