#include "dns/tsig_key.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;
using namespace mailtrust::dns;

namespace {

std::string told(std::string_view text) {
  auto key = parse_tsig_key(text);
  if (!key)
    return (key.error().where.empty() ? "" : "line " + key.error().where + ": ") +
           key.error().message;
  return to_string(key->name) + ' ' + std::string(to_string(key->algorithm)) + ' ' + key->secret;
}

}  // namespace

TEST_CASE("keys are read as administrators have them") {
  auto text = GENERATE(values<std::string>({
      "key \"publisher\" {\n\talgorithm hmac-sha256;\n\tsecret \"c2Vj//V0\";\n};\n",
      "key publisher{algorithm HMAC-SHA256.;secret c2Vj//V0;};",
      "// made by tsig-keygen\n# or so\n/* and so\n */ key \"Publisher.\" { secret \"c2Vj//V0\"; "
      "};",
      "# hmac-sha256:publisher:c2Vj//V0\nkey:\n  - id: publisher\n    algorithm: hmac-sha256\n    "
      "secret: c2Vj//V0\n",
      "key:\r\n  - id: \"publisher\"\r\n    secret: \"c2Vj//V0\"\r\n",
      "key:\n  name: \"publisher\"\n  algorithm: hmac-sha256\n  secret: \"c2Vj//V0\"\n",
      "hmac-sha256:publisher:c2Vj//V0\n",
      "  publisher.:c2Vj//V0  ",
  }));
  INFO(text);
  CHECK(told(text) == "publisher hmac-sha256 sec\xff\xf5t");
}

TEST_CASE("every algorithm that may be used") {
  for (const char* name : {"hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512"})
    CHECK(told(std::string(name) + ":k:AAAA") ==
          "k " + std::string(name) + ' ' + std::string(3, '\0'));
}

TEST_CASE("what is no key is said without showing it") {
  struct Row {
    std::string text;
    std::string message;
  };

  const std::string formats =
      R"(expected key "NAME" { algorithm hmac-sha256; secret "..."; }; or hmac-sha256:NAME:SECRET)";
  auto row = GENERATE_COPY(values<Row>({
      {"", "holds no whole key; " + formats},
      {"key \"k\" { algorithm hmac-sha256; };", "holds no whole key; " + formats},
      {"\n\nhidden", "line 3: " + formats},
      {"hmac-sha256:k:", "line 1: " + formats},
      {"hmac-md5:k:AAAA",
       "line 1: this algorithm is not known; expected hmac-sha256, or hmac-sha1, "
       "-sha224, -sha384, -sha512"},
      {"k:hidden!", "line 1: the secret is not base64"},
      {"key k {\n secret \"\"; };", "line 2: the secret is not base64"},
      {"a..b:AAAA", "line 1: the name of the key is no domain name"},
      {".:AAAA", "line 1: the name of the key is no domain name"},
      {"key a { secret AAAA; };\nkey b { secret AAAA; };",
       "line 2: a second key; expected one in this file"},
      {"key a { secret", "line 1: a value is missing"},
      {"key a { secret AAAA; hidden 1; };", "line 1: " + formats},
      {"{ ; }", "holds no whole key; " + formats},
      {"/* never closed", "holds no whole key; " + formats},
      {"\"", "line 1: " + formats},
  }));
  INFO(row.text);
  auto message = told(row.text);
  CHECK(message == row.message);
  CHECK(message.find("hidden") == std::string::npos);
}

TEST_CASE("a key file that is not there is named") {
  auto key = read_tsig_key("/nonexistent/key");
  REQUIRE(!key);
  CHECK(key.error().kind == Error::Kind::input);
  CHECK(key.error().where == "/nonexistent/key");
}
