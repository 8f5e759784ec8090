#include "received/dialect.hpp"

#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "message/header.hpp"
#include "received/trace.hpp"

using namespace mailtrust;

namespace {

struct Row {
  std::string value;
  std::string ip, helo, rdns, by, id, ident, envelope_from;
  std::string what;  // kind of hop, "auth", "verified"
};

std::string words_of(const received::Hop& hop) {
  std::string words(received::to_string(hop.kind));
  if (hop.field.is_submission()) words += " auth";
  if (hop.field.peer.name_verified && !hop.field.peer.name.empty()) words += " verified";
  return words;
}

}  // namespace

TEST_CASE("every dialect is read alike") {
  auto row = GENERATE(values<Row>({
      {"(ofmipd 192.0.2.38); 17 Mar 2003 04:09:01 -0000", "", "", "", "", "", "", "", "local"},
      {"(from jm@localhost) by mail.example.org (8.12.8/8.12.8/Submit) id h1KNcuDW015551; Thu, 20 "
       "Feb 2003 23:38:56 GMT",
       "", "", "", "mail.example.org", "h1KNcuDW015551", "", "", "local"},
      {"(nullmailer pid 123 invoked by uid 1000); Mon, 04 Mar 2024 10:00:05 -0000", "", "", "", "",
       "", "", "", "local"},
      {"from po11.example.net [192.0.2.73] by stark.example.org with POP3 (fetchmail-5.9.7) for "
       "stark@localhost (single-drop); x",
       "192.0.2.73", "po11.example.net", "", "stark.example.org", "", "", "", "fetch"},
      {"from hackers.example.net (smtp.example.net [192.0.2.14]) BY tomb.example.net ID "
       "434B508E.174A6.13932; x",
       "192.0.2.14", "hackers.example.net", "smtp.example.net", "tomb.example.net",
       "434B508E.174A6.13932", "", "", "smtp verified"},
      {"from [192.0.2.163] (helo=host) by lists.example.net with smtp (Exim 3.31-VA-mm2 #1 "
       "(Debian)) id 18t2z0-0001NX-00 for <a@example.org>; x",
       "192.0.2.163", "host", "", "lists.example.net", "18t2z0-0001NX-00", "", "", "smtp"},
      {"from root (helo=candy.example.net) by thunker.example.net with local-esmtps (tls_cipher "
       "TLS-1.0:RSA_AES_256_CBC_SHA:32) (Exim 4.50 #1 (Debian)) id 1FwHqR-0008Bw-OG; x",
       "", "candy.example.net", "root", "thunker.example.net", "1FwHqR-0008Bw-OG", "", "",
       "local verified"},
      {"from [192.168.1.104] (account nazgul HELO [192.168.1.104]) by somewhere.example "
       "(CommuniGate Pro SMTP 3.5.7) with ESMTP-TLS id 2088434; x",
       "192.168.1.104", "[192.168.1.104]", "", "somewhere.example", "2088434", "", "",
       "submission auth"},
      {"from [192.0.2.30] (account seiz [192.0.2.30] verified) by x.example.net (CommuniGate Pro "
       "SMTP 4.0.3) with ESMTP-TLS id 5026665 for spam@example.org; x",
       "192.0.2.30", "[192.0.2.30]", "", "x.example.net", "5026665", "", "", "submission auth"},
      {"from [192.0.2.145] (helo=t-online.example) by mxeu2.example.de with ESMTP (Nemesis), id "
       "0MKxQS-1CBpzS0XUj-0001aN for me@example.org; x",
       "192.0.2.145", "t-online.example", "", "mxeu2.example.de", "0MKxQS-1CBpzS0XUj-0001aN", "",
       "", "smtp"},
      {"from postfix3-2.example (HELO machine.example)(foobar@192.0.2.139) by totor.example.net "
       "with SMTP; x",
       "192.0.2.139", "machine.example", "postfix3-2.example", "totor.example.net", "", "foobar",
       "", "smtp"},
      {"from mtsbp606.example.net (?dXqpg3b0hiH9faI2OxLT94P/YKDD3rQ1?@192.0.2.166) by "
       "kde.example.de with SMTP; x",
       "192.0.2.166", "mtsbp606.example.net", "mtsbp606.example.net", "kde.example.de", "",
       "?dXqpg3b0hiH9faI2OxLT94P/YKDD3rQ1?", "", "smtp"},
      {"from unknown (HELO feux01a-isp) (192.0.2.210) by totor.example.net with SMTP; x",
       "192.0.2.210", "feux01a-isp", "", "totor.example.net", "", "", "", "smtp"},
      {"from unknown (HELO ?192.168.1.5?) (192.0.2.210) by totor.example.net with SMTP; x",
       "192.0.2.210", "?192.168.1.5?", "", "totor.example.net", "", "", "", "smtp"},
      {"from dyn-166-39-132.example (192.0.2.132) by cpmail.dk.example (6.7.018) id "
       "3FE6899B004FE7A4; x",
       "192.0.2.132", "dyn-166-39-132.example", "dyn-166-39-132.example", "cpmail.dk.example",
       "3FE6899B004FE7A4", "", "", "smtp"},
      {"from unknown (HELO [192.0.2.45]) ([192.0.2.45]) (envelope-sender <xyz@example.org>) by "
       "192.0.2.120 (qmail-ldap-1.03) with SMTP for <uvwxyz@example.com>; x",
       "192.0.2.45", "[192.0.2.45]", "", "192.0.2.120", "", "", "xyz@example.org", "smtp"},
      {"from ns.elcanto.example (192.0.2.58 [192.0.2.58]) by mail.ssccbelen.example with SMTP "
       "(Microsoft Exchange Internet Mail Service Version 5.5.1960.3) id G69TW478; x",
       "192.0.2.58", "ns.elcanto.example", "", "mail.ssccbelen.example", "G69TW478", "", "",
       "smtp"},
      {"from mail2.detr.example ([192.0.2.18] helo=ahvfw.dtlr.example) by mail4.gsi.example with "
       "smtp id 190K1R-0000me-00 for a@lists.example.net; x",
       "192.0.2.18", "ahvfw.dtlr.example", "mail2.detr.example", "mail4.gsi.example",
       "190K1R-0000me-00", "", "", "smtp"},
      {"from 12-211-5-69.client.example (<unknown.domain>[192.0.2.69]) by rwcrmhc53.example "
       "(rwcrmhc53) with SMTP id <2002112823351305300akl1ue>; x",
       "192.0.2.69", "12-211-5-69.client.example", "", "rwcrmhc53.example",
       "2002112823351305300akl1ue", "", "", "smtp"},
      {"from attbi.example (h0005.ne.client2.example[192.0.2.103]) by rwcrmhc53.example "
       "(rwcrmhc53) with SMTP id <20030222193438053008f7tee>; x",
       "192.0.2.103", "attbi.example", "h0005.ne.client2.example", "rwcrmhc53.example",
       "20030222193438053008f7tee", "", "", "smtp verified"},
      {"from 4wtgRl (kgbxn@[192.0.2.115]) by dogma.example.org (8.11.6/8.11.6) with SMTP id "
       "h8BBsUJ18848; x",
       "192.0.2.115", "4wtgRl", "", "dogma.example.org", "h8BBsUJ18848", "kgbxn", "", "smtp"},
      {"from [192.0.2.180] by relent.example (MessageWall 1.1.0) with SMTP; x", "192.0.2.180",
       "[192.0.2.180]", "", "relent.example", "", "", "", "smtp"},
      {"from [192.0.2.176] by web40310.mail.mail.example via HTTP; x", "192.0.2.176",
       "[192.0.2.176]", "", "web40310.mail.mail.example", "", "", "", "web auth"},
      {"from [192.0.2.125] by ws1-7.us4.web.example with http for _b@mail.com; x", "192.0.2.125",
       "[192.0.2.125]", "", "ws1-7.us4.web.example", "", "", "", "web auth"},
      {"from 192.168.5.158 ( [192.168.5.158]) as user jason@localhost by mail.reusch.example with "
       "HTTP; x",
       "192.168.5.158", "192.168.5.158", "", "mail.reusch.example", "", "", "", "web auth"},
      {"from (192.0.2.194 [192.0.2.194]) by mail.unearthed.example with ESMTP id BQB0hUH2; x",
       "192.0.2.194", "", "", "mail.unearthed.example", "BQB0hUH2", "", "", "smtp"},
      {"from [192.0.2.81]:50999 (HELO dfintra.example) by fsav4im2 ([10.128.128.74]:25) (F-Secure "
       "Anti-Virus for Internet Mail 6.0.34 Release) with SMTP; x",
       "192.0.2.81", "dfintra.example", "", "fsav4im2", "", "", "", "smtp"},
      {"from MATT_LINUX by hippo.example.co.uk via smtpd (for mail.example.net [192.0.2.219]) with "
       "SMTP; x",
       "", "MATT_LINUX", "", "hippo.example.co.uk", "", "", "", "smtp"},
      {"from acecomms [192.0.2.95] by mailscan.example.au [192.0.2.27] with SMTP "
       "(MDaemon.PRO.v5.0.6.R) for <s@lists.example.net>; x",
       "192.0.2.95", "acecomms", "", "mailscan.example.au", "", "", "", "smtp"},
      {"from unknown (192.0.2.218) by m19.grp.scd.mail.example with QMQP; x", "192.0.2.218",
       "unknown", "", "m19.grp.scd.mail.example", "", "", "", "smtp"},
      {"from Unknown/Local ([?.?.?.?]) by city.example; x", "", "Unknown/Local", "", "city.example",
       "", "", "", "local"},
      {"from unknown (HELO 192.0.2.108) (exg@example.net@192.0.2.109 with login) by "
       "smtp1.mail.mail.example with SMTP; x",
       "192.0.2.109", "192.0.2.108", "", "smtp1.mail.mail.example", "", "exg@example.net", "",
       "submission auth"},
      {"from unknown(192.0.2.7), claiming to be \"foo.example\" via SMTP by host.example, id "
       "smtpdAAAa1234; x",
       "192.0.2.7", "foo.example", "", "host.example", "smtpdAAAa1234", "", "", "smtp"},
      {"from raptor.example (bala@raptor.example [192.0.2.32]) by mail.example (8.9.3/8.8.7) with "
       "ESMTP id KAA14206 for <b@example.net>; x",
       "192.0.2.32", "raptor.example", "raptor.example", "mail.example", "KAA14206", "bala", "",
       "smtp verified"},
      {"from h (IDENT:root@r.example [192.0.2.32]) by mail.example (8.9.3/8.8.7) with ESMTP id "
       "KAA14206; x",
       "192.0.2.32", "h", "r.example", "mail.example", "KAA14206", "root", "", "smtp verified"},
      {"from foo.example (bar [::ffff:192.0.2.9]) (IDENT: joe) by mx.example with esmtp; x",
       "192.0.2.9", "foo.example", "bar", "mx.example", "", "joe", "", "smtp verified"},
      {"from mail.example ([unix socket]) by imap.example (Cyrus v2.1.11) with LMTP; x", "",
       "mail.example", "", "imap.example", "", "", "", "local"},
      {"from zimbra.example (LHLO zimbra.example) (192.0.2.9) by zimbra.example with LMTP; x",
       "192.0.2.9", "zimbra.example", "zimbra.example", "zimbra.example", "", "", "", "local"},
      {"from linux (rXYZ@[192.0.2.3]) by fwd16.aul.isp.example with (TLSv1.2:ECDHE-RSA encrypted) "
       "esmtp id 1aBcDe-0abc; x",
       "192.0.2.3", "linux", "", "fwd16.aul.isp.example", "1aBcDe-0abc", "rXYZ", "", "smtp"},
      {"from h.example ( [192.0.2.9]) by esmtp4.example (ESMTP) with id ABC; x", "192.0.2.9",
       "h.example", "", "esmtp4.example", "ABC", "", "", "smtp"},
      {"from webmail.example (192.0.2.3:3456) by mail.example with [XMail 1.20 ESMTP Server] id "
       "<S1A2B> for <jm@example.org> from <foo@example.net>; x",
       "192.0.2.3", "webmail.example", "webmail.example", "mail.example", "S1A2B", "",
       "foo@example.net", "smtp"},
      {"from [10.0.0.1] (Forwarded-For: [192.0.2.9]) by vms.example.net (mshttpd); x", "10.0.0.1",
       "[10.0.0.1]", "", "vms.example.net", "", "", "", "web auth"},
      {"from client (192.0.2.5 [192.0.2.5]) by mail.example (MOS 3.10.3-GA) with ESMTP id ABC123 "
       "(AUTH foo@example.org); x",
       "192.0.2.5", "client", "", "mail.example", "ABC123", "", "", "submission auth"},
      {"from [192.0.2.9] (unverified) by mail.example (Rockliffe SMTPRA 4.5.6) with SMTP id "
       "<B0001>; x",
       "", "[192.0.2.9]", "", "mail.example", "B0001", "", "", "smtp"},
      {"from foo.example (unverified [192.0.2.9]) by mail.example (Vircom SMTPRS 1.4.232) with "
       "ESMTP id <B0001>; x",
       "192.0.2.9", "foo.example", "", "mail.example", "B0001", "", "", "smtp"},
      {"from smtp.example (localhost [127.0.0.1]) by host (OpenSMTPD) with ESMTPSA id abc "
       "(TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO) auth=yes user=foo for <x@example.org>; x",
       "127.0.0.1", "smtp.example", "localhost", "host", "abc", "", "", "submission auth verified"},
      {"from h.example (<unknown> [192.0.2.9]) by host (OpenSMTPD) with ESMTP id abc for "
       "<x@example.org>; x",
       "192.0.2.9", "h.example", "", "host", "abc", "", "", "smtp"},
      {"from h.example (NXDOMAIN [192.0.2.9]) by host.example (Haraka/2.8.27) with ESMTPS id "
       "AB-1.1 envelope-from <f@example.net> (cipher=TLS_AES_256_GCM_SHA384); x",
       "192.0.2.9", "h.example", "", "host.example", "AB-1.1", "", "f@example.net", "smtp"},
      {"from h.example (192.0.2.9) by y.example (PowerMTA(TM) v3.5r16) id h12ab for "
       "<z@example.org>; x (envelope-from <bounce@example.net>)",
       "192.0.2.9", "h.example", "h.example", "y.example", "h12ab", "", "bounce@example.net",
       "smtp"},
      {"from unknown (HELO laptop) (192.0.2.9) (smtp-auth username jm, mechanism cram-md5) by "
       "mx.example (qpsmtpd/0.28) with ESMTP; x",
       "192.0.2.9", "laptop", "", "mx.example", "", "", "", "submission auth"},
      {"from [192.0.2.9] ([192.0.2.9]) by web-mail.example (3c-app-gmx-bs35.server.lan "
       "[172.19.170.87]) (via HTTP); x",
       "192.0.2.9", "[192.0.2.9]", "", "web-mail.example", "", "", "", "web auth"},
      {"from sonic.gate.mail.ne1.mail.example by sonic301.consmr.mail.ne1.mail.example with HTTP; "
       "x",
       "", "sonic.gate.mail.ne1.mail.example", "", "sonic301.consmr.mail.ne1.mail.example", "", "",
       "", "web auth"},
      {"by hermes--production-bf1-1.production.internal (Yahoo Inc. Hermes SMTP Server) with "
       "ESMTPA ID 5c0de; x",
       "", "", "", "hermes--production-bf1-1.production.internal", "5c0de", "", "",
       "submission auth"},
      {"from 123456789 named unknown by api.example with HTTPREST; x", "", "123456789", "",
       "api.example", "", "", "", "web auth"},
      {"from [192.0.2.9] by mail.example.org id 1234 with ESMTPA (SMTPD-8.22); x", "192.0.2.9",
       "[192.0.2.9]", "", "mail.example.org", "1234", "", "", "submission auth"},
      {"from host.isp.example (host.isp.example [192.0.2.9]) by web.example.org (Horde Framework) "
       "with HTTP; x",
       "192.0.2.9", "host.isp.example", "host.isp.example", "web.example.org", "", "", "",
       "web auth verified"},
      {"from 192.0.2.9 (auth. user foo@localhost) by host.example with HTTP; x", "192.0.2.9",
       "192.0.2.9", "", "host.example", "", "", "", "web auth"},
      {"from 192.0.2.9 (proxying for 10.1.1.1) (SquirrelMail authenticated user alice) by "
       "web.example with HTTP; x",
       "192.0.2.9", "192.0.2.9", "", "web.example", "", "", "", "web auth"},
      {"from user.example [192.0.2.9] by mail.example with NetMail ModWeb Module; x", "192.0.2.9",
       "user.example", "", "mail.example", "", "", "", "web auth"},
      {"from BAY101-DAV1.phx.gbl by dav.example with DAV; x", "", "BAY101-DAV1.phx.gbl", "",
       "dav.example", "", "", "", "web auth"},
      {"from foo.example ([192.0.2.9]) by bar.example (Post.Office MTA v3.5.3 release 223 ID# "
       "0-12345U) with SMTP id AAA123; x",
       "192.0.2.9", "foo.example", "", "bar.example", "AAA123", "", "", "smtp"},
      {"from mx.example.org by mbox.example.org with LMTP id abcdef (envelope-from "
       "<s@example.net>) for <r@example.org>; x",
       "", "mx.example.org", "", "mbox.example.org", "abcdef", "", "s@example.net", "local"},
      {"from foo.example ([192.0.2.9] RDNS failed) by mail.example with Microsoft "
       "SMTPSVC(6.0.3790.1830); x",
       "192.0.2.9", "foo.example", "", "mail.example", "", "", "", "smtp"},
      {"from hostmail (really [192.0.2.9]) by bar.example via in.smtpd with smtp (ident joe using "
       "rfc1413) id <m0abc> (Debian Smail3.2.0.102); x",
       "192.0.2.9", "hostmail", "", "bar.example", "m0abc", "", "", "smtp"},
      {"from h.example (EHLO h.example) ([192.0.2.9]) by mx.example (MOS) with ESMTP id A; x",
       "192.0.2.9", "h.example", "h.example", "mx.example", "A", "", "", "smtp"},
      {"from host(r.example[192.0.2.9]) by x.example(maildrop) with SMTP id ABC; x", "192.0.2.9",
       "host", "r.example", "x.example", "ABC", "", "", "smtp verified"},
      {"from mail.example (HELO mail.example) ([192.0.2.9] envelope-sender <a@example.org>) by "
       "mx.example.net (qmail-ldap-1.03) with DHE-RSA-AES256-SHA encrypted SMTP for "
       "<b@example.org>; x",
       "192.0.2.9", "mail.example", "mail.example", "mx.example.net", "", "", "a@example.org",
       "smtp"},
      {"from mail.example ([192.0.2.9] (envelope-sender <a@example.org>)) by mx.example.net; x",
       "192.0.2.9", "mail.example", "", "mx.example.net", "", "", "a@example.org", "smtp"},
      {"from h.example (192.0.2.9 [192.0.2.9]) (user=joe@example.org mech=LOGIN bits=0) by "
       "mail.example (8.13.1/8.13.1) with ESMTP id k1; x",
       "192.0.2.9", "h.example", "", "mail.example", "k1", "", "", "submission auth"},
      {"from [192.0.2.9] (port=4711 helo=[10.0.0.1]) by mail.example with esmtpa (Exim 4.69) "
       "(envelope-from <a@example.org>) id 1abc-0000; x",
       "192.0.2.9", "[10.0.0.1]", "", "mail.example", "1abc-0000", "", "a@example.org",
       "submission auth"},
      {"from ([2001:db8::9]) by mx.example with ESMTP; x", "2001:db8::9", "", "", "mx.example", "",
       "", "", "smtp"},
      {"from h.example (h.example [IPv6:2001:db8:0:0:0:0:0:9]:4711) by mx.example with ESMTP; x",
       "2001:db8::9", "h.example", "h.example", "mx.example", "", "", "", "smtp verified"},
      {"from h.example (2001:0DB8::0009) by mx.example with SMTP; x", "2001:db8::9", "h.example",
       "h.example", "mx.example", "", "", "", "smtp"},
      {"from h.example (joe@2001:db8::9) by mx.example with SMTP; x", "2001:db8::9", "h.example",
       "h.example", "mx.example", "", "joe", "", "smtp"},
      {"from h.example ([IPv6:::ffff:192.0.2.9]) by mx.example with SMTP; x", "192.0.2.9",
       "h.example", "", "mx.example", "", "", "", "smtp"},
      {"from h.example ([ipv6:2001:db8::9%eth0]) by mx.example with SMTP; x", "2001:db8::9",
       "h.example", "", "mx.example", "", "", "", "smtp"},
      {"from mail.example (mail.example. [IPv6:2001:db8::9]) by mx.big.example with ESMTPS id "
       "abc.2024.03.04.10.00.05 for <a@example.org> (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 "
       "bits=256/256); x",
       "2001:db8::9", "mail.example", "mail.example", "mx.big.example", "abc.2024.03.04.10.00.05",
       "", "", "smtp verified"},
      {"from x$y ( [192.0.2.9] ) by ajax-webmail-wmsvr2 (Coremail); x", "192.0.2.9", "x$y", "",
       "ajax-webmail-wmsvr2", "", "", "", "smtp"},
      {"from FOO-MTA by mail.gw.example with Novell_GroupWise; x", "", "FOO-MTA", "",
       "mail.gw.example", "", "", "", "local"},
      {"from mail.pickup ([192.0.2.9]) by mail (Lotus Domino Release 6.5.1) with ESMTP id "
       "2004030410000512-1234; x",
       "192.0.2.9", "mail.pickup", "", "mail", "2004030410000512-1234", "", "", "smtp"},
      {"from h.example ([192.0.2.9]) (using TLSv1 with cipher X) by mx.example (Sun Java System "
       "Messaging Server 6.1) with ESMTPSA id <0ABC00@mx.example>; x",
       "192.0.2.9", "h.example", "", "mx.example", "0ABC00@mx.example", "", "", "submission auth"},
      {"from h.example ([192.0.2.9]) by x.example (Mirapoint) with ESMTP id A for <b@example.org>; "
       "x",
       "192.0.2.9", "h.example", "", "x.example", "A", "", "", "smtp"},
      {"from localhost ([127.0.0.1]) by localhost (mx.example.org [127.0.0.1]) (amavisd-new, port "
       "10024) with ESMTP id k3sFq for <bob@example.org>; x",
       "127.0.0.1", "localhost", "", "localhost", "k3sFq", "", "", "smtp"},
  }));
  INFO(row.value);
  auto header = message::Header::parse("Received: " + row.value + "\r\n");
  auto trace = received::read_trace(header, {});
  REQUIRE(trace.hops.size() == 1);
  const auto& field = trace.hops[0].field;
  CHECK((field.peer.ip ? net::to_string(*field.peer.ip) : "") == row.ip);
  CHECK(field.peer.helo == row.helo);
  CHECK(field.peer.name == row.rdns);
  CHECK(field.by == row.by);
  CHECK(field.id == row.id);
  CHECK(field.peer.ident == row.ident);
  CHECK(field.envelope_from == row.envelope_from);
  CHECK(words_of(trace.hops[0]) == row.what);
}

