#include "dns/server.hpp"

#include <cstdio>
#include <fstream>

#include <catch2/catch.hpp>
#include <unistd.h>

using namespace mailtrust;

TEST_CASE("a resolver is an address, with or without a port") {
  struct Row {
    std::string text;
    std::string read;  // empty: refused
  };

  auto row = GENERATE(values<Row>({
      {"192.0.2.53", "192.0.2.53:53"},
      {"192.0.2.53:5353", "192.0.2.53:5353"},
      {"192.0.2.53:65535", "192.0.2.53:65535"},
      {"[192.0.2.53]:5353", "192.0.2.53:5353"},
      {"2001:db8::53", "[2001:db8::53]:53"},
      {"[2001:db8::53]", "[2001:db8::53]:53"},
      {"[2001:db8::53]:5353", "[2001:db8::53]:5353"},
      {"fe80::1%eth0", "[fe80::1%eth0]:53"},
      {"[fe80::1%eth0]:53", "[fe80::1%eth0]:53"},
      {"", ""},
      {"resolver.example", ""},
      {"192.0.2.53:", ""},
      {"192.0.2.53:0", ""},
      {"192.0.2.53:65536", ""},
      {"192.0.2.53:+53", ""},
      {"192.0.2.53:53x", ""},
      {"192.0.2", ""},
      {"[2001:db8::53", ""},
      {"[2001:db8::53]5353", ""},
      {"[2001:db8::53]:", ""},
      {"fe80::1%", ""},
      {"192.0.2.53%eth0", ""},
  }));
  INFO(row.text);
  auto server = dns::parse_server(row.text);
  CHECK((server ? to_string(*server) : "") == row.read);
}

TEST_CASE("what is no resolver is quoted") {
  auto error = dns::parse_server("ns\x1b").error();
  CHECK(error.kind == Error::Kind::usage);
  CHECK(error.message ==
        "\"ns\\x1b\": not a resolver; expected an address such as 192.0.2.53, 192.0.2.53:5353 or "
        "[2001:db8::53]:5353");
}

TEST_CASE("the system's resolvers are the first three that can be read") {
  struct Row {
    std::string text;
    std::string servers;
  };

  auto row = GENERATE(values<Row>({
      {"", "127.0.0.1:53 "},
      {"nameserver nonsense\n", "127.0.0.1:53 "},
      {"# nameserver 192.0.2.9\nnameserver 192.0.2.1\nsearch example.org\n", "192.0.2.1:53 "},
      {"nameserver\t2001:db8::1  # ours\nnameserver fe80::1%eth0",
       "[2001:db8::1]:53 [fe80::1%eth0]:53 "},
      {"nameservers 192.0.2.1\n", "127.0.0.1:53 "},
      {"nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n",
       "192.0.2.1:53 192.0.2.2:53 192.0.2.3:53 "},
  }));
  char path[] = "/tmp/resolv.XXXXXX";
  ::close(::mkstemp(path));
  std::ofstream(path) << row.text;
  std::string servers;
  for (const auto& server : dns::system_servers(path)) servers += to_string(server) + ' ';
  std::remove(path);
  CHECK(servers == row.servers);
  CHECK(dns::system_servers("/nonexistent/resolv.conf").size() == 1);
}
