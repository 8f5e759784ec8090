#pragma once
// Zones for the SPF tests, written beside what is expected of them.

#include <memory>
#include <string>

#include <catch2/catch.hpp>

#include "dns/zone_resolver.hpp"
#include "spf/survey.hpp"
#include "zone_for_test.hpp"

namespace mailtrust::test {

inline std::unique_ptr<dns::ZoneResolver> zone(const std::string& text) {
  auto resolver = dns::ZoneResolver::from_text(text, "test.zone");
  REQUIRE(resolver.has_value());
  return std::move(*resolver);
}

inline dns::Name name(const std::string& text) {
  return dns::Name::read(text).value();
}

}  // namespace mailtrust::test
