// Recorded answers of registries, where the shared material is there.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "json/value.hpp"
#include "whois/answer.hpp"

namespace mailtrust::whois {
namespace {

std::string folder() {
  const char* shared = std::getenv("MAILTRUST_SHARED");
  auto base = shared ? std::string(shared) : std::string(MAILTRUST_SOURCE "/../shared");
  return base + "/corpus/abuse/";
}

bool holds(const json::Array& list, const std::string& email) {
  return std::ranges::any_of(list, [&](const json::Value& each) {
    return each.is_null() ? email.empty() : each.text() == email;
  });
}

/// Null stands for "not told": nothing is to be read into an answer.
std::string expected_country(const json::Value& value) {
  return std::string(value.text());
}

TEST_CASE("recorded answers name the contact that they hold") {
  auto text = read_file(folder() + "expect.json", 1U << 20);
  if (!text) return;
  auto cases = json::parse(*text);
  REQUIRE(cases);
  std::size_t count = 0;
  for (const auto& each : cases->items()) {
    if (each["kind"].text() != "whois") continue;
    ++count;
    auto file = std::string(each["file"].text());
    INFO(file);
    auto recorded = read_file(folder() + file, 1U << 20);
    REQUIRE(recorded);
    auto answer = read_answer(*recorded, *net::Address::read(each["ip"].text()));
    CHECK(answer.status == Status::found);
    CHECK(answer.registration.country == expected_country(each["country"]));
    auto contacts = registration::rank({{registration::Source::whois, "", answer.registration}});
    auto first = contacts.empty() ? std::string() : contacts.front().email;
    CAPTURE(first);
    CHECK(holds(each["right"].items(), first));
    CHECK_FALSE(holds(each["avoid"].items(), first));
  }
  CHECK(count > 0);
}

}  // namespace
}  // namespace mailtrust::whois
