#include "bounce/rule.hpp"

#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "bounce/classify.hpp"
#include "bounce/receiver.hpp"

using namespace mailtrust::bounce;

namespace {

// A failure as the rule's receiver would cause it.
Failure failure_for(const Rule& rule) {
  Failure failure;
  failure.diagnostic = rule.example;
  if (const auto* receiver = find_receiver(rule.receiver))
    failure.remote = "mx." + std::string(receiver->hosts.substr(0, receiver->hosts.find(' ')));
  return failure;
}

}  // namespace

TEST_CASE("every rule reads its own example") {
  for (const auto& rule : rules()) {
    INFO(rule.id << ": " << rule.example);
    auto verdict = classify(failure_for(rule));
    // What a receiver says in words of its own, its rule explains better than the general one.
    bool is_closer = rule.id.starts_with("general.") && !verdict.rule.starts_with("general.");
    if (!is_closer) CHECK(verdict.rule == rule.id);
    CHECK(to_string(verdict.reason) == to_string(rule.reason));
  }
}

TEST_CASE("every rule is complete, and its id is its own") {
  std::set<std::string_view> ids;
  for (const auto& rule : rules()) {
    INFO(rule.id);
    CHECK(ids.insert(rule.id).second);
    CHECK(find_rule(rule.id) == &rule);
    CHECK((!rule.phrase.empty() || !rule.status.empty()));
    CHECK_FALSE(rule.example.empty());
    CHECK_FALSE(rule.source.empty());
    CHECK(rule.date.size() == 7);
    CHECK((rule.receiver.empty() || find_receiver(rule.receiver) != nullptr));
    // Words that are one receiver's or gateway's wherever they are read have its name, too.
    if (!rule.receiver.empty()) CHECK(rule.id.starts_with(std::string(rule.receiver) + "."));
  }
}
