#include "base/packed_text.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace mailtrust {
namespace {

std::string all_of(const PackedText& packed) {
  std::string text;
  packed.read([&](std::string_view piece) {
    text += piece;
    return true;
  });
  return text;
}

TEST_CASE("what is packed comes out again, in order and as often as it is read") {
  PackedText packed;
  std::string text;
  for (int i = 0; i < 30'000; ++i) {
    auto piece = "record " + std::to_string(i) + ';';
    packed.add(piece);
    text += piece;
  }
  packed.finish();
  CHECK(all_of(packed) == text);
  CHECK(all_of(packed) == text);
}

TEST_CASE("nothing packed is nothing, and who wants no more gets no more") {
  PackedText none;
  none.finish();
  CHECK(all_of(none).empty());
  PackedText packed;
  packed.add(std::string(1'000'000, 'x'));
  packed.finish();
  std::size_t pieces = 0;
  packed.read([&](std::string_view piece) {
    CHECK(piece.size() <= 65'536);
    return ++pieces < 2;
  });
  CHECK(pieces == 2);
}

}  // namespace
}  // namespace mailtrust
