#include "dns/zone_resolver.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "dns/zone_reader.hpp"

using namespace mailtrust;
using namespace mailtrust::dns;

namespace {

std::unique_ptr<ZoneResolver> zone(std::string_view text) {
  auto made = ZoneResolver::from_text(text, "test");
  if (!made) FAIL(made.error()[0].where + ": " + made.error()[0].message);
  return std::move(*made);
}

// "found <- a.example b.example 60: \xc0\x00\x02\x01" with the data in hex.
std::string shown(const Answer& answer) {
  std::string text(to_string(answer.status));
  if (answer.status == Status::failed) text += " (" + std::string(to_string(answer.failure)) + ')';
  for (const auto& alias : answer.aliases) text += " <- " + to_string(alias.owner);
  for (const auto& record : answer.records) {
    text += ' ';
    if (auto address = decode_address(record))
      text += to_string(*address);
    else if (record.type == Type::cname)
      text += to_string(*decode_name(record));
    else if (auto txt = decode_txt(record))
      text += *txt;
    CHECK(record.owner == answer.canonical);
  }
  return text;
}

constexpr std::string_view kZone = R"($ORIGIN example.
@          SOA ns1 admin ( 1 2h 1h 2w 5m )
a    60 IN A 192.0.2.1
   IN 30 A 192.0.2.2
           TXT "one" two
           A 192.0.2.1
deep.b     A 192.0.2.3
alias      CNAME A.example.
two        300 CNAME alias
dangling   CNAME nowhere
away       CNAME elsewhere.test.
to-slow    CNAME slow
self       CNAME self
ping       CNAME pong
pong       CNAME ping
c1 CNAME c2
c2 CNAME c3
c3 CNAME c4
c4 CNAME c5
c5 CNAME c6
c6 CNAME c7
c7 CNAME c8
c8 CNAME a
c0 CNAME c1
*.wild     TXT "star"
*.wild     5 A 192.0.2.9
here.wild  A 192.0.2.8
x.y.wild   A 192.0.2.7
*.walias   CNAME a
old        DNAME b
old        TXT "apex"
long       DNAME )"
                                   "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff."
                                   "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff."
                                   "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff."
                                   R"(b
both       CNAME a
both       TXT "beside"
; !timeout  slow ANY
; !servfail a MX
; !servfail a AAAA refused
; !timeout  only.faulty TXT
; !nxdomain gone ANY
gone       A 192.0.2.66
; !nodata   here.wild A
; !servfail *.wild MX
; !timeout  both A
)";

}  // namespace

