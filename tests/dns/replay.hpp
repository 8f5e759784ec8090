#pragma once
// What a recording says when it is played again.

#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "dns/recorder.hpp"
#include "dns/script.hpp"
#include "dns/zone_resolver.hpp"
#include "dns/zone_text.hpp"

namespace mailtrust::dns::test {

inline constexpr auto kOddType = static_cast<Type>(65280);
inline const std::string kAddress("\xc0\x00\x02\x01", 4);

inline std::unique_ptr<ZoneResolver> replay(const std::string& text) {
  auto zone = ZoneResolver::from_text(text, "recorded");
  if (!zone) FAIL(zone.error()[0].where + ": " + zone.error()[0].message + "\n" + text);
  return std::move(*zone);
}

// The answers as the recorder gave them and as the replay gives them, and those it was handed.
inline void check_replay(Script& script, const std::vector<Question>& questions) {
  Recorder recorder(script);
  std::vector<std::string> given;
  for (const auto& question : questions) given.push_back(shown(*recorder.query(question)));
  auto text = recorder.text();
  INFO(text);
  auto zone = replay(text);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    INFO(to_string(questions[i]));
    CHECK(shown(*zone->query(questions[i])) == given[i]);
    CHECK(shown(*recorder.query(questions[i])) == given[i]);
  }
  Recorder again(*zone);
  for (const auto& question : questions) again.query(question);
  CHECK(again.text() == text);
}

}  // namespace mailtrust::dns::test
