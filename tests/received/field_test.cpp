#include "received/field.hpp"

#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "base/limits.hpp"

using namespace mailtrust;

namespace {

struct Row {
  std::string value;
  std::string ip, helo, name, by, protocol, id;
  bool authenticated = false;
  bool name_verified = false;
};

std::string ip_of(const received::Field& field) {
  return field.peer.ip ? net::to_string(*field.peer.ip) : "";
}

}  // namespace

TEST_CASE("Received fields in the dialects of servers") {
  auto row = GENERATE(values<Row>({
      // RFC 5321 section 4.4
      {"from client.example (mail.example.net [192.0.2.1]) by mx.example.org with ESMTP id abc1; "
       "Mon, 4 Mar 2024 10:00:00 +0000",
       "192.0.2.1", "client.example", "mail.example.net", "mx.example.org", "ESMTP", "abc1", false,
       true},
      {"FROM [10.0.0.1] ([IPv6:2001:db8::1]) BY mx.example.org WITH ESMTPS; x", "2001:db8::1",
       "[10.0.0.1]", "", "mx.example.org", "ESMTPS", ""},
      // Postfix
      {"from klq.example (unknown [192.0.2.50])\r\n\tby mail.example.org (Postfix) with ESMTP id "
       "62F9; Sun, 15 Feb 2004 14:29:04 -0500 (EST)",
       "192.0.2.50", "klq.example", "", "mail.example.org", "ESMTP", "62F9"},
      {"from [192.168.1.20] (c5.isp.example [192.0.2.5])\r\n\t(using TLSv1.3 with cipher "
       "TLS_AES_256_GCM_SHA384 (256/256 bits))\r\n\t(No client certificate requested)\r\n\t"
       "(Authenticated sender: alice@example.org)\r\n\tby smtp.example.org (Postfix) with ESMTPSA "
       "id 4T\r\n\tfor <bob@example.org>; x",
       "192.0.2.5", "[192.168.1.20]", "c5.isp.example", "smtp.example.org", "ESMTPSA", "4T", true,
       true},
      // Exim
      {"from gil.example ([192.0.2.71]) by mx.example.org with esmtp (TLSv1:DES-CBC3-SHA:168) "
       "(Exim 4.41) id 1CIusZ-00049K-45 for <a@example.org>; x",
       "192.0.2.71", "gil.example", "gil.example", "mx.example.org", "esmtp", "1CIusZ-00049K-45",
       false, true},
      {"from rdns.example ([192.0.2.7]:57000 helo=said.example ident=joe) by mx.example.org with "
       "esmtps (Exim 4.94) (envelope-from <s@example.net>) id 1x; x",
       "192.0.2.7", "said.example", "rdns.example", "mx.example.org", "esmtps", "1x", false, true},
      {"from [192.0.2.7] (port=57000 helo=[10.1.1.1]) by mx.example.org with smtp (Exim 4.94) id "
       "1x; x",
       "192.0.2.7", "[10.1.1.1]", "", "mx.example.org", "smtp", "1x"},
      {"from [192.0.2.7] (helo=[10.1.1.1]) by mx.example.org with smtp (Exim 4.94) id 1x; x",
       "192.0.2.7", "[10.1.1.1]", "", "mx.example.org", "smtp", "1x"},
      {"from bob by host.example.org with local (Exim 4.92) id 1x; x", "", "", "",
       "host.example.org", "local", "1x"},
      // Sendmail
      {"from MARISELA (dsl.example [192.0.2.163] (may be forged)) (authenticated bits=0) by "
       "mail.example.org (8.13.8/8.13.8) with ESMTP id kB3; x",
       "192.0.2.163", "MARISELA", "dsl.example", "mail.example.org", "ESMTP", "kB3", true},
      {"from h.example (joe@dsl.example [192.0.2.163]) by mail.example.org (8.13.8) with ESMTP; x",
       "192.0.2.163", "h.example", "dsl.example", "mail.example.org", "ESMTP", "", false, true},
      // qmail
      {"from mx10.example (HELO ) (192.0.2.10) by mail.example.org with SMTP; 3 Mar 2004 20:34:38 "
       "-0000",
       "192.0.2.10", "", "mx10.example", "mail.example.org", "SMTP", ""},
      {"from unknown (HELO [10.9.8.7]) (joe@192.0.2.10) by mail.example.org with SMTP; x",
       "192.0.2.10", "[10.9.8.7]", "", "mail.example.org", "SMTP", ""},
      {"(qmail 10681 invoked by uid 404); 14 Nov 2003 08:05:52 -0000", "", "", "", "", "", ""},
      // Exchange
      {"from AM0PR.eurprd.prod.outlook.com (2603:10a6:208:1::18) by "
       "AM8PR.eurprd.prod.outlook.com (2603:10a6:20b:2::5) with Microsoft SMTP Server "
       "(version=TLS1_2, cipher=X) id 15.20.1; x",
       "2603:10a6:208:1::18", "AM0PR.eurprd.prod.outlook.com", "AM0PR.eurprd.prod.outlook.com",
       "AM8PR.eurprd.prod.outlook.com", "Microsoft SMTP Server", "15.20.1"},
      {"from A.prod.outlook.com ([fe80::1%7]) by B.prod.outlook.com ([fe80::2%3]) with mapi id "
       "15.20; x",
       "fe80::1", "A.prod.outlook.com", "", "B.prod.outlook.com", "mapi", "15.20"},
      {"from  ([172.16.1.78]) by email2.example.org with Microsoft SMTPSVC(5.0.2195); x",
       "172.16.1.78", "", "", "email2.example.org", "Microsoft SMTPSVC", ""},
      // Gmail
      {"from m.google.com (m.google.com. [209.85.220.41]) by mx.google.com with SMTPS id x1 for "
       "<a@example.org> (Google Transport Security); x",
       "209.85.220.41", "m.google.com", "m.google.com", "mx.google.com", "SMTPS", "x1", false,
       true},
      {"by 2002:a05:7022:1:0:0:0:5 with SMTP id x1csp; x", "", "", "", "2002:a05:7022:1:0:0:0:5",
       "SMTP", "x1csp"},
      // Yahoo, GMX
      {"from 127.0.0.1  (EHLO said.example) (192.0.2.9)  by mta1.mail.yahoo.com with SMTPs; x",
       "192.0.2.9", "said.example", "", "mta1.mail.yahoo.com", "SMTPs", ""},
      {"from p.dip.example (EHLO user588) [192.0.2.163] by mail.gmx.net (mp033) with SMTP; x",
       "192.0.2.163", "user588", "p.dip.example", "mail.gmx.net", "SMTP", "", true},
      // Courier, CommuniGate, ecelerity
      {"from a1200 ([::ffff:192.0.2.6]) (AUTH: LOGIN m@example.com) by big.example.com with esmtp; "
       "Tue, 06 Jan 2004 22:09:53 +0000 id 00.1",
       "192.0.2.6", "a1200", "", "big.example.com", "esmtp", "00.1", true},
      {"from [192.0.2.4] (account user@example.com) by web.example.com (CommuniGate Pro XIMSS 5.2) "
       "with HTTPU id 87; x",
       "192.0.2.4", "[192.0.2.4]", "", "web.example.com", "HTTPU", "87", true},
      {"from sib.example ([192.0.2.226] verified) by relay.example (CommuniGate Pro SMTP 5.1) with "
       "ESMTPS id 98; x",
       "192.0.2.226", "sib.example", "sib.example", "relay.example", "ESMTPS", "98", false, true},
      {"from [192.0.2.252] (HELO tusur.example) by relay.example (CommuniGate Pro) with ESMTPS; x",
       "192.0.2.252", "tusur.example", "", "relay.example", "ESMTPS", ""},
      {"from [127.0.0.1] ([127.0.0.1:50024]) by bm.example (ecelerity 2.1) with ECSTREAM id 10/B; "
       "x",
       "127.0.0.1", "[127.0.0.1]", "", "bm.example", "ECSTREAM", "10/B"},
      // No address that the server wrote
      {"from mail pickup service by mx.example.org with Microsoft SMTPSVC; x", "", "mail", "",
       "mx.example.org", "Microsoft SMTPSVC", ""},
      {"from a (using cipher [192.0.2.1]) by mx.example.org with ESMTP; x", "", "a", "",
       "mx.example.org", "ESMTP", ""},
      {"from a (x [999.0.2.1]) by mx.example.org with ESMTP; x", "", "a", "", "mx.example.org",
       "ESMTP", ""},
      // Words of a client that mean to be more than a word
      {"from by (h.example [192.0.2.1]) by mx.example.org with ESMTP; x", "192.0.2.1", "by",
       "h.example", "mx.example.org", "ESMTP", "", false, true},
      {"from x (authenticated.example [192.0.2.1]) by mx.example.org with ESMTP; x", "192.0.2.1",
       "x", "authenticated.example", "mx.example.org", "ESMTP", "", false, true},
      {"from x( (h.example [192.0.2.1]) by mx.example.org with ESMTP; x", "192.0.2.1", "x",
       "h.example", "mx.example.org", "ESMTP", "", false, true},
      {"from 192-0-2-9.example (h.example [192.0.2.1] (was [203.0.113.1])) by mx.example.org with "
       "ESMTP; x",
       "192.0.2.1", "192-0-2-9.example", "h.example", "mx.example.org", "ESMTP", "", false, true},
      {"", "", "", "", "", "", ""},
      {"from", "", "", "", "", "", ""},
      {"((((", "", "", "", "", "", ""},
  }));
  INFO(row.value);
  auto field = received::parse_field(row.value);
  CHECK(ip_of(field) == row.ip);
  CHECK(field.peer.helo == row.helo);
  CHECK(field.peer.name == row.name);
  CHECK(field.by == row.by);
  CHECK(field.protocol == row.protocol);
  CHECK(field.id == row.id);
  CHECK(field.authenticated == row.authenticated);
  CHECK(field.peer.name_verified == row.name_verified);
}

