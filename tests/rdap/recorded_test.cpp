// The recorded answers of registries, where they are: who may stand first, who must not.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include <catch2/catch.hpp>

#include "json/value.hpp"
#include "rdap/answer.hpp"

using namespace mailtrust;

namespace {

std::string corpus() {
  const char* shared = std::getenv("MAILTRUST_SHARED");
  return std::string(shared != nullptr ? shared : MAILTRUST_SOURCE "/../shared") + "/corpus/abuse/";
}

std::optional<std::string> contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The first place at which one of `wanted` stands among the contacts; their count when none does.
std::size_t first_of(const std::vector<registration::Contact>& contacts,
                     const json::Value& wanted) {
  for (std::size_t i = 0; i < contacts.size(); ++i)
    for (const auto& email : wanted.items())
      if (email.text() == contacts[i].email) return i;
  return contacts.size();
}

bool may_be_none(const json::Value& wanted) {
  for (const auto& email : wanted.items())
    if (email.is_null()) return true;
  return false;
}

}  // namespace

TEST_CASE("recorded answers of registries name the right mailbox first") {
  auto text = contents(corpus() + "expect.json");
  if (!text) {
    WARN("no recorded answers here");
    return;
  }
  auto cases = json::parse(*text);
  REQUIRE(cases);
  for (const auto& row : cases->items()) {
    if (row["kind"].text() != "rdap") continue;
    INFO(row["file"].text());
    auto address = net::Address::read(row["ip"].text());
    auto body = contents(corpus() + std::string(row["file"].text()));
    REQUIRE((address && body));
    auto answer = rdap::read_answer(*body, *address);
    REQUIRE(answer);
    auto contacts = registration::rank(
        {{registration::Source::rdap, "rdap.example.net", answer->registration}});
    for (const auto& contact : contacts) UNSCOPED_INFO(contact.email << ", " << contact.why);
    auto right = first_of(contacts, row["right"]);
    CHECK((right == 0 || (contacts.empty() && may_be_none(row["right"]))));
    CHECK(right <= first_of(contacts, row["avoid"]));
    if (row["country"].is_text()) CHECK(answer->registration.country == row["country"].text());
  }
}
