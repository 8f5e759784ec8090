#include <set>
#include <string_view>

#include <catch2/catch.hpp>

#include "bounce/classify.hpp"
#include "bounce/rule.hpp"

using namespace mailtrust::bounce;

namespace {

// Words that mean this only when that receiver says them.
const std::set<std::string_view> kOnlyOfHost = {
    "apple.busy",   "apple.too-many-errors", "softbank.sender-domain",
    "zoho.subject", "yahoo.resources",       "docomo.refused-by-settings",
};

}  // namespace

TEST_CASE("a receiver's reply means the same when nobody tells who said it") {
  for (const auto& rule : rules()) {
    if (kOnlyOfHost.contains(rule.id)) continue;
    Failure failure;
    failure.diagnostic = rule.example;
    auto verdict = classify(failure);
    INFO(rule.id << ": " << rule.example << ": " << verdict.rule);
    CHECK(to_string(verdict.reason) == to_string(rule.reason));
  }
}
