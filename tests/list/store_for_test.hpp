#pragma once
// A store of lists in a folder of its own, and what it holds as text.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "list/import.hpp"
#include "list/store.hpp"
#include "store/place_for_test.hpp"

namespace mailtrust::list_test {

using list::Entry;
using list::Store;

inline constexpr std::int64_t kNow = 1700000000;

inline Store open(const Place& place) {
  auto store = Store::open(place.path("store.db"), Store::Access::write);
  if (!store) FAIL(store.error().message);
  return *std::move(store);
}

inline Entry entry(const std::string& text) {
  auto parsed = Entry::parse(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

inline std::vector<Entry> entries(const std::vector<std::string>& texts) {
  std::vector<Entry> out;
  for (const auto& text : texts) out.push_back(entry(text));
  return out;
}

// Everything there is to know about a list, one entry a line; "none" where there is no list.
inline std::string dump(Store& store, const std::string& name) {
  auto listed = store.find(name);
  REQUIRE(listed.has_value());
  if (!*listed) return "none";
  std::string out = std::string(to_string((*listed)->verdict)) + ' ' +
                    std::to_string((*listed)->entries) + ' ' + std::to_string((*listed)->created);
  REQUIRE(store.each(name, [&](const list::Stored& stored) {
    out += '\n' + to_string(stored.entry) + ';' + stored.comment + ';' +
           std::string(to_string(stored.state)) + ';' + std::to_string(stored.created) + ';' +
           std::to_string(stored.updated) + ';' + std::to_string(stored.expires.value_or(0)) + ';' +
           stored.source;
    return true;
  }));
  return out;
}

inline list::ImportOptions options_for(std::vector<std::string> files) {
  list::ImportOptions options;
  options.files = std::move(files);
  options.list = "bad";
  options.author = "alice";
  options.now = kNow;
  return options;
}

inline list::ImportOutcome import(const Place& place, const list::ImportOptions& options) {
  auto outcome = list::import(place.path("store.db"), options, {});
  if (!outcome) FAIL(outcome.error().message);
  return *outcome;
}

}  // namespace mailtrust::list_test
