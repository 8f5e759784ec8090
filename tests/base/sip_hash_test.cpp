#include "base/sip_hash.hpp"

#include <string>

#include <catch2/catch.hpp>

using mailtrust::SipHash;

TEST_CASE("the hash depends on every octet, on the length and on the key") {
  SipHash one(1, 2);
  SipHash other(1, 3);
  std::string text = "mail.example.org, longer than a word";
  auto value = one(text);
  CHECK(value == one(text));
  CHECK(value != other(text));
  for (auto& c : text) {
    c ^= 1;
    CHECK(one(text) != value);
    c ^= 1;
  }
  CHECK(one(std::string(7, '\0')) != one(std::string(8, '\0')));
  CHECK(SipHash()("a") != SipHash()("a"));
}