TEST_CASE("a zone answers as a recursive resolver would") {
  struct Row {
    std::string name;
    Type type;
    std::string expected;
  };

  auto row = GENERATE(values<Row>({
      {"a.example", Type::a, "found 192.0.2.1 192.0.2.2"},
      {"A.EXAMPLE", Type::a, "found 192.0.2.1 192.0.2.2"},
      {"a.example", Type::txt, "found onetwo"},
      {"a.example", Type::spf, "no data"},
      {"a.example", Type::mx, "could not tell (server failure)"},
      {"a.example", Type::aaaa, "could not tell (refused)"},
      {"b.example", Type::a, "no data"},
      {"example", Type::a, "no data"},
      {".", Type::a, "no data"},
      {"x.a.example", Type::a, "no such name"},
      {"none.example", Type::a, "no such name"},
      {"elsewhere.test", Type::a, "no such name"},
      {"alias.example", Type::a, "found <- alias.example 192.0.2.1 192.0.2.2"},
      {"alias.example", Type::cname, "found A.example"},
      {"alias.example", Type::ptr, "no data <- alias.example"},
      {"two.example", Type::txt, "found <- two.example <- alias.example onetwo"},
      {"dangling.example", Type::a, "no such name <- dangling.example"},
      {"away.example", Type::a, "no such name <- away.example"},
      {"to-slow.example", Type::a, "could not tell (timeout) <- to-slow.example"},
      {"self.example", Type::a, "could not tell (CNAME chain too long) <- self.example"},
      {"ping.example", Type::a,
       "could not tell (CNAME chain too long) <- ping.example <- pong.example"},
      {"c1.example", Type::a,
       "found <- c1.example <- c2.example <- c3.example <- c4.example <- c5.example <- c6.example"
       " <- c7.example <- c8.example 192.0.2.1 192.0.2.2"},
      {"c0.example", Type::a,
       "could not tell (CNAME chain too long) <- c0.example <- c1.example <- c2.example <- "
       "c3.example <- c4.example <- c5.example <- c6.example <- c7.example"},
      {"q.wild.example", Type::txt, "found star"},
      {"q.r.wild.example", Type::a, "found 192.0.2.9"},
      {"q.wild.example", Type::ptr, "no data"},
      {"q.wild.example", Type::mx, "could not tell (server failure)"},
      {"here.wild.example", Type::txt, "no data"},
      {"here.wild.example", Type::a, "no data"},
      {"y.wild.example", Type::a, "no data"},
      {"z.y.wild.example", Type::a, "no such name"},
      {"*.wild.example", Type::txt, "found star"},
      {"q.walias.example", Type::a, "found <- q.walias.example 192.0.2.1 192.0.2.2"},
      {"q.walias.example", Type::cname, "found a.example"},
      {"deep.old.example", Type::a, "found <- deep.old.example 192.0.2.3"},
      {"deep.old.example", Type::cname, "found deep.b.example"},
      {"none.old.example", Type::a, "no such name <- none.old.example"},
      {"old.example", Type::txt, "found apex"},
      {"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1.long.example", Type::a,
       "could not tell (server failure)"},
      {"both.example", Type::txt, "found beside"},
      {"both.example", Type::mx, "could not tell (server failure) <- both.example"},
      {"both.example", Type::a, "could not tell (timeout)"},
      {"slow.example", Type::txt, "could not tell (timeout)"},
      {"x.slow.example", Type::txt, "no such name"},
      {"only.faulty.example", Type::a, "no data"},
      {"faulty.example", Type::txt, "no data"},
      {"gone.example", Type::a, "no such name"},
  }));
  INFO(row.name << ' ' << to_string(row.type));
  auto answer = zone(kZone)->query({*Name::read(row.name), row.type});
  REQUIRE(answer != nullptr);
  CHECK(shown(*answer) == row.expected);
  CHECK((answer->status == Status::failed) == (answer->failure != Failure::none));
}

TEST_CASE("an answer may be kept as long as its shortest-lived record") {
  auto resolver = zone(kZone);
  auto ttl = [&](std::string_view name, Type type) {
    return resolver->query({*Name::read(name), type})->ttl;
  };
  CHECK(ttl("a.example", Type::a) == 30);
  CHECK(ttl("a.example", Type::txt) == kDefaultTtl);
  CHECK(ttl("two.example", Type::txt) == 300);
  CHECK(ttl("two.example", Type::a) == 30);
  CHECK(ttl("q.wild.example", Type::a) == 5);
  CHECK(ttl("none.example", Type::a) == kDefaultTtl);
  CHECK(ttl("gone.example", Type::a) == kDefaultTtl);
  CHECK(ttl("slow.example", Type::a) == 0);
  auto units = zone("$TTL 1h30m\na A 192.0.2.1\nb 1W2d A 192.0.2.1\n");
  CHECK(units->query({*Name::read("a"), Type::a})->ttl == 5400);
  CHECK(units->query({*Name::read("b"), Type::a})->ttl == 777600);
}