TEST_CASE("the other parts of a Received field") {
  auto field = received::parse_field(
      "from r.example ([192.0.2.7] helo=h ident=joe) by mx.example.org with esmtps (Exim 4.94)\r\n"
      "\t(envelope-from <s@example.net>)\r\n\tid 1x\r\n\tfor bob@example.org;\r\n"
      "\tMon, 04 Mar 2024 10:00:00 +0000");
  CHECK(field.peer.ident == "joe");
  CHECK(field.has_envelope_from);
  CHECK(field.envelope_from == "s@example.net");
  CHECK(field.recipient == "bob@example.org");
  CHECK(field.date == "Mon, 04 Mar 2024 10:00:00 +0000");
  CHECK(received::parse_field("from a by b (envelope-from <>)").has_envelope_from);
}

TEST_CASE("a lone address may be the peer's, or what the client said") {
  auto row = GENERATE(values<std::pair<std::string, bool>>({
      {"from [192.0.2.1] by mx.example.org with ESMTP; x", true},
      {"from [192.0.2.1] by mx.example.org (MessageWall 1.1.0) with SMTP; x", false},
      {"from [192.0.2.1] by n1.grp.example.org with NNFMP; x", false},
      {"from [192.0.2.1] by web1.mail.example.org via HTTP; x", false},
      {"from [192.0.2.1] by web.example.org (host.lan [10.1.2.3]) (via HTTP); x", false},
      {"from [192.0.2.1] (HELO a.example) by mx.example.org with SMTP; x", false},
  }));
  INFO(row.first);
  auto field = received::parse_field(row.first);
  CHECK(ip_of(field) == "192.0.2.1");
  CHECK(field.peer.ip_may_be_helo == row.second);
}