TEST_CASE("clients cannot write marks of servers") {
  auto row = GENERATE(values<std::string>({
      "from authenticated ([192.0.2.1]) by mx.example.org with ESMTP; x",
      "from x (authenticated.example [192.0.2.1]) by mx.example.org with ESMTP; x",
      "from x (authenticated@192.0.2.1) by mx.example.org with SMTP; x",
      "from x (user=mech=@192.0.2.1) by mx.example.org with SMTP; x",
      "from x (HELO auth=yes) (192.0.2.1) by mx.example.org with SMTP; x",
      "from auth=yes (x.example [192.0.2.1]) by mx.example.org with ESMTP; x",
      "from x (HELO HTTP) (192.0.2.1) by mx.example.org with SMTP; x",
      "from HTTP ([192.0.2.1]) by mx.example.org with ESMTP; x",
      "from x by y.example (unknown [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 1; x",
      "from x with ESMTPA (unknown [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 1; x",
      "from x by y with HTTP id 1 for z (a [192.0.2.1]) by mx.example.org (Postfix) with ESMTP; x",
      "from x; y (a [192.0.2.1]) by mx.example.org with ESMTP; x",
      "from by (a [192.0.2.1]) by mx.example.org with ESMTP; x",
  }));
  INFO(row);
  auto field = received::parse_field(row);
  CHECK(field.peer.ip == net::Address::read("192.0.2.1"));
  CHECK(field.by == "mx.example.org");
  CHECK(!field.is_submission());
  CHECK(!field.has_envelope_from);
}

TEST_CASE("the marks of servers are facts with a date") {
  for (const auto& mark : received::marks()) {
    INFO(mark.text);
    CHECK(!mark.text.empty());
    CHECK(mark.means != 0);
    CHECK(!mark.server.empty());
    CHECK(mark.seen.size() == 10);
  }
}

TEST_CASE("no name is no name") {
  CHECK(received::is_no_name("Unknown"));
  CHECK(received::is_no_name("NXDOMAIN"));
  CHECK(!received::is_no_name("unknown.example"));
  CHECK(!received::is_no_name(""));
}
