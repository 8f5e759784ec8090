// mailtrust dkim check, as a process.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/base64.hpp"
#include "key_pairs.hpp"

using namespace mailtrust;

namespace {

struct Run {
  int status = -1;
  std::string out;  // stdout and stderr
};

Run dkim_check(const std::string& arguments) {
  auto command = std::string(MAILTRUST_BINARY) + " dkim check --zone " + MAILTRUST_ZONES +
                 "/dkim.zone --color never " + arguments + " 2>&1 </dev/null";
  Run run;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  for (std::size_t got; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    run.out.append(buffer, got);
  run.status = WEXITSTATUS(pclose(pipe));
  return run;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A directory of its own, gone with the test.
class Folder {
 public:
  Folder() {
    char name[] = "/tmp/mailtrust-test-XXXXXX";
    path_ = mkdtemp(name);
  }

  ~Folder() { std::filesystem::remove_all(path_); }

  std::string file(const std::string& name, const std::string& content, mode_t mode = 0600) {
    auto path = path_ + '/' + name;
    std::ofstream(path, std::ios::binary) << content;
    chmod(path.c_str(), mode);
    return path;
  }

 private:
  std::string path_;
};

}  // namespace

TEST_CASE("the exit status tells sound, broken and unknown keys apart") {
  struct Row {
    std::string arguments;
    int status;
    std::string shown;
  };

  auto row = GENERATE(values<Row>({
      {"example.org -s good", 0, "example.org: 1 DKIM key in use"},
      {"example.org -s good --selector hosted", 0, "example.org: 2 DKIM keys in use"},
      {"example.org -s short", 0, "dkim.short-key"},
      {"example.org -s nothing", 1, "dkim.key-missing"},
      {"example.org -s good -s nothing", 1, "dkim.key-missing"},
      {"example.org -s revoked", 1, "dkim.key-revoked"},
      {"example.org -s weak", 1, "dkim.weak-key"},
      {"example.org -s slow", 3, "dkim.dns-trouble"},
      {"example.org -s slow -s weak", 1, "dkim.weak-key"},
      {"fast.example", 0, "Fastmail"},
      {"secret.example", 3, "dkim.no-selector-known"},
      {"nosuch.example", 3, "dkim.no-selector-known"},
      {"dead.example", 3, "_domainkey.dead.example"},
      {"part.example", 3, "could not tell"},
      {"parked.example", 0, "dkim.wildcard"},
      {"example.org -s a..b", 2, "mailtrust: --selector: \"a..b\": not a selector"},
      {"example.org --key /nonexistent", 2, "mailtrust: "},
      {"example.org --message /nonexistent", 2, "mailtrust: "},
      {"fast.example secret.example", 3, "dkim.no-selector-known"},
  }));
  INFO(row.arguments);
  auto run = dkim_check(row.arguments);
  INFO(run.out);
  CHECK(run.status == row.status);
  CHECK(holds(run.out, row.shown));
}

TEST_CASE("JSON has the contract's keys, in three values") {
  auto good = dkim_check("--json example.org -s good").out;
  CHECK(holds(good, R"("domain":"example.org","keys":[{"selector":"good",)"
                    R"("name":"good._domainkey.example.org","found":true)"));
  CHECK(
      holds(good, R"("type":"rsa","bits":2048,"exponent":65537,"testing":false,"revoked":false)"));
  CHECK(holds(good, R"("findings":[])"));
  CHECK(holds(dkim_check("--json example.org -s nothing").out, R"("found":false)"));
  CHECK(holds(dkim_check("--json example.org -s slow").out, R"("found":null)"));
  CHECK(holds(dkim_check("--json secret.example").out, R"("keys":[],"tried":)"));
}

TEST_CASE("a private key is compared, and never gives a wrong answer for want of one") {
  Folder folder;
  auto key = test::make_ed25519();
  auto other = folder.file("other.pem", key.pem);
  auto mismatch = dkim_check("example.org -s good --key " + other);
  CHECK(mismatch.status == 1);
  CHECK(holds(mismatch.out, "dkim.key-mismatch"));
  CHECK(!holds(mismatch.out, "dkim.private-key-readable"));
  CHECK(dkim_check("example.org -s slow --key " + other).status == 3);
  CHECK(dkim_check("secret.example --key " + other).status == 3);
  auto open = folder.file("open.pem", key.pem, 0644);
  CHECK(holds(dkim_check("example.org -s good --key " + open).out, "dkim.private-key-readable"));

  auto sealed = dkim_check("example.org --key " + folder.file("s.pem", key.encrypted_pem));
  CHECK(sealed.status == 2);
  CHECK(holds(sealed.out, "the private key is encrypted"));

  auto zone = folder.file("key.zone", "k._domainkey.example.com. IN TXT \"v=DKIM1; k=ed25519; p=" +
                                          encode_base64(key.bare) + "\"\n");
  for (const auto& file : {other, folder.file("k.der", key.der)}) {
    auto match = dkim_check("example.com -s k --key " + file + " --json --zone " + zone);
    CHECK(match.status == 0);
    CHECK(holds(match.out, "\"matches\":true"));
  }
}

TEST_CASE("a message names the selectors") {
  Folder folder;
  auto message = folder.file("m.eml",
                             "DKIM-Signature: v=1; d=example.org;\r\n\ts=good; b=\r\n"
                             "DKIM-Signature: v=1; d=other.example; s=x; b=\r\n\r\nbody\r\n");
  auto run = dkim_check("example.org --message " + message + " --json");
  CHECK(run.status == 0);
  CHECK(holds(run.out, R"("keys":[{"selector":"good")"));
  CHECK(!holds(run.out, "tried"));
  auto foreign = dkim_check("example.net --message " + message);
  CHECK(foreign.status == 2);
  CHECK(holds(foreign.out, "no DKIM-Signature of example.net; there are those of \"example.org\""));
  auto unsigned_mail = folder.file("u.eml", "From: a@example.org\n\nbody\n");
  CHECK(dkim_check("example.org --message " + unsigned_mail).status == 2);
}
