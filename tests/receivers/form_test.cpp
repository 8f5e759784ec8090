// Rules about how a message is written, and how to leave the list.

#include <catch2/catch.hpp>

#include "receivers/checks.hpp"
#include "receivers/judging.hpp"
#include "receivers/message_for_test.hpp"
#include "receivers/receivers.hpp"

using namespace mailtrust;
using receivers::Opinion;
using test::check;
using test::Message;
using test::Row;
using test::rule;
using test::signature;

TEST_CASE("how it is written") {
  auto row = GENERATE(values<Row>({
      {"no From", [](Message& m) { m.replace("From: News <news@sender.example>\r\n", ""); },
       "gmail.from", "would refuse", "no From field"},
      {"two From fields", [](Message& m) { m.replace("To:", "From: b@other.example\r\nTo:"); },
       "apple.from", "would refuse", "2 From fields"},
      {"two addresses in From",
       [](Message& m) { m.replace("<news@sender.example>", "<news@sender.example>, b@c.example"); },
       "gmail.from", "would refuse", "2 addresses"},
      {"no address in From", [](Message& m) { m.replace("News <news@sender.example>", "News"); },
       "gmx.from", "would refuse", "From"},
      {"one From", [](Message&) {}, "gmail.from", "fine", "news@sender.example"},
      {"two Subjects", [](Message& m) { m.replace("To:", "SUBJECT: x\r\nTo:"); },
       "gmail.single-fields", "would refuse", "2 Subject fields"},
      {"two Received are none of these",
       [](Message& m) { m.replace("To:", "Received: by x; y\r\nTo:"); }, "gmail.single-fields",
       "fine", ""},
      {"no Message-ID", [](Message& m) { m.replace("Message-ID: <1@sender.example>\r\n", ""); },
       "gmail.message-id", "would refuse", "no Message-ID field"},
      {"a Message-ID without @", [](Message& m) { m.replace("<1@sender.example>", "<1>"); },
       "gmail.message-id", "would refuse", "\"<1>\" is not <left@right>"},
      {"a Message-ID without brackets",
       [](Message& m) { m.replace("<1@sender.example>", "1@sender.example"); }, "gmail.message-id",
       "would refuse", "is not <left@right>"},
      {"a Message-ID with a blank",
       [](Message& m) { m.replace("<1@sender.example>", "<1 2@sender.example>"); },
       "gmail.message-id", "would refuse", "is not <left@right>"},
      {"a folded Message-ID",
       [](Message& m) { m.replace(" <1@sender.example>", "\r\n <1@sender.example>"); },
       "gmail.message-id", "fine", ""},
      {"no Date", [](Message& m) { m.replace("Date: Mon, 21 Sep 2026 10:00:00 +0000\r\n", ""); },
       "gmail.date", "would doubt", "no Date field"},
      {"a Date of another form",
       [](Message& m) {
         m.replace("Date: Mon, 21 Sep 2026 10:00:00", "Date: 2026-09-21 10:00:00");
       },
       "gmx.date", "would refuse", "RFC 5322 section 3.3"},
      {"NUL", [](Message& m) { m.replace("hello", std::string("he\0lo", 5)); }, "gmail.form",
       "would refuse", "NUL"},
      {"a lone CR", [](Message& m) { m.replace("hello", "he\rlo"); }, "gmail.form", "would refuse",
       "CR without LF"},
      {"a line that is no field", [](Message& m) { m.replace("To:", "hello there\r\nTo:"); },
       "gmail.form", "would refuse", "no field"},
      {"LF here, CRLF there", [](Message& m) { m.replace("hello\r\n", "hello\n"); }, "gmail.form",
       "would refuse", "LF here"},
      {"LF throughout, as files are saved", [](Message& m) { std::erase(m.header, '\r'); },
       "gmail.form", "fine", "well-formed"},
      {"a line of 999 octets",
       [](Message& m) { m.replace("Subject: hello", "Subject: " + std::string(990, 'x')); },
       "gmail.form", "would doubt", "more than 998"},
      {"a line of 998 octets",
       [](Message& m) { m.replace("Subject: hello", "Subject: " + std::string(989, 'x')); },
       "gmail.form", "fine", ""},
      {"Latin-1 in the header", [](Message& m) { m.replace("hello", "h\xe4llo"); }, "apple.form",
       "would doubt", "no UTF-8"},
  }));
  check(row);
}

