#include "received/handover.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace mailtrust;

namespace {

constexpr const char* kPublic =
    "Received: from h.example (r.example [203.0.113.7]) by gw.example.org (Postfix) with ESMTP; x";
constexpr const char* kForged =
    "Received: from bank.example (bank.example [192.0.2.1]) by mx.example.org with ESMTP; x";

struct Row {
  std::string what;
  std::vector<std::string> fields;
  std::string ip;  // "" none
  std::size_t hop = 0;
  std::string why;
  std::string trusted = {};
};

received::Handover handover_of(const std::vector<std::string>& fields,
                               const std::string& trusted = {}) {
  std::string text;
  for (const auto& field : fields) text += field + "\r\n";
  auto header = message::Header::parse(text);
  net::PrefixSet set;
  if (auto prefix = net::Prefix::read(trusted)) set.insert(*prefix);
  return received::find_handover(header, set);
}

}  // namespace

TEST_CASE("the hand-over is the first public peer that a believable server names") {
  auto row = GENERATE(values<Row>({
      {"direct",
       {kPublic},
       "203.0.113.7",
       0,
       "hop 0 (\"gw.example.org\") accepted it from 203.0.113.7, as the newest Received field "
       "says; "
       "older fields are the sender's word"},
      {"forged below", {kPublic, kForged}, "203.0.113.7", 0, ""},
      {"through a private relay",
       {"Received: from gw (gw [10.0.0.5]) by mbox.example.org with ESMTP; x", kPublic, kForged},
       "203.0.113.7",
       1,
       "hop 1 (\"gw.example.org\") accepted it from 203.0.113.7, and every newer hop is internal "
       "or "
       "trusted; older fields are the sender's word"},
      {"content filter",
       {"Received: from localhost (localhost [127.0.0.1]) by mx.example.org with ESMTP; x",
        "Received: from mx ([127.0.0.1]) by localhost (mx [127.0.0.1]) (amavisd-new, port 10024) "
        "with ESMTP; x",
        kPublic},
       "203.0.113.7",
       2,
       ""},
      {"LMTP over a socket",
       {"Received: from mx.example.org by mbox.example.org with LMTP id x; x", kPublic},
       "203.0.113.7",
       1,
       ""},
      {"qmail inside",
       {"Received: (qmail 1 invoked from network); x", kPublic},
       "203.0.113.7",
       1,
       ""},
      {"fetched by POP3",
       {"Received: from pop.example [192.0.2.44] by home with POP3 (fetchmail-6.3.26); x", kPublic},
       "203.0.113.7",
       1,
       ""},
      {"trusted gateway",
       {"Received: from f.example (f.example [192.0.2.25]) by m.example.org with ESMTPS; x",
        kPublic},
       "203.0.113.7",
       1,
       "",
       "192.0.2.0/24"},
      {"gateway nobody trusts",
       {"Received: from f.example (f.example [192.0.2.25]) by m.example.org with ESMTPS; x",
        kPublic},
       "192.0.2.25",
       0,
       ""},
      {"Exchange Online inside",
       {"Received: from A.prod.outlook.com (2603:10a6:208:1::18) by B.prod.outlook.com with HTTPS; "
        "x",
        "Received: from m.example (203.0.113.7) by C.mail.protection.outlook.com (10.1.2.3) with "
        "Microsoft SMTP Server id 15.20; x"},
       "203.0.113.7",
       1,
       ""},
      {"a HELO of Exchange Online's",
       {"Received: from A.prod.outlook.com (203.0.113.8) by C.mail.protection.outlook.com "
        "(10.1.2.3) "
        "with Microsoft SMTP Server id 15.20; x",
        kForged},
       "203.0.113.8",
       0,
       ""},
      {"Gmail inside",
       {"Received: by 2002:a05:7022:1::5 with SMTP id x; x",
        "Received: from m.example (m.example. [203.0.113.7]) by mx.google.com with ESMTPS id x; x"},
       "203.0.113.7",
       1,
       ""},

      {"no field", {"Subject: x"}, "", 0, "there is no Received field"},
      {"only inside",
       {"Received: from a (a [10.0.0.5]) by b with ESMTP; x"},
       "",
       0,
       "the message never left the inside: no Received field shows a public peer"},
      {"submitted",
       {"Received: from [192.168.1.2] (r.example [203.0.113.5]) by smtp.example.org with ESMTPSA; "
        "x",
        kForged},
       "",
       0,
       "hop 0 (\"smtp.example.org\") took it from an authenticated client: submission by a user, "
       "no "
       "SMTP hand-over from another domain"},
      {"submitted from the inside, with a forged field below",
       {"Received: from [192.168.1.2] (pc [192.168.1.2]) by smtp.example.org with ESMTPSA; x",
        kForged},
       "",
       0,
       ""},
      {"webmail",
       {"Received: from [203.0.113.5] by web.example.org with HTTP; x", kForged},
       "",
       0,
       "hop 0 (\"web.example.org\") took it over HTTP: submission by a user, no SMTP hand-over "
       "from "
       "another domain"},
      {"the peer is not told, the field below is its word",
       {"Received: from evil.example by mx.example.org with ESMTP; x", kForged},
       "",
       0,
       "hop 0 (\"mx.example.org\") does not tell the address of its client, and older fields are "
       "that "
       "client's word"},
      {"a HELO literal is not the peer",
       {"Received: from [192.0.2.1] (dsl.example [198.51.100.43]) by mx.example.org with ESMTP; x"},
       "198.51.100.43",
       0,
       ""},
  }));
  INFO(row.what);
  auto handover = handover_of(row.fields, row.trusted);
  CHECK((handover.ip ? net::to_string(*handover.ip) : "") == row.ip);
  CHECK(handover.hop == row.hop);
  CHECK(!handover.why.empty());
  if (!row.why.empty()) CHECK(handover.why == row.why);
}

