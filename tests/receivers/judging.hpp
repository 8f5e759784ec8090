#pragma once
// What receivers say of a message that a test changed in one place.

#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "receivers/message_for_test.hpp"
#include "receivers/receivers.hpp"

namespace mailtrust::test {

inline const receivers::RuleOpinion& rule(const std::vector<receivers::ReceiverOpinion>& all,
                                          const std::string& id) {
  for (const auto& receiver : all)
    for (const auto& one : receiver.rules)
      if (one.rule->id == id) return one;
  throw std::runtime_error("no rule " + id);
}

inline std::string opinions(const std::vector<receivers::ReceiverOpinion>& all) {
  std::string out;
  for (const auto& receiver : all)
    out += std::string(receiver.receiver) + ": " + std::string(to_string(receiver.opinion)) + '\n';
  return out;
}

using Change = void (*)(Message&);

struct Row {
  std::string name;
  Change change;
  std::string id;
  std::string opinion;
  std::string reason;  // a part of it
};

inline void check(const Row& row) {
  Message message;
  row.change(message);
  auto all = judge(message);
  const auto& found = rule(all, row.id);
  INFO(row.name << "\n" << row.id << ": " << found.reason);
  CHECK(to_string(found.opinion) == row.opinion);
  CHECK(found.reason.find(row.reason) != std::string::npos);
}

}  // namespace mailtrust::test
