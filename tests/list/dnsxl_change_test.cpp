#include "list/dnsxl_change.hpp"

#include <catch2/catch.hpp>

#include "dns/message.hpp"

using namespace mailtrust;
using namespace mailtrust::list;
using namespace mailtrust::list::dnsxl;
using dns::Type;
using dns::test::name;
using dns::test::text;
using dns::test::u32;

namespace {

const std::string kCode = u32(0x7f000002);

struct Has {
  std::string name;
  Type type;
  std::string data;
  std::uint32_t ttl = 300;
};

std::vector<Source> sources() {
  return {{block_of(*net::Prefix::read("192.0.2.7")), "why"},
          {block_of(*net::Prefix::read("198.51.100.0/24")), ""}};
}

// "+name" is added, "~name" changed, "-name" removed; then the sets that are removed and added.
std::string changes(const std::vector<Has>& zone) {
  auto listings = dnsxl::listings(sources());
  REQUIRE(listings);
  std::erase_if(*listings, [](const Listing& listing) { return is_test_entry(listing.owner); });
  auto difference = Difference::make(*listings, name("bl.example"), {});
  REQUIRE(difference);
  for (const auto& has : zone) {
    auto owner = has.name.empty() ? "bl.example" : has.name + ".bl.example";
    REQUIRE(difference->take({name(owner), has.type, 1, has.ttl, has.data}));
  }
  std::string out;
  auto sets = [](std::uint8_t bits) {
    return std::string((bits & Change::kAddress) != 0 ? "A" : "") +
           ((bits & Change::kText) != 0 ? "T" : "");
  };
  for (const auto& change : difference->changes())
    out += std::string(out.empty() ? "" : " ") + "+~-"[static_cast<int>(change.kind)] +
           to_string(change.owner) + ':' + sets(change.removed) + '/' + sets(change.added);
  return out;
}

const Has kHost = {"7.2.0.192", Type::a, kCode};
const Has kWhy = {"7.2.0.192", Type::txt, text("why")};
const Has kNet = {"*.100.51.198", Type::a, kCode};

}  // namespace

TEST_CASE("only what differs is changed") {
  struct Row {
    const char* what;
    std::vector<Has> zone;
    std::string changes;
  };

  auto row = GENERATE(values<Row>({
      {"an empty zone", {}, "+7.2.0.192:/AT +*.100.51.198:/A"},
      {"all there", {kHost, kWhy, kNet}, ""},
      {"a missing comment", {kHost, kNet}, "~7.2.0.192:/T"},
      {"another comment", {kHost, {"7.2.0.192", Type::txt, text("old")}, kNet}, "~7.2.0.192:T/T"},
      {"two comments",
       {kHost, kWhy, {"7.2.0.192", Type::txt, text("old")}, kNet},
       "~7.2.0.192:T/T"},
      {"a comment too many",
       {kHost, kWhy, kNet, {"*.100.51.198", Type::txt, text("x")}},
       "~*.100.51.198:T/"},
      {"another code", {{"7.2.0.192", Type::a, u32(0x7f000003)}, kWhy, kNet}, "~7.2.0.192:A/A"},
      {"two codes", {kHost, {"7.2.0.192", Type::a, u32(0x7f000003)}, kWhy, kNet}, "~7.2.0.192:A/A"},
      {"another TTL", {{"7.2.0.192", Type::a, kCode, 60}, kWhy, kNet}, "~7.2.0.192:A/A"},
      {"only a comment", {kWhy, kNet}, "+7.2.0.192:/A"},
      {"names that go, the last first",
       {kHost,
        kWhy,
        kNet,
        {"1.2.0.10", Type::a, kCode},
        {"2.2.0.10", Type::txt, text("x")},
        {"1.2.0.10", Type::txt, text("x")}},
       "-2.2.0.10:T/ -1.2.0.10:AT/"},
      {"what is not ours",
       {kHost,
        kWhy,
        kNet,
        {"", Type::txt, text("x")},
        {"ns1", Type::a, kCode},
        {"_dmarc", Type::txt, text("x")},
        {"9.2.0.192", Type::mx, ""},
        {"9.2.0.192", Type::aaaa, ""},
        {"", Type::ns, ""}},
       ""},
  }));
  INFO(row.what);
  CHECK(changes(row.zone) == row.changes);
}

TEST_CASE("a change is written as records of an update") {
  auto listings = dnsxl::listings(sources());
  REQUIRE(listings);
  auto difference = Difference::make(*listings, name("bl.example"), {0x7f000005, 60});
  REQUIRE(difference);
  Change change{Change::Kind::change,
                {0xc0000207, net::Family::v4, 4},
                "why",
                Change::kText,
                Change::kAddress | Change::kText};
  dns::wire::Writer written(1, 0x2800);
  written.question(name("bl.example"), Type::soa, 1);
  difference->write(written, change);
  dns::wire::Writer expected(1, 0x2800);
  expected.question(name("bl.example"), Type::soa, 1);
  auto owner = name("7.2.0.192.bl.example");
  expected.record(dns::wire::Section::authority, owner, Type::txt, 255, 0, "");
  expected.record(dns::wire::Section::authority, owner, Type::a, 1, 60, u32(0x7f000005));
  expected.record(dns::wire::Section::authority, owner, Type::txt, 1, 60, text("why"));
  CHECK(written.message() == expected.message());
}

TEST_CASE("a zone whose names would be too long is refused") {
  std::vector<Listing> none;
  auto zone = [](std::size_t labels) {
    std::string text;
    for (std::size_t i = 0; i < labels; ++i) text += std::string(31, 'z') + '.';
    return name(text);
  };
  CHECK(Difference::make(none, zone(5), {}));
  auto refused = Difference::make(none, zone(6), {});
  REQUIRE(!refused);
  CHECK(refused.error().kind == Error::Kind::usage);
  CHECK(!Difference::make(none, dns::Name(), {}));
}
