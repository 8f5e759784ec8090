#include "bounce/mail.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "bounce/html.hpp"
#include "bounce/line_ends.hpp"

using mailtrust::bounce::take_apart;

namespace {

std::string with_ends(std::string text, const std::string& end) {
  std::string out;
  for (char c : text) out += c == '\n' ? end : std::string(1, c);
  return out;
}

const std::string kBounce =
    "Return-Path: <>\n"
    "From: MAILER-DAEMON@example.net\n"
    "Subject: Returned MAIL\n"
    "Content-Type: multipart/report; boundary=b; report-type=delivery-status\n"
    "\n"
    "--b\n"
    "\n"
    "Not delivered:  \n"
    "a@example.org\n"
    "\n"
    "--b\n"
    "Content-Type: message/delivery-status\n"
    "\n"
    "Reporting-MTA: dns; mx.example.net\n"
    "\n"
    "--b\n"
    "Content-Type: text/rfc822-headers\n"
    "\n"
    "From: c@example.com\n"
    "Subject: news\n"
    "\n"
    "--b--\n";

std::string of_plain(const std::string& body) {
  return "From: mailer-daemon@example.net\nSubject: failure notice\n\n" + body;
}

const std::string kHeader =
    "Received: from a by b; Fri, 20 Nov 2026 11:40:09 +0000\n"
    "Message-ID: <1@example.com>\n"
    "From: c@example.com\n"
    "\n"
    "Hello\n";

}  // namespace

TEST_CASE("whatever ends its lines, a notice is taken apart alike") {
  auto end = GENERATE(as<std::string>(), "\n", "\r\n", "\r", "\r\r\n");
  auto octets = with_ends(kBounce, end);
  auto mail = take_apart(octets);
  CHECK(mail.subject == "returned mail");
  CHECK(mail.from == "mailer-daemon@example.net");
  CHECK(mail.text == "Not delivered:  \na@example.org\n");
  REQUIRE(mail.lines.size() == 2);
  CHECK(mail.lines.front() == "Not delivered:");
  CHECK(mail.returned == "From: c@example.com\nSubject: news\n");
}

TEST_CASE("views into a notice stay good when it is moved") {
  auto octets = of_plain("<a@b>\n");
  auto mail = take_apart(octets);
  auto moved = std::move(mail);
  REQUIRE(moved.lines.size() == 1);
  CHECK(moved.lines.front() == "<a@b>");
  CHECK(moved.lines.front().data() == moved.text.data());
}

TEST_CASE("where the returned message begins in a notice without MIME") {
  struct Row {
    std::string between;
    std::string text;  ///< what is left of the notice
  };

  auto row = GENERATE(values<Row>({
      {"--- Below this line is a copy of the message.\n\n", "gone\n"},
      {"------ This is a copy of the message, including all the headers. ------\n\n", "gone\n"},
      {"Original message follows.\n\n", "gone\n"},
      {"----- Original message -----\n\n", "gone\n"},
      {"   ----- Unsent message follows -----\n", "gone\n"},
      {"--- The header of the original message is following. ---\n\n", "gone\n"},
      {"", "gone\n"},
      {"\n", "gone\n\n"},
  }));
  INFO(row.between);
  auto octets = of_plain("gone\n" + row.between + kHeader);
  auto mail = take_apart(octets);
  CHECK(mail.text == row.text);
  CHECK(mail.returned == kHeader);
}

TEST_CASE("words that only resemble a marker part nothing") {
  auto body =
      GENERATE(as<std::string>(), "The original message was received at noon\nfrom a.example\n",
               "Your message\n\n  To: a@example.org\n  Subject: news\n\ndid not reach\n",
               "Message follows the rules, they say\nand nothing else\n",
               "Reporting-MTA: dns; a\nMessage-ID: <a@b>\nFrom: x\nTo: y\nDate: z\nSubject: w\n");
  auto octets = of_plain(body);
  auto mail = take_apart(octets);
  CHECK(mail.text == body);
  CHECK(mail.returned.empty());
}

TEST_CASE("text is UTF-8, whatever it was") {
  struct Row {
    std::string header;
    std::string body;
    std::string text;
  };

  auto row = GENERATE(values<Row>({
      {"Content-Type: text/plain; charset=utf-8\n", "\xc3\xb6\n", "\xc3\xb6\n"},
      {"Content-Type: text/plain; charset=iso-8859-1\n", "\xf6\n", "\xc3\xb6\n"},
      {"Content-Type: text/plain; charset=koi8-r\n", "\xd6\n", "\xd0\xb6\n"},
      {"Content-Type: text/plain; charset=iso-2022-jp\n", "\x1b$BL$\x1b(B\n", "\xe6\x9c\xaa\n"},
      {"", "\x1b$BL$\x1b(B\n", "\xe6\x9c\xaa\n"},
      {"Content-Type: text/plain; charset=shift_jis\n", "\x96\xa2\n", "\xe6\x9c\xaa\n"},
      {"Content-Type: text/plain; charset=gbk\n", "\xce\xb4\n", "\xe6\x9c\xaa\n"},
      {"Content-Type: text/plain; charset=gb2312\n", "\xce\xb4\xff!\n", "\xe6\x9c\xaa!\n"},
      {"Content-Type: text/plain; charset=unicode-1-1-utf-7\n", "+APY-\n", "\xc3\xb6\n"},
      {"Content-Type: text/plain; charset=../x\n", "\xf6\n", "\xf6\n"},
      {"Content-Transfer-Encoding: base64\n", "Z29uZQo=\n", "gone\n"},
      {"Content-Type: text/html\n", "<p>a &lt;b&gt;</p>c<br>d\n", "\na <b>\nc\nd  "},
  }));
  INFO(row.header << row.body);
  auto octets = "From: a\n" + row.header + "\n" + row.body;
  CHECK(take_apart(octets).text == row.text);
}

TEST_CASE("of alternatives the plain one is read") {
  std::string octets =
      "Content-Type: multipart/alternative; boundary=b\n\n"
      "--b\nContent-Type: text/plain\n\nplain\n"
      "--b\nContent-Type: text/html\n\n<b>rich</b>\n--b--\n";
  CHECK(take_apart(octets).text == "plain\n");
}

TEST_CASE("a multipart without its parts is read as text") {
  std::string octets = "Content-Type: multipart/report; boundary=b\n\ngone\n";
  CHECK(take_apart(octets).text == "gone\n");
}

TEST_CASE("HTML as text") {
  struct Row {
    std::string html;
    std::string text;
  };

  auto row = GENERATE(values<Row>({
      {"a<style>p {x}</style>b", "ab"},
      {"a<!-- <p> -->b", "ab"},
      {"&#246;&#xF6;&nbsp;&amp;&unknown;&", "\xc3\xb6\xc3\xb6 &&unknown;&"},
      {"<a@example.org>", "<a@example.org>"},
      {"5 < 6", "5 < 6"},
      {"<pre>a\nb</pre>", "\na\nb\n"},
      {"a<b", "a"},
      {"a<script>b", "a"},
  }));
  INFO(row.html);
  CHECK(mailtrust::bounce::text_of_html(row.html) == row.text);
}

TEST_CASE("what is kept of a notice is bounded") {
  std::string line(999, 'x');
  std::string body;
  for (int i = 0; i < 3000; ++i) body += line + '\n';
  auto octets = of_plain(body);
  CHECK(take_apart(octets).text.size() == mailtrust::limits::kBounceText);
}
