#include "whois/referral.hpp"

#include <catch2/catch.hpp>

namespace mailtrust::whois {
namespace {

TEST_CASE("servers as answers name them") {
  struct Row {
    const char* text;
    const char* host;  ///< empty: none
    std::uint16_t port;
    bool rwhois;
  };

  auto row = GENERATE(values<Row>({
      {"whois.isp.example", "whois.isp.example", 43, false},
      {" Whois.ISP.Example ", "whois.isp.example", 43, false},
      {"whois.isp.example:4343", "whois.isp.example", 4343, false},
      {"whois://whois.isp.example", "whois.isp.example", 43, false},
      {"whois://whois.isp.example:4343/", "whois.isp.example", 4343, false},
      {"rwhois://rwhois.isp.example", "rwhois.isp.example", 4321, true},
      {"rwhois://rwhois.isp.example:4322/auth-area=192.0.2.0/24", "rwhois.isp.example", 4322, true},
      {"rwhois.isp.example:4321", "rwhois.isp.example", 4321, true},
      {"whois://127.0.0.1:4343", "127.0.0.1", 4343, false},
      {"whois://localhost:4343", "localhost", 4343, false},
      {"rwhois://root.rwhois.net:4321/auth-area=.", "", 0, false},
      {"https://whois.isp.example/", "", 0, false},
      {"file:///etc/passwd", "", 0, false},
      {"whois.isp.example:0", "", 0, false},
      {"whois.isp.example:70000", "", 0, false},
      {"whois.isp.example:x", "", 0, false},
      {"whois", "", 0, false},
      {"-whois.isp.example", "", 0, false},
      {"whois isp.example", "", 0, false},
      {"", "", 0, false},
  }));
  INFO(row.text);
  auto server = server_of(row.text);
  CHECK((server ? server->host : "") == row.host);
  if (!server) return;
  CHECK(server->port == row.port);
  CHECK(server->rwhois == row.rwhois);
  CHECK_FALSE(server->typed);
}

}  // namespace
}  // namespace mailtrust::whois
