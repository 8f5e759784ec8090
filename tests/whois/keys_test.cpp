#include "whois/keys.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace mailtrust::whois {
namespace {

TEST_CASE("every row of the table of keys is found, none hides another") {
  for (const auto& key : keys()) {
    INFO(key.name);
    CHECK(find_key(key.name) == &key);
    bool needs_role = key.meaning == Meaning::mail || key.meaning == Meaning::network_mail ||
                      key.meaning == Meaning::reference || key.meaning == Meaning::changed;
    CHECK((key.role || !needs_role));
  }
}

TEST_CASE("a key is told by its letters and digits") {
  CHECK(find_key("E-MAIL") == find_key("email"));
  CHECK(find_key("Abuse-Mailbox") == find_key("abuse-mailbox"));
  CHECK(find_key("IPv4 Address"));
  CHECK_FALSE(find_key("IPv5 Address"));
  CHECK_FALSE(find_key(""));
  CHECK_FALSE(find_key(std::string(100'000, 'e')));
}

}  // namespace
}  // namespace mailtrust::whois
