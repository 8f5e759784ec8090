#include "received/trace.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "received/traces.hpp"

using namespace mailtrust;
using namespace mailtrust::received_test;

namespace {

struct Row {
  std::string what;
  std::vector<std::string> fields;
  std::string ip;  // "" none
  int hop;         // -1 none
  std::string why;
  std::string trusted = {};
};

}  // namespace

TEST_CASE("the origin is what a believable server wrote down") {
  auto row = GENERATE(values<Row>({
      {"direct",
       {kPublic},
       "203.0.113.7",
       0,
       "mx.example.org (yours) accepted it from 203.0.113.7 (r.example)"},
      {"forged below",
       {kPublic, kForged},
       "203.0.113.7",
       0,
       "mx.example.org (yours) accepted it from 203.0.113.7 (r.example); the older field is the "
       "sender's word"},
      {"forged with the recipient's names",
       {kPublic, kInternal, kPublic, kForged},
       "203.0.113.7",
       0,
       "mx.example.org (yours) accepted it from 203.0.113.7 (r.example); older fields are the "
       "sender's word"},
      {"relay inside",
       {kInternal, kPublic},
       "203.0.113.7",
       1,
       "mx.example.org accepted it from 203.0.113.7 (r.example), and the newer hop is internal or "
       "trusted"},
      {"a trusted prefix",
       {"from f.example (f.example [192.0.2.25]) by mbox.example.org with ESMTPS", kPublic},
       "203.0.113.7",
       1,
       "",
       "192.0.2.0/24"},
      {"a trusted name",
       {"from f.example (f.example [192.0.2.25]) by mbox.example.org with ESMTPS", kPublic},
       "203.0.113.7",
       1,
       "",
       "f.example"},
      {"all below a trusted name",
       {"from f.example (f.relay.example [192.0.2.25]) by mbox.example.org with ESMTPS", kPublic},
       "203.0.113.7",
       1,
       "",
       ".relay.example"},
      {"a trusted name that is only said",
       {"from f.relay.example (x.example [192.0.2.25]) by mbox.example.org with ESMTPS", kPublic},
       "192.0.2.25",
       0,
       "",
       ".relay.example"},
      {"a trusted name that may be forged",
       {"from x (f.relay.example [192.0.2.25] (may be forged)) by mbox.example.org with ESMTPS",
        kPublic},
       "192.0.2.25",
       0,
       "",
       ".relay.example"},
      {"filter, LMTP, pick-up, fetch",
       {"from pop.example [192.0.2.44] by home with POP3 (fetchmail-6.3.26)",
        "from mx.example.org by mbox.example.org with LMTP id x", "(qmail 1 invoked by uid 0)",
        "from localhost ([127.0.0.1]) by localhost (mx [127.0.0.1]) (amavisd-new, port 10024)",
        kPublic},
       "203.0.113.7",
       4,
       ""},
      {"an authenticated client",
       {"from [192.168.1.20] (c.isp.example [203.0.113.5]) (Authenticated sender: a@example.org) "
        "by "
        "smtp.example.org (Postfix) with ESMTPSA",
        kForged},
       "203.0.113.5",
       0,
       "smtp.example.org (yours) took it from 203.0.113.5, a client that authenticated; the older "
       "field is that client's word"},
      {"webmail of one's own",
       {"from localhost (localhost [127.0.0.1]) by mx.example.org (Postfix) with ESMTPA id 1",
        "from 203.0.113.8 (SquirrelMail authenticated user a) by web.example.org with HTTP",
        kForged},
       "203.0.113.8",
       1,
       "web.example.org took it from 203.0.113.8 over HTTP, and the newer hop is internal or "
       "trusted; the older field is that client's word"},
      {"webmail on another host inside",
       {"from web.example.org (web.example.org [10.0.0.8]) by mx.example.org (Postfix) with "
        "ESMTPSA",
        "from 203.0.113.8 (SquirrelMail authenticated user a) by web.example.org with HTTP"},
       "203.0.113.8",
       1,
       ""},
      {"a client inside that forges webmail of another name",
       {"from pc (pc.example.org [10.0.0.9]) by mx.example.org (Postfix) with ESMTPSA",
        "from 203.0.113.8 (SquirrelMail authenticated user a) by web.example.org with HTTP"},
       "",
       -1,
       ""},
      {"a name that looks like an address",
       {"from 192-0-2-9.example (192.0.2.9.example [203.0.113.9]) by mx.example.org with ESMTP"},
       "203.0.113.9",
       0,
       ""},
      {"a nested comment",
       {"from x (h.example [203.0.113.9] (was [192.0.2.1])) by mx.example.org with ESMTP"},
       "203.0.113.9",
       0,
       ""},
      // Vouched
      {"submitted to Gmail",
       {kGmail, kNameless, kLaptop, kForged},
       "203.0.113.45",
       2,
       "smtp.gmail.com took it from 203.0.113.45, a client that authenticated; Gmail (consumer) "
       "vouches for that, and its 209.85.221.54 (mail-f54.google.com) handed it to mx.example.org "
       "(yours); the older field is the client's word"},
      {"by a browser at GMX",
       {kGmx,
        "from [203.0.113.9] ([203.0.113.9]) by web-mail.gmx.net (h.lan [172.19.1.8]) (via "
        "HTTP)"},
       "203.0.113.9",
       1,
       ""},
      {"Gmail's web pages hide it", {kGmail, kNameless}, "209.85.221.54", 0, ""},
      {"Gmail, then a stranger's field", {kGmail, kForged, kLaptop}, "209.85.221.54", 0, ""},
      {"Gmail's name, only said",
       {"from mail-f54.google.com (x.example [192.0.2.4]) by mx.example.org (Postfix) with ESMTPS",
        kNameless, kLaptop},
       "192.0.2.4",
       0,
       ""},
      {"Gmail's name without proof",
       {"from mail-f54.google.com (192.0.2.4) by mx.example.org with ESMTPS", kNameless, kLaptop},
       "192.0.2.4",
       0,
       ""},
      {"a name beside Gmail's",
       {"from x (mail.notgoogle.com [192.0.2.4]) by mx.example.org (Postfix) with ESMTPS",
        kNameless, kLaptop},
       "192.0.2.4",
       0,
       ""},
      {"a provider that hides its clients",
       {"from out1.messagingengine.com (out1.messagingengine.com [103.168.172.1]) by "
        "mx.example.org "
        "(Postfix) with ESMTPS",
        "from [203.0.113.9] by mail.messagingengine.com with HTTP"},
       "103.168.172.1",
       0,
       ""},
      {"inside one provider",
       {"from mail-f1.google.com (mail-f1.google.com. [209.85.220.41]) by mx.google.com with SMTPS",
        kNameless, kLaptop},
       "203.0.113.45",
       2,
       ""},
      {"Exchange Online",
       {"from A.prod.outlook.com (2603:10a6:208:1::18) by B.prod.outlook.com with HTTPS",
        "from m.example (203.0.113.7) by C.mail.protection.outlook.com (10.1.2.3) with Microsoft "
        "SMTP Server id 15.20"},
       "203.0.113.7",
       1,
       ""},
      {"Exchange Online by its other names and ranges",
       {"from A.prod.exchangelabs.com (2603:10b6:a03:1::1) by B.prod.exchangelabs.com with HTTPS",
        "from C.prod.protection.outlook.com (2a01:111:f400:7e1a::206) by A.outlook.office365.com "
        "(2603:10b6:a03:1::14) with Microsoft SMTP Server id 15.20",
        "from m.example (203.0.113.7) by C.mail.protection.outlook.com (10.1.2.3) with Microsoft "
        "SMTP Server id 15.20"},
       "203.0.113.7",
       2,
       ""},
      {"Yahoo's servers among themselves, by HTTP",
       {"from 10.197.32.9 by atlas1.omega.yahoo.com pod-id atlas with HTTP",
        "from 203.0.113.7 (EHLO m.example) by 10.197.32.9 with SMTPs", kForged},
       "203.0.113.7",
       1,
       "10.197.32.9 accepted it from 203.0.113.7, and the newer hop is internal or trusted; the "
       "older field is the sender's word"},
      {"the same from the host itself",
       {"from 127.0.0.1 by atlas1.free.mail.bf1.yahoo.com with HTTP",
        "from 127.0.0.1 (EHLO m.example) (203.0.113.7) by mta1.mail.gq1.yahoo.com with SMTPS"},
       "203.0.113.7",
       1,
       ""},
      {"HELO of Exchange Online's",
       {"from A.prod.outlook.com (203.0.113.8) by C.mail.protection.outlook.com (10.1.2.3) with "
        "Microsoft SMTP Server id 15.20",
        kForged},
       "203.0.113.8",
       0,
       ""},
      // None
      {"no field", {"Subject: x"}, "", -1, "there is no Received field"},
      {"only inside",
       {kInternal, kInternal},
       "",
       -1,
       "the message never left the inside: the oldest field is from 10.0.0.5"},
      {"a gateway translates",
       {"from mail.sender.test (unknown [10.0.0.1]) by mx.example.org (Postfix) with ESMTP"},
       "",
       -1,
       "a gateway at 10.0.0.1 hides the peer: mx.example.org (yours) accepted it from there, and "
       "no "
       "older field says who came before"},
      {"a gateway writes no address",
       {"from mail.sender.test by gw.example.org with ESMTP id 1", kForged},
       "",
       -1,
       "a gateway at gw.example.org (yours) hides the peer: its field does not tell the address; "
       "the older field is that peer's word"},
      {"picked up",
       {kInternal, "(from a@localhost) by mx.example.org (8.12.8/Submit) id 1"},
       "",
       -1,
       "submitted locally on mx.example.org"},
      {"a client inside",
       {"from pc (pc [192.168.1.2]) by smtp.example.org (Postfix) with ESMTPSA", kForged},
       "",
       -1,
       "submitted on smtp.example.org (yours) by a client inside, 192.168.1.2; the older field is "
       "that client's word"},
      {"a browser that is not told",
       {"by web.example.org with HTTP", kForged},
       "",
       -1,
       "web.example.org (yours) took it over HTTP and does not tell that client's address; the "
       "older field is its word"},
      {"fetched, and nothing else",
       {"from pop.example [192.0.2.44] by home.example with POP3 (fetchmail-6.3.26)"},
       "",
       -1,
       "fetched from a mailbox by home.example (yours); the mailbox's own server wrote no field"},
      {"an address alone",
       {"from [192.0.2.1] by mx.example.org with ESMTP", kForged},
       "",
       -1,
       "mx.example.org (yours) wrote 192.0.2.1 alone, which may be what the client called itself; "
       "the older field is that client's word"},
      {"Gmail to Gmail by web",
       {"from mail-f1.google.com (mail-f1.google.com. [209.85.220.41]) by mx.google.com with SMTPS",
        kNameless},
       "",
       -1,
       "it never left Gmail (consumer), whose fields do not tell who submitted it"},
  }));
  INFO(row.what);
  auto trace = trace_of(row.fields, row.trusted);
  CHECK(text_of(trace.origin.ip) == row.ip);
  CHECK((trace.origin.hop ? static_cast<int>(*trace.origin.hop) : -1) == row.hop);
  CHECK((trace.origin.confidence == received::Confidence::none) == row.ip.empty());
  CHECK(!trace.origin.why.empty());
  if (!row.why.empty()) CHECK(trace.origin.why == row.why);
}

