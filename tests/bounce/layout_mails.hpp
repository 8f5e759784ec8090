#pragma once
// Bounces for the tests of layouts, in the form of each system, and what must be read of them.

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "bounce/layout.hpp"

namespace mailtrust::bounce::test {

struct Told {
  std::string address;
  std::string diagnostic;  ///< all of it
};

struct Case {
  std::string what;    ///< the system and the form
  std::string header;  ///< beside To, Date
  std::string text;
  std::string system;
  std::vector<Told> told;
  Action action = Action::failed;
};

inline const std::string kDaemon =
    "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>\nSubject: failure notice\n";

inline std::string mail_of(const std::string& header, const std::string& text) {
  return header + "To: sender@example.com\nDate: Sun, 22 Nov 2026 08:00:00 +0000\n\n" + text;
}

inline void check(const Case& test) {
  INFO(test.what);
  auto octets = mail_of(test.header, test.text);
  auto mail = take_apart(octets);
  auto reading = read_layout(mail);
  REQUIRE(reading.has_value());
  CHECK(reading->system == test.system);
  REQUIRE(reading->failures.size() == test.told.size());
  for (std::size_t i = 0; i < test.told.size(); ++i) {
    const auto& failure = reading->failures[i];
    CHECK(failure.address == test.told[i].address);
    CHECK(failure.diagnostic == test.told[i].diagnostic);
    CHECK(failure.action == test.action);
  }
}

}  // namespace mailtrust::bounce::test
