#include "base/base64.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;

TEST_CASE("base64 is read strictly, and what was readable is kept") {
  struct Row {
    std::string text;
    std::string octets;
    std::string fault;
    std::size_t offset;
  };

  auto row = GENERATE(values<Row>({
      {"", "", "", 0},
      {"Zg==", "f", "", 0},
      {"Zm8=", "fo", "", 0},
      {"Zm9v", "foo", "", 0},
      {"Zm9vYmFy", "foobar", "", 0},
      {"/+8=", "\xff\xef", "", 0},
      {"Zm9", "fo", "the padding is not complete", 3},
      {"Zg=", "f", "the padding is not complete", 3},
      {"Zg", "f", "the padding is not complete", 2},
      {"Zm9vY", "foo", "a character is missing at the end", 5},
      {"Zh==", "f", "the last character has bits that belong to no octet", 4},
      {"Zm9v=", "foo", "is padding where none may be", 4},
      {"Zg===", "f", "is padding where none may be", 4},
      {"Zm8==", "fo", "is padding where none may be", 4},
      {"=", "", "is padding where none may be", 0},
      {"Zg==Zg==", "f", "comes after the padding", 4},
      {"Zm 9v", "f", "is not a base64 character", 2},
      {"Zm-_", "f", "is not a base64 character", 2},
      {std::string("Zm\0v", 4), "f", "is not a base64 character", 2},
  }));
  INFO(row.text);
  auto decoded = decode_base64(row.text);
  CHECK(decoded.octets == row.octets);
  CHECK(decoded.fault == row.fault);
  CHECK(decoded.offset == row.offset);
  if (decoded) CHECK(encode_base64(decoded.octets) == row.text);
}

TEST_CASE("white space inside is skipped where the protocol allows it") {
  CHECK(decode_base64(" Zm\r\n 9v\tYg = =", Base64Space::allowed).octets == "foob");
  CHECK(decode_base64(" Zm\r\n 9v\tYg = =", Base64Space::allowed));
}
