#include "list/scanner.hpp"

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/ascii.hpp"
#include "list/address_text.hpp"
#include "list/marks.hpp"
#include "net/address.hpp"

namespace mailtrust::list {
namespace {

// All addresses of a text, as spelled.
std::vector<std::string> addresses_in(std::string_view text, Engine engine = best_engine()) {
  std::vector<std::string> out;
  Places places;
  Found found;
  std::size_t resume = 0;
  for (std::size_t from = 0; from < text.size(); from += kWindow)
    for (auto place : find_places(text, from, places, engine)) {
      if (place < resume) continue;
      if (read_around(text, place, found))
        out.emplace_back(text.substr(found.begin, found.end - found.begin));
      resume = found.end;
    }
  return out;
}

struct Row {
  std::string text;
  std::vector<std::string> addresses;
};

std::string random_text(std::mt19937& random, std::size_t size, std::string_view letters) {
  std::string text(size, ' ');
  for (auto& c : text) c = letters[random() % letters.size()];
  return text;
}

// The rules of the manual for IPv4, one after the other: the longest run of letters, digits and
// dots, without dots at its ends, is a dotted quad, and no part of an IPv6 address.
std::vector<std::string> slow_v4(const std::string& text) {
  std::vector<std::string> out;
  auto is_part = [](char c) { return ascii::is_alnum(c) || c == '.'; };
  for (std::size_t i = 0; i < text.size();) {
    auto end = i;
    while (end < text.size() && is_part(text[end])) ++end;
    auto run = text.substr(i, end - i);
    while (run.starts_with('.')) run.erase(0, 1);
    while (run.ends_with('.')) run.pop_back();
    if (auto address = net::Address::read(run); address && address->is_v4()) out.push_back(run);
    i = end + 1;
  }
  return out;
}

}  // namespace

TEST_CASE("addresses are found as whole words") {
  auto row = GENERATE(values<Row>({
      {"connect from unknown[192.0.2.1]", {"192.0.2.1"}},
      {"192.0.2.1", {"192.0.2.1"}},
      {"[IPv6:2001:db8::1]:25", {"2001:db8::1"}},
      {"IPv6:2001:db8::1", {"2001:db8::1"}},
      {"IPv6:::1", {"::1"}},
      {"client=h[2001:DB8:0:0:0:0:0:1]", {"2001:DB8:0:0:0:0:0:1"}},
      {"192.0.2.1:25 192.0.2.2,192.0.2.3;192.0.2.4",
       {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"}},
      {"::ffff:192.0.2.1", {"::ffff:192.0.2.1"}},
      {"64:ff9b::192.0.2.1", {"64:ff9b::192.0.2.1"}},
      {"from 192.0.2.1. Then 2001:db8::1.", {"192.0.2.1", "2001:db8::1"}},
      {"connect to 2001:db8::1: refused", {"2001:db8::1"}},
      {"2001:db8::1.:192.0.2.1", {"2001:db8::1", "192.0.2.1"}},
      {"host-192.0.2.1_x user@192.0.2.1", {"192.0.2.1", "192.0.2.1"}},
      {"\xe2\x80\x9c"
       "192.0.2.1"
       "\xe2\x80\x9d",
       {"192.0.2.1"}},
      {"192.0.2.0/24 192.0.2.1-192.0.2.9", {"192.0.2.0", "192.0.2.1", "192.0.2.9"}},
      {"fe80::1%eth0", {"fe80::1"}},
      {"ip=2001:db8::1 ip:2001:db8::2", {"2001:db8::1", "2001:db8::2"}},
      {"DEADBEEF12:2001:db8::2", {"2001:db8::2"}},
      {"12:13:14:192.0.2.1 port:192.0.2.2", {"192.0.2.1", "192.0.2.2"}},
      {":2001:db8::1 ::", {"2001:db8::1", "::"}},
      {"1:2:3:4:5:6:7:8 1:2:3:4:5:6:1.2.3.4", {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4"}},
  }));
  INFO(row.text);
  CHECK(addresses_in(row.text) == row.addresses);
}

TEST_CASE("what looks like an address is none") {
  const std::string text = GENERATE(
      as<std::string>(), "1.2.3.4.5", "10.0.0.256", "1192.0.2.1", "v1.2.3.4", "1.2.3.4a",
      "01.2.3.4", "1.2.3", "5.1.2.3.4", "h.192.0.2.1", "192.0.2.1.example", "Nov 22 01:17:28 mx",
      "01:17:28:", "[22/Nov/2026:01:17:28 +0000]", "2001:db8::1x", "00:11:22:33:44:55",
      "std::string a::b::c", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "2001:db8::12345",
      "2001:db8::1.2.3", "2001:db8::1.53", "1.2.3.4.in-addr.arpa", "::ffff:192.0.2.256");
  INFO(text);
  CHECK(addresses_in(text).empty());
}

TEST_CASE("addresses are found wherever windows and words of bits end") {
  const std::string address =
      GENERATE(as<std::string>(), "192.0.2.199", "2001:db8:1:2:3:4:5:6", "::1", "IPv6:2001:db8::1");
  auto spelled = address.substr(address.starts_with("IPv6:") ? 5 : 0);
  for (std::size_t before = 0;
       before<kWindow + 130; before += before> 130 && before < kWindow - 130 ? 37 : 1) {
    auto text = std::string(before, ' ') + address + " x";
    INFO(before);
    REQUIRE(addresses_in(text) == std::vector<std::string>{spelled});
    text.resize(text.size() - 2);
    REQUIRE(addresses_in(text) == std::vector<std::string>{spelled});
  }
}

TEST_CASE("random text: every dotted quad of the slow rules, and no other") {
  std::mt19937 random(4);
  for (int i = 0; i < 1500; ++i) {
    auto text = random_text(random, random() % 300, GENERATE("123.. a", "0125.... -", "29.[]x1. "));
    INFO(text);
    REQUIRE(addresses_in(text) == slow_v4(text));
  }
}

TEST_CASE("random text: what is found is an address, and all engines find the same") {
  std::mt19937 random(6);
  for (int i = 0; i < 1500; ++i) {
    auto text = random_text(random, random() % 400, "0129abf:::::.. []gx");
    INFO(text);
    auto found = addresses_in(text, Engine::portable);
    for (const auto& address : found) REQUIRE(net::Address::read(address));
    for (auto engine : {Engine::sse2, Engine::avx2})
      if (is_available(engine)) REQUIRE(addresses_in(text, engine) == found);
  }
}

TEST_CASE("random IPv6 addresses are found in any spelling") {
  std::mt19937_64 random(66);
  for (int i = 0; i < 1500; ++i) {
    auto value = net::Uint128{random()} << 64 | random();
    for (int zeros = 0; zeros < 4; ++zeros)
      value &= ~(net::Uint128{0xffff} << (16 * (random() % 8)));
    auto text = to_string(net::address_of(net::Family::v6, value));
    INFO(text);
    REQUIRE(addresses_in("x=[" + text + "]:25") == std::vector<std::string>{text});
    REQUIRE(addresses_in("IPv6:" + text + " ") == std::vector<std::string>{text});
  }
}

TEST_CASE("the quick readers accept what net::Address does") {
  std::mt19937 random(5);
  for (int i = 0; i < 40000; ++i) {
    auto text = random_text(random, random() % 20, i % 2 == 0 ? "0125.9" : "012:fA.::");
    const char* end = text.data() + text.size();
    std::uint32_t v4 = 0;
    net::Uint128 v6 = 0;
    auto address = net::Address::read(text);
    INFO(text);
    bool is_v4 = read_v4(text.data(), end, v4) == end;
    bool is_v6 = read_v6(text.data(), end, v6) == end;
    REQUIRE((is_v4 || is_v6) == address.has_value());
    if (is_v4) REQUIRE(address->to_v4_value() == v4);
    if (is_v6) REQUIRE((net::value_of(*address) == v6));
  }
}

TEST_CASE("all engines mark the same") {
  std::mt19937 random(7);
  std::string text(64 * 40, ' ');
  for (auto& c : text) c = static_cast<char>(random());
  std::vector<Marks> expected(30);
  mark(text.data(), 53, expected, Engine::portable);
  for (auto engine : {Engine::sse2, Engine::avx2}) {
    if (!is_available(engine)) continue;
    std::vector<Marks> marks(30);
    mark(text.data(), 53, marks, engine);
    CHECK((marks == expected));
  }
}

TEST_CASE("hostile text takes linear time") {
  for (const auto* unit : {"1:", "1.", "::", "....1.1.1.1", "a:1:2:3:", "f"}) {
    std::string text;
    while (text.size() < 4U << 20) text += unit;
    INFO(unit);
    auto begin = std::chrono::steady_clock::now();
    addresses_in(text);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
  }
}

}  // namespace mailtrust::list