TEST_CASE("one-click unsubscribe: RFC 8058 sections 3.1 and 4") {
  auto row = GENERATE(values<Row>({
      {"all of it", [](Message&) {}, "gmail.one-click", "fine", "signed by sender.example"},
      {"no field",
       [](Message& m) {
         m.replace(
             "List-Unsubscribe: <mailto:u@sender.example>,\r\n <https://sender.example/u?1>\r\n",
             "");
       },
       "gmail.one-click", "would doubt", "no List-Unsubscribe field"},
      {"http only", [](Message& m) { m.replace("<https:", "<http:"); }, "gmail.one-click",
       "would doubt", "no https URI"},
      {"https outside of brackets",
       [](Message& m) { m.replace("<https://sender.example/u?1>", "https://sender.example/u?1"); },
       "gmail.one-click", "would doubt", "no https URI"},
      {"mailto is enough for Yahoo", [](Message& m) { m.replace("<https:", "<http:"); },
       "yahoo.one-click", "fine", "by mailto"},
      {"neither is not",
       [](Message& m) { m.replace("<https:", "<http:").replace("<mailto:", "<tel:"); },
       "yahoo.one-click", "would doubt", "no https URI"},
      {"no List-Unsubscribe-Post",
       [](Message& m) { m.replace("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", ""); },
       "gmx.one-click", "would doubt", "no List-Unsubscribe-Post"},
      {"another word in it", [](Message& m) { m.replace("=One-Click", "=OneClick"); },
       "gmail.one-click", "would doubt", "where List-Unsubscribe=One-Click is wanted"},
      {"a URI folded inside its brackets",
       [](Message& m) { m.replace("<https://sender", "<https://\r\n sender"); }, "gmail.one-click",
       "fine", ""},
      {"List-Unsubscribe-Post is not signed",
       [](Message& m) { m.signatures[0].parsed.signature.signed_fields.pop_back(); },
       "gmail.one-click", "would doubt", "no good DKIM signature covers"},
      {"signed, but broken", [](Message& m) { m.signatures = {signature(dkim::Result::fail)}; },
       "gmail.one-click", "would doubt", "no good DKIM signature covers"},
      {"signed, and DNS did not tell the key",
       [](Message& m) { m.signatures = {signature(dkim::Result::temperror)}; }, "gmail.one-click",
       "cannot tell", "DNS did not tell"},
      {"a link may be in the text",
       [](Message& m) { m.replace("<https:", "<x:").replace("<mailto:", "<x:"); },
       "apple.unsubscribe", "cannot tell", "was not looked for"},
      {"a link in the header", [](Message&) {}, "apple.unsubscribe", "fine", ""},
  }));
  check(row);
}

TEST_CASE("RFC 5322 section 3.3: dates") {
  auto row = GENERATE(table<std::string, bool>({
      {"Mon, 21 Sep 2026 10:00:00 +0000", true},
      {"21 Sep 2026 10:00 +0000", true},
      {"Mon,  1 sep 2026 23:59:60 -0330 (NDT)", true},
      {"Mon, 21 Sep 99 10:00:00 GMT", true},
      {"Mon, 21 Sep 2026 10:00:00 Z", true},
      {"Mon, 21 Sep 2026 10:00:00", false},
      {"Mon, 32 Sep 2026 10:00:00 +0000", false},
      {"Mon, 0 Sep 2026 10:00:00 +0000", false},
      {"Mon, 21 Sept 2026 10:00:00 +0000", false},
      {"Mon, 21 Sep 2026 24:00:00 +0000", false},
      {"Mon, 21 Sep 2026 1:00:00 +0000", false},
      {"Mon, 21 Sep 2026 10:00:00 +00", false},
      {"Mon, 21 Sep 2026 10:00:00 +0060", false},
      {"Montag, 21 Sep 2026 10:00:00 +0000", false},
      {"Mon Sep 21 10:00:00 2026", false},
      {"2026-09-21T10:00:00Z", false},
      {"Mon, 21 Sep 2026 10:00:00 +0000 x", false},
      {"", false},
  }));
  INFO(std::get<0>(row));
  CHECK(receivers::is_date_time(std::get<0>(row)) == std::get<1>(row));
}
