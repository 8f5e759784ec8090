#include "bounce/words.hpp"

#include <catch2/catch.hpp>

#include "bounce/receiver.hpp"

using namespace mailtrust::bounce;

TEST_CASE("each reason has its word, and is found by it") {
  for (std::size_t i = 0; i < kReasons; ++i) {
    auto reason = static_cast<Reason>(i);
    INFO(to_string(reason));
    CHECK(parse_reason(to_string(reason)) == reason);
  }
  CHECK_FALSE(parse_reason("userunknown"));
  CHECK_FALSE(parse_reason(""));
}

TEST_CASE("only what says that an address will never work is hard") {
  for (std::size_t i = 0; i < kReasons; ++i) {
    auto reason = static_cast<Reason>(i);
    if (type_of(reason) == Type::hard) CHECK(family_of(reason) == Family::recipient);
  }
  CHECK(type_of(Reason::bad_mailbox) == Type::hard);
  CHECK(type_of(Reason::recipient_rejected) == Type::soft);
  CHECK(type_of(Reason::mailbox_full) == Type::soft);
  CHECK(to_string(family_of(Reason::expired)) == "network");
}

TEST_CASE("a receiver is known by its hosts, on label borders, else by its system") {
  Failure failure;
  failure.remote = "gmail-smtp-in.l.Google.com.";
  REQUIRE(receiver_of(failure) != nullptr);
  CHECK(receiver_of(failure)->id == "google");
  failure.remote = "mx.notgoogle.com";
  CHECK(receiver_of(failure) == nullptr);
  failure.remote = "";
  failure.system = "yandex";
  REQUIRE(receiver_of(failure) != nullptr);
  CHECK(receiver_of(failure)->id == "yandex");
}
