#include "bounce/names.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace mailtrust::bounce;

namespace {

struct Row {
  std::string reply;
  std::string ip;
  std::string sender;
  std::string domain;
  std::string recipient;
};

}  // namespace

TEST_CASE("what a reply names") {
  auto row = GENERATE(values<Row>({
      {"<bob@example.net>: Recipient address rejected", "", "", "", "bob@example.net"},
      {"<anna@example.com>: Sender address rejected: not found", "", "anna@example.com",
       "example.com", ""},
      {"Client host [192.0.2.1] blocked using zen.spamhaus.org; 127.0.0.4", "192.0.2.1", "", "",
       ""},
      {"listed, see https://list.example/query/ip/192.0.2.7.", "192.0.2.7", "", "", ""},
      {"IP=2001:db8::25 - bad reputation", "2001:db8::25", "", "", ""},
      {"Unauthenticated email from Example.COM is not accepted", "", "", "example.com", ""},
      {"rejected due to example.com's DMARC policy", "", "", "example.com", ""},
      {"sending domain [EXAMPLE.COM] does not pass", "", "", "example.com", ""},
      {"SPF [mail.example.com] with ip: [192.0.2.22] = did not pass", "192.0.2.22", "",
       "mail.example.com", ""},
      {"mail from anna@example.com to bob@example.net refused", "", "anna@example.com",
       "example.com", "bob@example.net"},
      {"see support.example.org for more", "", "", "", ""},
      {"smtp.mailfrom=anna@example.com; header.from=example.org", "", "", "example.org",
       "anna@example.com"},
      {std::string("\0\xff<@>[]@.@ http:// 1.2.3 ::1::", 27), "", "", "", ""},
  }));
  INFO(row.reply);
  auto names = find_names(row.reply);
  CHECK(names.ip == row.ip);
  CHECK(names.sender == row.sender);
  CHECK(names.domain == row.domain);
  CHECK(names.recipient == row.recipient);
}

TEST_CASE("pages and mailboxes to ask at") {
  auto names = find_names(
      "see https://a.example/x, or http://b.example/y. Write to postmaster@example.net (not "
      "bob@example.net)");
  CHECK(names.pages == std::vector<std::string>{"https://a.example/x", "http://b.example/y"});
  CHECK(names.contacts == std::vector<std::string>{"postmaster@example.net"});
}

TEST_CASE("only plain names are names") {
  CHECK(is_plain_domain("mail.example.com"));
  CHECK_FALSE(is_plain_domain("example"));
  CHECK_FALSE(is_plain_domain("1.2.3.4"));
  CHECK_FALSE(is_plain_domain("-a.example"));
  CHECK_FALSE(is_plain_domain("a..example"));
  CHECK_FALSE(is_plain_domain("$(id).example"));
  CHECK(is_plain_mailbox("a+b@example.com"));
  CHECK_FALSE(is_plain_mailbox("-a@example.com"));
  CHECK_FALSE(is_plain_mailbox("a;b@example.com"));
  CHECK_FALSE(is_plain_mailbox("@example.com"));
}
