#include <catch2/catch.hpp>

#include "whois/reading.hpp"

namespace mailtrust::whois {
namespace {

// What is no answer

TEST_CASE("what servers say instead of an answer") {
  struct Row {
    const char* text;
    Status status;
  };

  auto row = GENERATE(values<Row>({
      {"%ERROR:201: access denied for 192.0.2.1\n%\n% Sorry, access from your host has been "
       "permanently denied.\n",
       Status::come_later},
      {"%ERROR:306: connections exceeded\n", Status::come_later},
      {"Query rate limit exceeded\n", Status::come_later},
      {"% Permission denied.\n", Status::come_later},
      {"WHOIS LIMIT EXCEEDED - SEE WWW.PIR.ORG/WHOIS FOR DETAILS\n", Status::come_later},
      {"Too many requests, try again later.\r\n", Status::come_later},
      {"%error 230 No Objects Found\n", Status::not_found},
      {"%ERROR:101: no entries found\n%\n% No entries found in source RIPE.\n", Status::not_found},
      {"# ARIN WHOIS data\n\nNo match found for 192.0.2.7\n", Status::not_found},
      {"No match!!\n", Status::not_found},
      {"% No match for 192.0.2.7\n", Status::not_found},
      {"", Status::not_understood},
      {"HTTP/1.1 400 Bad Request\r\n\r\n", Status::not_understood},
      {"inetnum: 198.51.100.0 - 198.51.100.255\ne-mail: abuse@isp.example\n",
       Status::not_understood},
      {"inetnum: 198.51.100.0 - 198.51.100.255\n\nNo match!!\n", Status::not_understood},
      {"inetnum: 192.0.2.255 - 192.0.2.0\n", Status::not_understood},
      {"abuse-mailbox: abuse@isp.example\n", Status::not_understood},
  }));
  INFO(row.text);
  auto answer = read(row.text, "192.0.2.7");
  CHECK(answer.status == row.status);
  CHECK_FALSE(answer.registration.network);
  CHECK(answer.registration.mentions.empty());
}

TEST_CASE("words of patience in a holder's remark are no refusal") {
  auto answer =
      read("inetnum: 192.0.2.0/24\nremarks: too many requests? try again later: noc@isp.example\n",
           "192.0.2.7");
  CHECK(answer.status == Status::found);
}

TEST_CASE("line ends of all kinds, and none") {
  std::string unix_lines = "inetnum: 192.0.2.0/24\nabuse-mailbox: abuse@isp.example";
  for (const char* end : {"\n", "\r\n", "\r", "\n\n"}) {
    auto text = unix_lines;
    text.replace(text.find('\n'), 1, end);
    auto answer = read(text, "192.0.2.7");
    CHECK(answer.status == Status::found);
    CHECK(contacts_of(answer) == std::vector<std::string>{"abuse@isp.example"});
  }
}

TEST_CASE("an IPv4-mapped address is the IPv4 address") {
  CHECK(read("inetnum: 192.0.2.0/24\n", "::ffff:192.0.2.7").status == Status::found);
}

// Whom to ask

TEST_CASE("the registry of the block is asked first, in its own dialect") {
  struct Row {
    const char* address;
    const char* server;
    const char* query;
  };

  auto row = GENERATE(values<Row>({
      {"8.8.8.8", "whois.arin.net", "n + 8.8.8.8"},
      {"193.0.6.139", "whois.ripe.net", "-B 193.0.6.139"},
      {"::ffff:193.0.6.139", "whois.ripe.net", "-B 193.0.6.139"},
      {"41.1.2.3", "whois.afrinic.net", "-B 41.1.2.3"},
      {"1.1.1.1", "whois.apnic.net", "1.1.1.1"},
      {"200.1.2.3", "whois.lacnic.net", "200.1.2.3"},
      {"2001:200::1", "whois.apnic.net", "2001:200::1"},
      {"3fff::1", "whois.iana.org", "3fff::1"},
  }));
  INFO(row.address);
  auto address = *net::Address::read(row.address);
  auto server = first_server(address);
  CHECK(server.host == row.server);
  CHECK(server.port == 43);
  CHECK(query_for(server, address) == row.query);
  server.typed = true;
  CHECK(query_for(server, address) == to_string(address.unmapped()));
}

TEST_CASE("JPNIC is asked for English") {
  auto address = *net::Address::read("203.0.113.9");
  CHECK(query_for({"whois.nic.ad.jp"}, address) == "203.0.113.9/e");
  CHECK(query_for({"rwhois.isp.example", 4321, false, true}, address) == "203.0.113.9");
}

}  // namespace
}  // namespace mailtrust::whois
