#include "complaint/text.hpp"

#include <catch2/catch.hpp>

#include "complaint/moment.hpp"
#include "message/address.hpp"
#include "message/header.hpp"

using namespace mailtrust;
using namespace mailtrust::complaint;

TEST_CASE("words of others cannot end a line or a field") {
  struct Row {
    std::string_view what, text, expect;
  };

  auto row = GENERATE(values<Row>({
      {"plain", "Buy now", "Buy now"},
      {"a field of their own", "Buy\r\nBcc: all@example.org", "Buy Bcc: all@example.org"},
      {"a lone CR, NUL and tabs", std::string_view("a\rb\0c\td", 7), "a b c d"},
      {"no UTF-8", "a\xff z", "a\xef\xbf\xbd z"},
      {"text that runs backwards", "a\xe2\x80\xae z", "a z"},
      {"blanks", "  a   b  ", "a b"},
  }));
  INFO(row.what);
  CHECK(clean(row.text) == row.expect);
}

TEST_CASE("a cut text says so") {
  CHECK(clean("0123456789", 8) == "01234...");
  CHECK(clean(std::string(50, 'x'), 400).size() == 50);
}

TEST_CASE("a field reads back as it was, folded and encoded") {
  auto text = GENERATE(as<std::string>(), "short", std::string(300, 'w'),
                       "many words that go on and on so that no line of 76 columns can hold them "
                       "all, really none, whatever one does to it",
                       "Gr\xc3\xbc\xc3\x9f"
                       "e aus K\xc3\xb6ln, und noch viel mehr Text, damit es mehrere "
                       "W\xc3\xb6rter werden m\xc3\xbcssen");
  auto field = unstructured_field("Subject", text, "\r\n");
  auto header = message::Header::parse(field + "\r\n");
  REQUIRE(header.fields().size() == 1);
  for (std::size_t at = 0; at < field.size();) {
    auto end = std::min(field.find('\n', at), field.size());
    CHECK(end - at < 400);
    at = end + 1;
  }
  auto read = message::decode_words(message::on_one_line(header.fields()[0].value));
  if (text.find(' ') != std::string::npos) CHECK(read == text);
}

TEST_CASE("mailboxes that may stand in a header") {
  CHECK(is_plain_mailbox("abuse@example.org"));
  CHECK(is_plain_mailbox("a.b+c=d@mail.example.org"));
  for (std::string_view bad : {"abuse", "@example.org", "a@", "a b@example.org",
                               "a@b>\r\nBcc: c@example.org", "a@[192.0.2.1]", "\"a\"@example.org",
                               "a..b@example.org", "a@exa mple", "a,b@example.org", "a@b..c"})
    CHECK_FALSE(is_plain_mailbox(bad));
}

TEST_CASE("moments") {
  CHECK(mail_date(1'795'333'237) == "Sun, 22 Nov 2026 07:40:37 +0000");
  CHECK(json_date(1'795'333'237) == "2026-11-22T07:40:37Z");
  CHECK(mail_date(0) == "Thu, 1 Jan 1970 00:00:00 +0000");
  CHECK(mailbox_date(951'782'400) == "Tue Feb 29 00:00:00 2000");
}