TEST_CASE("RDATA is in wire form") {
  struct Row {
    std::string text;
    Type type;
    std::string expected;
  };

  auto row = GENERATE(values<Row>({
      {"a AAAA 2001:db8::1", Type::aaaa,
       std::string("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1", 16)},
      {"a MX 10 mx.example.", Type::mx, std::string("\0\x0a\2mx\7example\0", 14)},
      {"$ORIGIN example.\na MX 0 .", Type::mx, std::string("\0\0\0", 3)},
      {"$ORIGIN example.\na PTR @", Type::ptr, std::string("\7example\0", 9)},
      {R"(a TXT "" "\000\"\\x" \;)", Type::txt, std::string("\0\4\0\"\\x\1;", 8)},
      {"a SPF \"v=spf1 -all\"", Type::spf, "\x0bv=spf1 -all"},
      {"a TYPE99 \\# 2 0141", Type::spf, "\1A"},
      {"a TYPE65280 \\# 3 ab ( c\n def )", static_cast<Type>(65280), "\xab\xcd\xef"},
      {"a IN CLASS1 TYPE65280 \\# 0", static_cast<Type>(65280), ""},
      {"a A \\# 4 C0000201", Type::a, std::string("\xc0\0\2\1", 4)},
      {"$ORIGIN example.\na SRV 1 2 25 mx", Type::srv,
       std::string("\0\1\0\2\0\x19\2mx\7example\0", 18)},
      {"a CAA 0 issue \"ca.example\"", Type::caa, std::string("\0\5issueca.example", 17)},
      {"a TLSA 3 1 1 ( 00ff\n 11 )", Type::tlsa, "\3\1\1" + std::string("\0\xff\x11", 3)},
  }));
  if (row.text.find("CLASS1") != std::string::npos) row.text.erase(2, 3);
  INFO(row.text);
  auto answer = zone(row.text)->query(
      {*Name::read_presentation(row.text[0] == '$' ? "a.example." : "a"), row.type});
  REQUIRE(answer->records.size() == 1);
  CHECK(answer->records[0].data == row.expected);
}

TEST_CASE("several files make one zone, and all their errors are told") {
  auto folder = std::filesystem::temp_directory_path() / "mailtrust-zone-test";
  std::filesystem::create_directories(folder);
  auto path = [&](const char* name) { return (folder / name).string(); };
  std::ofstream(path("one")) << "a A 192.0.2.1\n";
  std::ofstream(path("two")) << "a A 192.0.2.2\n";
  std::ofstream(path("bad")) << " A 192.0.2.2\na A x\n";

  auto good = ZoneResolver::load(std::vector{path("one"), path("two")});
  REQUIRE(good);
  CHECK(shown(*(*good)->query({*Name::read("a"), Type::a})) == "found 192.0.2.1 192.0.2.2");

  auto bad = ZoneResolver::load(std::vector{path("none"), path("bad"), folder.string()});
  REQUIRE(!bad);
  REQUIRE(bad.error().size() == 4);
  CHECK(bad.error()[0].where == path("none"));
  CHECK(bad.error()[0].message == "cannot be read: No such file or directory");
  CHECK(bad.error()[1].where == path("bad") + ":1:2");
  CHECK(bad.error()[2].where == path("bad") + ":2:5");
  CHECK(bad.error()[3].message == "cannot be read: Is a directory");
  std::filesystem::remove_all(folder);
}

TEST_CASE("the published suites' zones load") {
  const char* given = std::getenv("MAILTRUST_SHARED");
  std::filesystem::path shared = given != nullptr ? given : MAILTRUST_SOURCE "/../shared";
  if (!std::filesystem::exists(shared / "conformance")) return;
  for (const auto& file : std::filesystem::recursive_directory_iterator(shared / "conformance")) {
    auto path = file.path();
    bool is_zone = path.extension() == ".zone" || path.filename().string().starts_with("zone-") ||
                   path.filename() == "zone";
    if (!is_zone || !file.is_regular_file()) continue;
    auto loaded = ZoneResolver::load(std::vector{path.string()});
    INFO(path << ' ' << (loaded ? "" : loaded.error()[0].where + ' ' + loaded.error()[0].message));
    CHECK(loaded);
  }
}
