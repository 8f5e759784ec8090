#include <string>

#include <catch2/catch.hpp>

#include "registration/registration.hpp"

using namespace mailtrust;

// Each would take minutes if any part of it were read again and again.
TEST_CASE("long hostile text is read in linear time") {
  auto unit =
      GENERATE(as<std::string>(), "@", "a@", "a@b.", "a@b.c,", "a at ", " at ", "(at)", "_at_", ".",
               "a.", "a dot ", " dot ", "://", "x://y ", "abuse ", "abuse,", "\n", "\xe4\xbe\x8b",
               "\xff", "a@\xe4\xbe\x8b.", "a@b.cc abuse ", "(", "[ at ]", "'");
  INFO(unit);
  std::string text;
  while (text.size() < (1U << 18)) text += unit;
  CHECK(registration::addresses_in(text).size() <= text.size() / 6);
  CHECK(registration::addresses_in("a@" + text).size() <= text.size() / 6);
}
