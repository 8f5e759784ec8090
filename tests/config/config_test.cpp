#include "config/config.hpp"

#include <cstdlib>

#include <catch2/catch.hpp>

#include "base/limits.hpp"

using namespace mailtrust;
using config::parse;

TEST_CASE("settings are read with the place they stand at") {
  auto config = parse(
      "\xef\xbb\xbf# ours\ntrusted 192.0.2.0/24 mx.example.org # gateways\r\n\n"
      "  trusted\t.example.net\nkey Spamhaus-DQS abc123\n",
      "f");
  REQUIRE(config);
  REQUIRE(config->trusted.size() == 3);
  CHECK(config->trusted[0].value == "192.0.2.0/24");
  CHECK(config->trusted[0].where == "f:2:9");
  CHECK(config->trusted[1].value == "mx.example.org");
  CHECK(config->trusted[2].where == "f:4:11");
  CHECK(config->keys.at("spamhaus-dqs").value == "abc123");
}

TEST_CASE("a bad line is named, and no key is shown") {
  struct Row {
    std::string text;
    std::string_view where;
    std::string_view message;
  };

  auto row = GENERATE(values<Row>({
      {"\ntrust 192.0.2.1\n", "f:2:1", "\"trust\" is no setting; those there are: trusted, key"},
      {"trusted # none", "f:1:9", "trusted what? A prefix or a host name follows"},
      {"key spamhaus-dqs", "f:1:17", "a key is written: key SERVICE KEY"},
      {"key a SECRET MORE", "f:1:14", "more than one word of key for \"a\""},
      {"key a 1\nkey A 2", "f:2:5", "a second key for \"A\""},
  }));
  auto config = parse(row.text, "f");
  REQUIRE(!config);
  CHECK(config.error().kind == Error::Kind::input);
  CHECK(config.error().where == row.where);
  CHECK(config.error().message == row.message);
}

TEST_CASE("a line has a limit") {
  auto line = [](std::size_t size) { return "key a " + std::string(size - 6, 'x') + "\n"; };
  CHECK(parse(line(limits::kConfigLine - 1), "f"));
  CHECK(parse(line(limits::kConfigLine), "f"));
  auto longer = parse(line(limits::kConfigLine + 1), "f");
  REQUIRE(!longer);
  CHECK(longer.error().message == "line is longer than 4 KiB, the limit");
}

TEST_CASE("a file that was named must be there, the usual one need not") {
  auto named = config::load("/nonexistent/mailtrust.conf");
  REQUIRE(!named);
  CHECK(named.error().where == "/nonexistent/mailtrust.conf");

  ::setenv("MAILTRUST_CONFIG", "/nonexistent/named.conf", 1);
  CHECK(!config::load(""));
  ::unsetenv("MAILTRUST_CONFIG");
  ::setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
  auto usual = config::load("");
  REQUIRE(usual);
  CHECK(usual->keys.empty());
}