TEST_CASE("MAIL FROM of the hand-over") {
  auto sender = [](std::vector<std::string> fields) {
    auto handover = handover_of(fields);
    return handover.mail_from.value_or("(unknown)");
  };
  CHECK(sender({"Return-Path: <a@example.org>", kPublic}) == "a@example.org");
  CHECK(sender({"Return-Path:\r\n <a@example.org> ", kPublic}) == "a@example.org");
  CHECK(sender({"Return-Path: <>", kPublic}).empty());
  CHECK(sender({"Return-Path: <@a.example,@b.example:c@example.org>", kPublic}) == "c@example.org");
  CHECK(sender({"Return-Path: <@a.example>", kPublic}).empty());
  CHECK(sender({"Return-Path: a b", kPublic}) == "(unknown)");
  CHECK(sender({kPublic}) == "(unknown)");
  // RFC 5321 section 4.4: the delivering server puts it on top; one below came with the message.
  CHECK(sender({kPublic, "Return-Path: <forged@example.org>"}) == "(unknown)");
  CHECK(
      sender({"Received: from r.example ([203.0.113.7] helo=h) by mx.example.org with esmtp (Exim "
              "4.94) (envelope-from <s@example.net>) id 1x; x"}) == "s@example.net");
}

TEST_CASE("the HELO of the hand-over") {
  CHECK(handover_of({kPublic}).helo == "h.example");
  CHECK(handover_of({kPublic}).by == "gw.example.org");
}

TEST_CASE("at most 1,000 Received fields are read") {
  std::vector<std::string> fields(1000, "Received: from a (a [10.0.0.5]) by b with ESMTP; x");
  fields.back() = kPublic;
  CHECK(handover_of(fields).hop == 999);
  CHECK(handover_of(fields).ip);
  fields.insert(fields.begin(), fields.front());
  CHECK(!handover_of(fields).ip);
  CHECK(handover_of(fields).why ==
        "only the first 1000 Received fields are read, all of them internal");
}
