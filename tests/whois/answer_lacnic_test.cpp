#include <catch2/catch.hpp>

#include "whois/reading.hpp"

namespace mailtrust::whois {
namespace {

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

}  // namespace
}  // namespace mailtrust::whois
