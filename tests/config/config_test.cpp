#include "config/config.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>

#include <catch2/catch.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "dnsbl/table.hpp"

using namespace mailtrust;
using config::parse;

namespace {

std::string servers_of(const config::Config& config) {
  std::string text;
  for (const auto& server : config.resolvers) text += to_string(server) + ' ';
  return text;
}

bool trusts(const config::Config& config, std::string_view address) {
  return config.trusted.contains(*net::Address::read(address));
}

/// Folders for files of one's own and of everybody, and the environment that names them.
class Places {
 public:
  Places() {
    std::filesystem::create_directories(folder_ + "/mailtrust");
    ::setenv("XDG_CONFIG_HOME", folder_.c_str(), 1);
    ::unsetenv("MAILTRUST_CONFIG");
  }

  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;

  ~Places() {
    std::filesystem::remove_all(folder_);
    ::unsetenv("MAILTRUST_CONFIG");
  }

  std::string write(const std::string& name, std::string_view text, mode_t mode = 0644) {
    auto path = folder_ + '/' + name;
    std::ofstream(path) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }

  const std::string own = "mailtrust/mailtrust.conf";

 private:
  std::string folder_ =
      std::filesystem::temp_directory_path() / ("mailtrust-config-" + std::to_string(::getpid()));
};

std::string only_error(const ExpectedOrErrors<config::Config>& config) {
  REQUIRE(!config);
  REQUIRE(config.error().size() == 1);
  CHECK(config.error()[0].kind == Error::Kind::input);
  return config.error()[0].where + ": " + config.error()[0].message;
}

}  // namespace

TEST_CASE("settings are read") {
  auto config = parse(
      "\xef\xbb\xbf# ours\ntrusted 192.0.2.0/24 mx.example.org # gateways\r\n\n"
      "  trusted\t.example.net\nkey Spamhaus-DQS abc123\n"
      "resolver 192.0.2.53 [2001:db8::53]:5353\nresolver 127.0.0.1:53\n"
      "store /srv/our lists/a#b.db   # kept\r\n",
      "f");
  REQUIRE(config);
  CHECK(servers_of(*config) == "192.0.2.53:53 [2001:db8::53]:5353 127.0.0.1:53 ");
  CHECK(trusts(*config, "192.0.2.7"));
  CHECK(config->trusted.contains_host("mx.example.org"));
  CHECK(config->trusted.contains_host("a.example.net"));
  CHECK(!config->trusted.contains_host("gateways"));
  CHECK(config->keys.at("spamhaus-dqs").value == "abc123");
  CHECK(config->keys.at("spamhaus-dqs").where == "f:5:18");
  CHECK(config->store == "/srv/our lists/a#b.db");
}

TEST_CASE("a bad line is named, and no key is shown") {
  struct Row {
    std::string text;
    std::string_view error;
  };

  auto row = GENERATE(values<Row>({
      {"\ntrust 192.0.2.1\n", "f:2:1: \"trust\" is no setting; did you mean trusted?"},
      {"Store /a", "f:1:1: \"Store\" is no setting; did you mean store?"},
      {"dnsbl x", "f:1:1: \"dnsbl\" is no setting; those there are: resolver, trusted, key, store"},
      {"trusted # none", "f:1:9: trusted what? A prefix or a host name follows"},
      {"trusted 192.0.2.1 192.0.2.300",
       "f:1:19: \"192.0.2.300\": expected an address, a prefix or a host name (a.example.org, or "
       ".example.org for all below)"},
      {"resolver", "f:1:9: resolver what? An address follows"},
      {"resolver\tdns.example.org",
       "f:1:10: \"dns.example.org\": not a resolver; expected an address such as 192.0.2.53, "
       "192.0.2.53:5353 or [2001:db8::53]:5353"},
      {"key spamrats", "f:1:13: a key is written: key SERVICE KEY"},
      {"key spamrat SECRET",
       "f:1:5: \"spamrat\" is no service that has keys; did you mean spamrats?"},
      {"key Spamhaus SECRET",
       "f:1:5: \"Spamhaus\" is no service that has keys; did you mean spamhaus-dqs?"},
      {"key other SECRET",
       "f:1:5: \"other\" is no service that has keys; those there are: abusix, invaluement, "
       "spamhaus-dqs, spamrats"},
      {"key abusix SECRET MORE", "f:1:19: more than one word of key for \"abusix\""},
      {"key abusix SEC.RET", "f:1:12: not a key: expected letters, digits, - and _"},
      {"key abusix 1\nkey Abusix 2", "f:2:5: a second key for \"Abusix\""},
      {"store", "f:1:6: store what? The path of a file follows"},
      {"store lists.db", "f:1:7: \"lists.db\": expected a path that begins with /"},
      {std::string("store /a\0b", 10), "f:1:7: \"/a\\x00b\": not a path"},
      {"store /a\nstore /a", "f:2:7: a second store"},
      {"\x1b[31m",
       "f:1:1: \"\\x1b[31m\" is no setting; those there are: resolver, trusted, key, "
       "store"},
  }));
  CHECK(only_error(parse(row.text, "f")) == row.error);
}

TEST_CASE("every bad line is told, in order") {
  auto config = parse("resolver x\nstore /good\nkey\n", "f");
  REQUIRE(!config);
  REQUIRE(config.error().size() == 2);
  CHECK(config.error()[0].where == "f:1:10");
  CHECK(config.error()[1].where == "f:3:4");
}

