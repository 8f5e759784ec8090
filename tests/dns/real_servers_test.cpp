// The network resolver against nsd, knot and unbound. Those that are not installed are left out.

#include <catch2/catch.hpp>

#include "dns/real_server.hpp"
#include "dns/scripted_server.hpp"

using namespace mailtrust;
using namespace mailtrust::dns;
using namespace mailtrust::dns::test;
using namespace std::chrono_literals;

namespace {

constexpr auto kTimeout = 2000ms;

std::string link(int number) {
  return "c" + std::to_string(number);
}

std::string zone() {
  std::string text =
      "$ORIGIN example.org.\n$TTL 300\n"
      "@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\nns A 192.0.2.1\n"
      "@ TXT \"v=spf1 mx -all\"\n@ MX 20 backup\n@ MX 10 mail\nmail A 192.0.2.2\n"
      "*.wild TXT \"grown\"\nalias CNAME mail\naway CNAME www.example.net.\n"
      "circle CNAME back\nback CNAME circle\nlame NS ns.lame\nns.lame A 192.0.2.3\n";
  for (int i = 1; i < 9; ++i) text += link(i) + " CNAME " + link(i + 1) + '\n';
  text += link(9) + " A 192.0.2.9\n";
  for (int i = 0; i < 40; ++i)
    text += "big TXT \"" + std::to_string(i) + std::string(200, 'x') + "\"\n";
  return text;
}

struct Row {
  std::string name;
  Type type;
  Status status;
  Failure failure = Failure::none;
  std::size_t records = 0;
};

void check(Resolver& resolver, const Row& row) {
  INFO(row.name << ' ' << to_string(row.type));
  auto start = std::chrono::steady_clock::now();
  auto answer = resolver.query({name(row.name), row.type});
  CHECK(std::chrono::steady_clock::now() - start < kTimeout + 500ms);
  CHECK(to_string(answer->status) == to_string(row.status));
  CHECK(to_string(answer->failure) == to_string(row.failure));
  CHECK(answer->records.size() == row.records);
}

const std::vector<Row> kInZone = {
    {"example.org", Type::txt, Status::found, Failure::none, 1},
    {"EXAMPLE.org", Type::mx, Status::found, Failure::none, 2},
    {"big.example.org", Type::txt, Status::found, Failure::none, 40},
    {"none.example.org", Type::txt, Status::nxdomain},
    {"mail.example.org", Type::txt, Status::no_data},
    {"any.wild.example.org", Type::txt, Status::found, Failure::none, 1},
    {"any.wild.example.org", Type::a, Status::no_data},
    {"alias.example.org", Type::a, Status::found, Failure::none, 1},
    {"alias.example.org", Type::txt, Status::no_data},
    {"c2.example.org", Type::a, Status::found, Failure::none, 1},
};

const std::vector<Row> kOnlyAuthoritative = {
    {"c1.example.org", Type::a, Status::found, Failure::none, 1},
    {"circle.example.org", Type::a, Status::failed, Failure::alias_loop},
    {"away.example.org", Type::a, Status::failed, Failure::refused},
    {"www.example.net", Type::a, Status::failed, Failure::refused},
    {"www.lame.example.org", Type::a, Status::failed, Failure::malformed},
};

void check_authoritative(const RealServer& server) {
  REQUIRE(server.is_up());
  CaresResolver resolver({{server.server()}, kTimeout, 200});
  for (const auto& row : kInZone) check(resolver, row);
  for (const auto& row : kOnlyAuthoritative) check(resolver, row);
}

}  // namespace

TEST_CASE("nsd is understood", "[servers]") {
  auto executable = program("nsd");
  if (!executable) {
    WARN("nsd is not installed");
    return;
  }
  check_authoritative(nsd(*executable, zone()));
}

TEST_CASE("knot is understood", "[servers]") {
  auto executable = program("knotd");
  if (!executable) {
    WARN("knot is not installed");
    return;
  }
  check_authoritative(knot(*executable, zone()));
}

TEST_CASE("unbound is understood, and so is what it cannot find out", "[servers]") {
  auto nsd_executable = program("nsd");
  auto unbound_executable = program("unbound");
  if (!nsd_executable || !unbound_executable) {
    WARN("nsd or unbound is not installed");
    return;
  }
  auto authority = nsd(*nsd_executable, zone());
  ScriptedServer silent([](const Query&) { return Reply{}; });
  ScriptedServer refusing(
      [](const Query& query) { return Reply{{query.reply().rcode(5).octets(query.id)}}; });
  auto server =
      unbound(*unbound_executable, authority.server(), silent.server(), refusing.server());
  REQUIRE(authority.is_up());
  REQUIRE(server.is_up());
  CaresResolver resolver({{server.server()}, kTimeout, 200});
  for (const auto& row : kInZone) check(resolver, row);
  check(resolver, {"www.refusing.example", Type::a, Status::failed, Failure::servfail});
  check(resolver, {"www.silent.example", Type::a, Status::failed, Failure::timeout});
  CHECK(resolver.query({name("circle.example.org"), Type::a})->status == Status::failed);
}
