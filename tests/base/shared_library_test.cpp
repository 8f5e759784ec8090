#include "base/shared_library.hpp"

#include <catch2/catch.hpp>

namespace mailtrust {
namespace {

TEST_CASE("a missing library names its package", "[base]") {
  auto library = SharedLibrary::load("libabsent.so.4", "libabsent4");
  REQUIRE(!library);
  CHECK(library.error().kind == Error::Kind::temporary);
  CHECK(library.error().where == "libabsent.so.4");
  CHECK(library.error().message == "this library cannot be loaded; install the package libabsent4");
}

TEST_CASE("functions of a library are found by name", "[base]") {
  auto library = SharedLibrary::load("libm.so.6", "libc6");
  REQUIRE(library);
  double (*root)(double) = nullptr;
  REQUIRE(library->find("sqrt", root));
  CHECK(root(4) == 2);
  CHECK(!library->find("no_such_function", root));
}

}  // namespace
}  // namespace mailtrust