TEST_CASE("a line has a limit, and a key that of a label") {
  auto line = [](std::size_t size) { return "store /" + std::string(size - 7, 'x') + "\n"; };
  CHECK(parse(line(limits::kConfigLine - 1), "f"));
  CHECK(parse(line(limits::kConfigLine), "f"));
  CHECK(only_error(parse(line(limits::kConfigLine + 1), "f")) ==
        "f:1:1: line is longer than 4 KiB, the limit");
  CHECK(config::is_key(std::string(63, 'x')));
  CHECK(!config::is_key(std::string(64, 'x')));
}

TEST_CASE("a file has a limit") {
  Places places;
  auto file = [&](std::size_t size) { return places.write("file", std::string(size, '\n')); };
  CHECK(config::load(file(limits::kConfigFile - 1)));
  CHECK(config::load(file(limits::kConfigFile)));
  auto path = file(limits::kConfigFile + 1);
  CHECK(only_error(config::load(path)).starts_with(path + ": "));
}

TEST_CASE("the services are those of the table of block lists") {
  for (const auto& row : dnsbl::all())
    CHECK((row.key.empty() ||
           std::ranges::find(config::kServices, row.key) != config::kServices.end()));
  for (auto service : config::kServices)
    CHECK(std::ranges::find(dnsbl::all(), service, &dnsbl::Row::key) != dnsbl::all().end());
}

TEST_CASE("one's own file goes before everybody's, and trust adds up") {
  Places places;
  auto everybodys = places.write("system",
                                 "resolver 192.0.2.1\nstore /far\ntrusted 192.0.2.10\n"
                                 "key abusix far\nkey spamrats far\n");
  SECTION("without a file of one's own") {
    auto config = config::load("", everybodys);
    REQUIRE(config);
    CHECK(servers_of(*config) == "192.0.2.1:53 ");
    CHECK(config->store == "/far");
  }
  SECTION("with one that says otherwise") {
    places.write(places.own,
                 "resolver 192.0.2.2\nstore /near\ntrusted 192.0.2.20\nkey abusix near\n");
    auto config = config::load("", everybodys);
    REQUIRE(config);
    CHECK(servers_of(*config) == "192.0.2.2:53 ");
    CHECK(config->store == "/near");
    CHECK(trusts(*config, "192.0.2.10"));
    CHECK(trusts(*config, "192.0.2.20"));
    CHECK(config->keys.at("abusix").value == "near");
    CHECK(config->keys.at("spamrats").value == "far");
  }
  SECTION("a file that is named stands alone, the option before the environment") {
    places.write(places.own, "store /near\n");
    auto first = places.write("first", "store /first\n");
    auto second = places.write("second", "store /second\n");
    ::setenv("MAILTRUST_CONFIG", second.c_str(), 1);
    CHECK(config::load("", everybodys)->store == "/second");
    CHECK(config::load(first, everybodys)->store == "/first");
    CHECK(config::load(first, everybodys)->resolvers.empty());
  }
}

TEST_CASE("a file that was named must be there, the usual ones need not") {
  Places places;
  CHECK(only_error(config::load("/nonexistent/mailtrust.conf"))
            .starts_with("/nonexistent/mailtrust.conf: "));
  ::setenv("MAILTRUST_CONFIG", "/nonexistent/named.conf", 1);
  CHECK(!config::load("", "/nonexistent"));
  ::unsetenv("MAILTRUST_CONFIG");
  auto usual = config::load("", "/nonexistent");
  REQUIRE(usual);
  CHECK(usual->keys.empty());
}

TEST_CASE("faults of both files are told") {
  Places places;
  places.write(places.own, "one\n");
  auto config = config::load("", places.write("system", "two\n"));
  REQUIRE(!config);
  CHECK(config.error().size() == 2);
}

TEST_CASE("a file that others may write to decides nothing, unless it is named") {
  Places places;
  auto path = places.write("open", "store /a\n", 0666);
  CHECK(only_error(config::load("", path)) ==
        path + ": can be written to by everybody; chmod o-w mends that");
  CHECK(config::load(path));
  if (::geteuid() != 0) return;
  ::chmod(path.c_str(), 0644);
  REQUIRE(::chown(path.c_str(), 12345, 12345) == 0);
  CHECK(only_error(config::load("", path)) ==
        path + ": belongs to neither you nor root; --config takes it all the same");
}

// What a setting of the example looks like when it is taken: "#word ..." without the #.
std::string uncommented(std::string text) {
  for (std::size_t at = 0; (at = text.find('#', at)) != std::string::npos; ++at)
    if ((at == 0 || text[at - 1] == '\n') && at + 1 < text.size() && ascii::is_alpha(text[at + 1]))
      text.erase(at, 1);
  return text;
}

TEST_CASE("the example says nothing as it is installed, and everything uncommented") {
  auto text = read_file(MAILTRUST_SOURCE "/examples/mailtrust.conf", limits::kConfigFile);
  REQUIRE(text);
  auto as_installed = parse(*text, "f");
  REQUIRE(as_installed);
  CHECK((as_installed->resolvers.empty() && as_installed->store.empty()));
  CHECK((as_installed->keys.empty() && as_installed->trusted.prefixes().empty()));
  auto config = parse(uncommented(*text), "f");
  REQUIRE(config);
  CHECK(!config->resolvers.empty());
  CHECK(!config->store.empty());
  CHECK(trusts(*config, "192.0.2.25"));
  CHECK(config->keys.size() == config::kServices.size());
}