TEST_CASE("an origin that is vouched for has its hand-over beside it") {
  auto trace = trace_of({kGmail, kNameless, kLaptop});
  CHECK(trace.origin.confidence == received::Confidence::vouched);
  CHECK(trace.origin.provider == "gmail");
  CHECK(text_of(trace.handover) == "209.85.221.54");
  CHECK(trace.handover_hop == 0U);
}

TEST_CASE("what the message claims is told, not believed") {
  auto claimed = [](const std::vector<std::string>& fields) {
    auto claim = trace_of(fields).claimed;
    return text_of(claim.ip) + ' ' + claim.source +
           (claim.hop ? ' ' + std::to_string(*claim.hop) : std::string());
  };
  CHECK(claimed({kPublic}) == "203.0.113.7 Received 0");
  CHECK(claimed({kPublic, kForged}) == "192.0.2.10 Received 1");
  CHECK(claimed({kInternal}) == " ");
  CHECK(claimed({kPublic, "X-Originating-IP: [192.0.2.200]"}) == "192.0.2.200 X-Originating-IP");
  CHECK(claimed({kPublic, "x-originating-ip: 10.1.1.1, 192.0.2.201"}) ==
        "192.0.2.201 x-originating-ip");
  CHECK(claimed({kPublic, "X-Originating-IP: 10.1.1.1"}) == "203.0.113.7 Received 0");
  CHECK(claimed({kPublic, "X-Client-IP: 192.0.2.3", "X-Sender-IP: 192.0.2.2"}) ==
        "192.0.2.2 X-Sender-IP");
}

