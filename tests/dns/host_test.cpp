#include "dns/host.hpp"

#include <catch2/catch.hpp>

#include "dns/cache.hpp"
#include "dns/inquiry.hpp"
#include "dns/zone_resolver.hpp"

namespace mailtrust::dns {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// Answers A and AAAA by the zone, some types never.
class Silent : public Source {
 public:
  explicit Silent(std::vector<Type> types) : types_(std::move(types)) {}

  ~Silent() override {
    for (const auto& flight : kept_) flight->land(Failure::cancelled);
  }

  void submit(std::span<const FlightPtr> flights) override {
    for (const auto& flight : flights) {
      auto type = flight->question().type;
      if (std::ranges::find(types_, type) != types_.end()) {
        kept_.push_back(flight);
      } else {
        flight->land(zone_->query(flight->question()));
      }
    }
  }

  [[nodiscard]] std::size_t backlog() const override { return kept_.size(); }

 private:
  std::vector<Type> types_;
  std::vector<FlightPtr> kept_;
  std::unique_ptr<ZoneResolver> zone_ = *ZoneResolver::from_text(
      "both.example. 60 IN A 192.0.2.1\nboth.example. 60 IN A 192.0.2.2\n"
      "both.example. 60 IN AAAA 2001:db8::1\n",
      "test");
};

std::string text_of(const Expected<std::vector<net::Address>>& addresses) {
  if (!addresses) return addresses.error().message;
  std::string text;
  for (const auto& address : *addresses) text += (text.empty() ? "" : " ") + to_string(address);
  return text;
}

TEST_CASE("a host has its addresses", "[dns]") {
  struct Row {
    std::string host;
    std::string addresses;
  };

  auto row = GENERATE(values<Row>({
      {"both.example", "192.0.2.1 192.0.2.2 2001:db8::1"},
      {"BOTH.example.", "192.0.2.1 192.0.2.2 2001:db8::1"},
      {"192.0.2.9", "192.0.2.9"},
      {"::1", "::1"},
      {"localhost", "127.0.0.1 ::1"},
      {"a.localhost", "127.0.0.1 ::1"},
      {"absent.example", "no such name in DNS"},
      {"", "has no address in DNS"},
      {"a..example", "not a host name"},
  }));
  INFO(row.host);
  Silent source({});
  Cache cache(source);
  CHECK(text_of(host_addresses(row.host, cache, Clock::now() + 5s)) == row.addresses);
}

TEST_CASE("a family that is not answered costs no more than its share", "[dns]") {
  struct Row {
    std::vector<Type> silent;
    std::string addresses;
    std::chrono::milliseconds most;
  };

  auto row = GENERATE(values<Row>({
      {{Type::aaaa}, "192.0.2.1 192.0.2.2", 200ms},
      {{Type::a}, "2001:db8::1", 300ms},
      {{Type::a, Type::aaaa}, "its address could not be found out: timeout", 400ms},
  }));
  INFO(row.addresses);
  Silent source(row.silent);
  Cache cache(source);
  Inquiry inquiry(cache, 10, Clock::now() + 30s);
  auto begin = Clock::now();
  CHECK(text_of(host_addresses("both.example", inquiry, begin + 300ms)) == row.addresses);
  CHECK(Clock::now() - begin < row.most);
}

TEST_CASE("only public addresses are left", "[dns]") {
  struct Row {
    std::vector<std::string> all;
    std::string left;
  };

  auto row = GENERATE(values<Row>({
      {{"192.0.2.1", "10.0.0.1", "2001:db8::1"}, "192.0.2.1 2001:db8::1"},
      {{"64:ff9b::c000:201"}, "64:ff9b::c000:201"},
      {{"2002:c000:201::1"}, "2002:c000:201::1"},
      {{"::ffff:192.0.2.1"}, "::ffff:192.0.2.1"},
      {{"10.0.0.1", "::1"}, "10.0.0.1 is not a public address: private use (RFC 1918)"},
      {{"::ffff:10.0.0.1"}, "::ffff:10.0.0.1 is not a public address: IPv4-mapped (RFC 4291)"},
      {{"64:ff9b::a00:1"}, "64:ff9b::a00:1 is not a public address"},
      {{"64:ff9b:1::1"},
       "64:ff9b:1::1 is not a public address: local IPv4/IPv6 translation (RFC 8215)"},
      {{"2002:a9fe:1::1"}, "2002:a9fe:1::1 is not a public address"},
      {{"::a00:1"}, "::a00:1 is not a public address"},
      {{"::"}, ":: is not a public address: unspecified (RFC 4291)"},
      {{"255.255.255.255"}, "255.255.255.255 is not a public address: reserved (RFC 1112)"},
  }));
  INFO(row.left);
  std::vector<net::Address> all;
  for (const auto& text : row.all) all.push_back(*net::Address::read(text));
  CHECK(text_of(only_public(all)) == row.left);
}

TEST_CASE("hosts are spelled one way", "[dns]") {
  struct Row {
    std::string text;
    std::string host;
  };

  auto row = GENERATE(values<Row>({
      {"whois.example.net", "whois.example.net"},
      {"whois.example.net.", "whois.example.net"},
      {"_x-1.example", "_x-1.example"},
      {"b\xc3\xbc"
       "cher.example",
       "xn--bcher-kva.example"},
      {"192.0.2.1", "192.0.2.1"},
      {"2001:DB8::0001", "2001:db8::1"},
      {"", ""},
      {".", ""},
      {"a b.example", ""},
      {"a/b.example", ""},
      {"a\r\n.example", ""},
      {"a..example", ""},
      {"2001:db8:::1", ""},
      {"me@example", ""},
  }));
  INFO(row.text);
  CHECK(read_host(row.text).value_or("") == row.host);
}

}  // namespace
}  // namespace mailtrust::dns
