#include "base/text_cache.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace mailtrust;

namespace {

std::size_t length(std::string_view text) {
  return text.size();
}

}  // namespace

TEST_CASE("what was made from a text is made once") {
  TextCache<std::size_t> cache(4, 1000);
  int made = 0;
  auto count = [&](std::string_view text) {
    ++made;
    return text.size();
  };
  auto first = cache.get("abc", count);
  CHECK(*first == 3);
  CHECK(cache.get("abc", count) == first);
  CHECK(*cache.get("abcd", count) == 4);
  CHECK(made == 2);
}

TEST_CASE("a flood of texts does not grow it, and what is in use stays") {
  TextCache<std::size_t> cache(100, 100'000);
  auto used = cache.get("in use", length);
  for (int i = 0; i < 10'000; ++i) {
    cache.get("text " + std::to_string(i), length);
    if (i % 50 == 0) CHECK(cache.get("in use", length) == used);
  }
  CHECK(cache.size() <= 200);
}

TEST_CASE("texts are bounded by their octets, too") {
  TextCache<std::size_t> cache(1000, 8000);
  cache.get(std::string(1001, 'x'), length);
  CHECK(cache.size() == 0);
  for (int i = 0; i < 100; ++i) cache.get(std::string(900, 'x') + std::to_string(i), length);
  CHECK(cache.size() <= 16);
}
