// Answers made to cost much: none may cost more than its size.
#include <chrono>
#include <string>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "whois/answer.hpp"

namespace mailtrust::whois {
namespace {

std::string repeat(std::string_view unit, std::size_t size = limits::kWhoisAnswer) {
  std::string text;
  while (text.size() + unit.size() <= size) text += unit;
  return text;
}

/// Each time another number in place of "#".
std::string numbered(std::string_view unit, std::size_t size = limits::kWhoisAnswer) {
  std::string text;
  for (std::size_t i = 0; text.size() + unit.size() + 16 <= size; ++i)
    for (char c : unit) c == '#' ? text += std::to_string(i) : text += c;
  return text;
}

/// Nested networks around 192.0.2.7, all of different width.
std::string nested(std::string_view more) {
  std::string text;
  for (std::uint32_t i = 0; text.size() + 128 < limits::kWhoisAnswer; ++i)
    text += "inetnum: " + to_string(net::Address::v4(0xc0000200U - i)) + " - 192.0.2.9\n" +
            std::string(more) + '\n';
  return text;
}

std::string with_network(const std::string& text) {
  return "inetnum: 192.0.2.0/24\nadmin-c: A1\n" + text;
}

TEST_CASE("hostile answers end in time") {
  using namespace std::string_literals;
  auto text = GENERATE(
      repeat("\n"), repeat("\r"), repeat("\0"s), repeat("a"), repeat(":"), repeat("inetnum:\n"),
      repeat("inetnum: 192.0.2.0/24\n"), repeat("192.0.2.0/24,"), repeat("#\n"), repeat("% a\n"),
      repeat("%Abuse contact for '192.0.2.0/24' is 'a@b.example'\n"), repeat("a@b.example\n"),
      with_network(repeat("remarks: abuse@isp.example\n")), with_network(repeat(" ")),
      with_network(numbered("remarks: abuse#@isp.example\n")),
      with_network(numbered("remarks: whois.a#.example\n")),
      with_network("remarks: "s + numbered("whois.a#.example ")),
      with_network("remarks: "s + repeat("whois")),
      with_network("remarks: "s + repeat("abuse at ")), with_network("remarks: "s + repeat("a@")),
      with_network(repeat("\x1b$B")), with_network(repeat("admin-c: A1\n")),
      with_network(repeat("nic-hdl: A1\ntech-c: A1\n\n")),
      with_network(numbered("\nperson: x\nnic-hdl: A#\ntech-c: A1\nadmin-c: A#\n")),
      with_network("admin-c: "s + repeat("A1,")), numbered("referralserver: whois://a#.example\n"),
      nested("admin-c: A1\n\nperson: x\nnic-hdl: A1\ne-mail: a@isp.example\n"),
      nested("% Abuse contact for '192.0.2.0 - 192.0.2.9' is 'a@isp.example'\n"),
      repeat("A B (NET-1) 192.0.2.0 - 192.0.2.255\n"), repeat(" (NET"), repeat("[ x ]\n"),
      repeat("\xff\xfe"), repeat("network:a;I:"), repeat("'"));
  INFO(text.substr(0, 80));
  auto start = std::chrono::steady_clock::now();
  auto answer = read_answer(text, *net::Address::read("192.0.2.7"));
  auto contacts = registration::rank({{registration::Source::whois, "", answer.registration}});
  auto took = std::chrono::steady_clock::now() - start;
  // Quadratic work on a mebibyte takes minutes; sanitizers slow what is linear tenfold.
  CHECK(took < std::chrono::seconds(10));
  CHECK(answer.referrals.size() <= 16);
  CHECK(answer.registration.mentions.size() <= 1000);
}

}  // namespace
}  // namespace mailtrust::whois