TEST_CASE("addresses as servers write them") {
  auto spelled = [](std::string_view text) {
    auto address = received::read_address(text);
    return address ? net::to_string(*address) : "none";
  };
  CHECK(spelled("[192.0.2.1]") == "192.0.2.1");
  CHECK(spelled("[192.0.2.1]:25") == "192.0.2.1");
  CHECK(spelled("192.0.2.1:25") == "192.0.2.1");
  CHECK(spelled("[IPv6:2001:DB8::1]") == "2001:db8::1");
  CHECK(spelled("[ipv6:::ffff:192.0.2.1]") == "192.0.2.1");
  CHECK(spelled("fe80::1%eth0") == "fe80::1");
  CHECK(spelled("[192.0.2.1") == "none");
  CHECK(spelled("[Masked]") == "none");
  CHECK(spelled("192.0.2.01") == "none");
  CHECK(spelled("192.0.2.1.example") == "none");
  CHECK(spelled("") == "none");
}

TEST_CASE("hostile Received fields take linear time") {
  for (std::string unit : {"(", ")", "()", "from ", "by a ", "(a [", "\\(", "; ", "[", "(helo= "}) {
    std::string value = "from x ";
    while (value.size() < 250'000) value += unit;
    INFO(unit);
    CHECK(!received::parse_field(value).peer.ip);
  }
  CHECK(received::tokens(std::string(100'000, 'a')).at(0).text.size() == limits::kReceivedField);
}