TEST_CASE("claims below the hand-over are tested") {
  constexpr const char* kNext = "from pc.example (pc.example [192.0.2.8]) by h.example with ESMTP";
  auto flags = [](const std::vector<std::string>& fields, std::size_t hop) {
    return flags_of(trace_of(fields).hops.at(hop));
  };
  CHECK(flags({kPublic, kForged}, 1) == "chain_break");
  CHECK(flags({kPublic, kNext}, 1).empty());  // by is the HELO above
  CHECK(flags({kPublic, "from x (x [192.0.2.8]) by relay.r.example with ESMTP"}, 1).empty());
  CHECK(flags({kPublic, "from x (x [192.0.2.8]) by 203.0.113.7 with ESMTP"}, 1).empty());
  CHECK(flags({kPublic, "from x (x [192.0.2.8]) by r with ESMTP"}, 1).empty());
  CHECK(flags({kPublic, "from x (x [192.0.2.8]) by evil.co.uk with ESMTP"}, 1) == "chain_break");
  CHECK(flags({kInternal, kPublic, kForged}, 1).empty());  // of a server that is believed
  CHECK(flags({kGmail, kLaptop, kForged}, 1).empty());     // of the provider that vouches
  CHECK(flags({kGmail, kLaptop, kForged}, 2) == "chain_break");
  // A list server hands to itself.
  constexpr const char* kSelf = "from localhost (localhost [127.0.0.1]) by r.example with ESMTP";
  CHECK(flags({kPublic, kSelf, "from x (x [192.0.2.8]) by r.example with ESMTP"}, 2).empty());
  CHECK(flags({kPublic, kSelf, kForged}, 2) == "chain_break");
  CHECK(flags({"from [192.0.2.9] (h.example [203.0.113.7]) by mx.example.org with ESMTP"}, 0) ==
        "helo_mismatch");
  CHECK(flags({"from mx.example.org (unknown [203.0.113.7]) by mx.example.org with ESMTP"}, 0) ==
        "helo_mismatch");
  CHECK(flags({"from [203.0.113.7] (h.example [203.0.113.7]) by mx.example.org with ESMTP"}, 0)
            .empty());
  // A mail program says the address it has at home.
  CHECK(flags({"from [192.168.1.2] (h.example [203.0.113.7]) by mx.example.org with ESMTPA"}, 0)
            .empty());
}

TEST_CASE("at most 1,000 hops are read") {
  std::vector<std::string> fields(999, kInternal);
  fields.emplace_back(kPublic);
  auto trace = trace_of(fields);
  CHECK(trace.origin.hop == 999U);
  CHECK(trace.left_out == 0);
  fields.insert(fields.begin(), kInternal);
  trace = trace_of(fields);
  CHECK(trace.hops.size() == 1000);
  CHECK(trace.left_out == 1);
  CHECK(!trace.origin.ip);
  CHECK(trace.origin.why ==
        "only the first 1,000 Received fields are read, and all their peers are internal or "
        "trusted");
}

TEST_CASE("time grows with the size of the header") {
  auto seconds = [](std::size_t hops) {
    std::vector<std::string> fields(hops, kForged);
    fields.insert(fields.begin(), kPublic);
    std::string text;
    for (const auto& field : fields)
      text +=
          "Received: " + field + " (" + std::string(3000, '(') + "; Mon, 4 Mar 2024 10:00:00\r\n";
    auto header = message::Header::parse(text);
    auto start = std::chrono::steady_clock::now();
    received::read_trace(header, {});
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  seconds(100);
  auto once = seconds(240);
  CHECK(seconds(960) < 12 * once + 0.05);
}
