#include "list/dnsxl.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <unordered_set>

#include <catch2/catch.hpp>

#include "base/ascii.hpp"
#include "base/limits.hpp"

using namespace mailtrust;
using namespace mailtrust::list;
using namespace mailtrust::list::dnsxl;

namespace {

struct Row {
  std::string block;
  std::string comment;
};

Block block_of_text(const std::string& text) {
  auto dash = text.find('-');
  if (dash == std::string::npos) {
    auto prefix = *net::Prefix::read(text);
    return {prefix.address.family(), net::value_of(prefix.first()), net::value_of(prefix.last())};
  }
  auto first = *net::Address::read(text.substr(0, dash));
  auto last = *net::Address::read(text.substr(dash + 1));
  return {first.family(), net::value_of(first), net::value_of(last)};
}

// Points into the rows.
// They point into the rows.
std::vector<Source> sources_of(const std::vector<Row>& rows) {
  std::vector<Source> sources;
  for (const auto& row : rows) sources.push_back({block_of_text(row.block), row.comment});
  return sources;
}

std::vector<Source> sources_of(std::vector<Row>&&) = delete;

using Zone = std::map<std::string, std::string>;

Zone zone_of(const std::vector<Listing>& listings) {
  Zone zone;
  for (const auto& listing : listings) zone.emplace(to_string(listing.owner), listing.comment);
  CHECK(zone.size() == listings.size());  // no name twice
  return zone;
}

Zone zone_of(const std::vector<Row>& rows) {
  auto sources = sources_of(rows);
  auto made = listings(sources);
  REQUIRE(made);
  auto zone = zone_of(*made);
  CHECK(zone.erase("2.0.0.127") == 1);
  CHECK(zone.erase("2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0") == 1);
  return zone;
}

// The model: a name server by the letter of RFC 4592, which knows nothing of addresses.
class Server {
 public:
  explicit Server(const std::vector<Listing>& listings) : zone_(zone_of(listings)) {
    for (const auto& [name, comment] : zone_) {
      for (auto rest = name; !rest.empty();) {
        exists_.insert(rest);
        auto dot = rest.find('.');
        rest = dot == std::string::npos ? "" : rest.substr(dot + 1);
      }
    }
  }

  const std::string* ask(std::string name) const {
    if (exists_.contains(name)) return find(name);
    while (!name.empty() && !exists_.contains(name)) {
      auto dot = name.find('.');
      name = dot == std::string::npos ? "" : name.substr(dot + 1);
    }
    return find(name.empty() ? "*" : "*." + name);
  }

 private:
  const std::string* find(const std::string& name) const {
    auto found = zone_.find(name);
    return found != zone_.end() ? &found->second : nullptr;
  }

  Zone zone_;
  std::unordered_set<std::string> exists_;
};

const std::string* ask(const Server& server, net::Family family, net::Uint128 value) {
  return server.ask(
      to_string(Owner{value, family, static_cast<std::uint8_t>(most_labels(family))}));
}

bool is_never_listed(net::Family family, net::Uint128 value) {
  return net::address_of(family, value).unmapped() == net::Address::v4(0x7f000001);
}

bool is_always_listed(net::Family family, net::Uint128 value) {
  return net::address_of(family, value).unmapped() == net::Address::v4(0x7f000002);
}

bool should_be_listed(const std::vector<Source>& sources, net::Family family, net::Uint128 value) {
  if (is_never_listed(family, value)) return false;
  Block one{family, value, value};
  return is_always_listed(family, value) ||
         std::ranges::any_of(sources, [&](const Source& s) { return s.block.contains(one); });
}

void check(const Server& server, const std::vector<Source>& sources, net::Family family,
           net::Uint128 value) {
  INFO(to_string(net::address_of(family, value)));
  bool listed = ask(server, family, value) != nullptr;
  CHECK(listed == should_be_listed(sources, family, value));
}

}  // namespace

TEST_CASE("prefixes are wildcards at a label's border and several names between") {
  struct Case {
    std::vector<Row> rows;
    Zone zone;
  };

  auto row = GENERATE(values<Case>({
      {{{"192.0.2.7", "spam"}}, {{"7.2.0.192", "spam"}}},
      {{{"192.0.2.0/24", ""}}, {{"*.2.0.192", ""}}},
      {{{"198.51.0.0/16", ""}}, {{"*.51.198", ""}}},
      {{{"192.0.2.4/31", "x"}}, {{"4.2.0.192", "x"}, {"5.2.0.192", "x"}}},
      {{{"10.20.254.0/23", ""}}, {{"*.254.20.10", ""}, {"*.255.20.10", ""}}},
      {{{"192.0.2.255-192.0.3.0", ""}}, {{"255.2.0.192", ""}, {"0.3.0.192", ""}}},
      {{{"2001:db8::/32", ""}}, {{"*.8.b.d.0.1.0.0.2", ""}}},
      {{{"2001:db8::/31", ""}}, {{"*.8.b.d.0.1.0.0.2", ""}, {"*.9.b.d.0.1.0.0.2", ""}}},
      {{{"2001:db8::1", ""}},
       {{"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2", ""}}},
      {{{"fc00::/7", ""}}, {{"*.c.f", ""}, {"*.d.f", ""}}},
  }));
  CHECK(zone_of(row.rows) == row.zone);
}

TEST_CASE("entries inside others leave their covers whole") {
  CHECK(zone_of({{"192.0.2.0/24", "net"}, {"192.0.2.7", "host"}}) ==
        Zone{{"*.2.0.192", "net"}, {"7.2.0.192", "host"}});
  CHECK(zone_of({{"198.51.0.0/16", "net"}, {"198.51.100.7", "host"}, {"198.51.100.9", "two"}}) ==
        Zone{{"*.51.198", "net"},
             {"*.100.51.198", "net"},
             {"7.100.51.198", "host"},
             {"9.100.51.198", "two"}});
  // What says nothing of its own is left out.
  CHECK(zone_of({{"198.51.0.0/16", "net"}, {"198.51.100.7", "net"}}) == Zone{{"*.51.198", "net"}});
  // Of two that mean the same name the narrower one speaks.
  CHECK(zone_of({{"192.0.2.0/30", "four"}, {"192.0.2.2", "one"}}) == Zone{{"0.2.0.192", "four"},
                                                                          {"1.2.0.192", "four"},
                                                                          {"2.2.0.192", "one"},
                                                                          {"3.2.0.192", "four"}});
}

TEST_CASE("no wildcard stands where names of both families can lie below it") {
  const std::vector<Row> rows = {
      {"2.0.0.0/8", "four"}, {"2000::/12", "six"}, {"2001:db8::/32", "doc"}};
  auto sources = sources_of(rows);
  auto made = listings(sources);
  REQUIRE(made);
  Server server(*made);
  for (const char* text : {"2.0.0.1", "2.9.9.9", "2.10.0.1", "2.255.255.255", "2000::1",
                           "200f::", "2001:db8::5", "2010::1", "3.0.0.2", "2600::1", "2001::"}) {
    auto address = *net::Address::read(text);
    check(server, sources, address.family(), net::value_of(address));
  }
  // Three names lie between 2001::/16 and 2001:db8::/32.
  CHECK(made->size() == 246 + 10 * (246 + 10 * 256) + 16 + 1 + 3 + 2);
}

TEST_CASE("the test entries are there and 127.0.0.1 never is") {
  auto row = GENERATE(values<std::vector<Row>>({
      {},
      {{"127.0.0.0/8", "loopback"}},
      {{"127.0.0.1", "itself"}},
      {{"127.0.0.2", "other"}},
      {{"::/0", "all"}, {"0.0.0.0/0", "all"}},
  }));
  auto sources = sources_of(row);
  auto made = listings(sources);
  REQUIRE(made);
  Server server(*made);
  for (const char* text : {"127.0.0.0", "127.0.0.1", "127.0.0.2", "127.0.0.3", "127.1.0.1",
                           "::ffff:127.0.0.0", "::ffff:127.0.0.1", "::ffff:127.0.0.2", "1.2.3.4",
                           "8.8.8.8", "203.0.113.9", "2001:db8::1", "::", "fe80::1"}) {
    auto address = *net::Address::read(text);
    check(server, sources, address.family(), net::value_of(address));
  }
}

TEST_CASE("a name server lists exactly the addresses of the entries") {
  std::mt19937_64 random(GENERATE(range(1U, 60U)));
  auto below = [&](unsigned most) { return static_cast<unsigned>(random() % most); };
  // Few bases, so that entries meet; both families begin with the same digits.
  auto value = [&](net::Family family) {
    net::Uint128 v = 0;
    for (unsigned i = 0; i < most_labels(family); ++i) {
      unsigned digit = below(6) == 0 ? below(1U << unit(family)) : below(3);
      v = v << unit(family) | digit;
    }
    return v;
  };
  std::vector<Source> sources;
  std::vector<std::string> comments = {"", "a", "b"};
  for (unsigned i = 0; i < 12; ++i) {
    auto family = below(2) == 0 ? net::Family::v4 : net::Family::v6;
    auto open = below(family == net::Family::v4 ? 20 : 118);
    auto first = value(family) & ~low_bits(open);
    auto last = first | low_bits(open);
    if (below(4) == 0) last = std::min(last + value(family) % 300, low_bits(net::width(family)));
    sources.push_back({{family, first, last}, comments[below(3)]});
  }
  auto made = listings(sources);
  REQUIRE(made);
  CHECK(std::ranges::is_sorted(*made, {}, &Listing::owner));
  Server server(*made);
  for (const auto& source : sources) {
    const auto& block = source.block;
    for (auto v : {block.first, block.last, block.first - 1, block.last + 1,
                   block.first + value(block.family) % (block.last - block.first + 1)})
      check(server, sources, block.family, v & low_bits(net::width(block.family)));
  }
  for (unsigned i = 0; i < 60; ++i)
    for (auto family : {net::Family::v4, net::Family::v6})
      check(server, sources, family, value(family));
}

TEST_CASE("the narrowest entry is the one that speaks") {
  std::vector<Row> rows = {{"10.0.0.0/8", "eight"},
                           {"10.20.0.0/16", "sixteen"},
                           {"10.20.30.0/24", "twentyfour"},
                           {"10.20.30.40", "one"}};
  auto sources = sources_of(rows);
  auto made = listings(sources);
  REQUIRE(made);
  Server server(*made);
  auto says = [&](const char* text) {
    auto found = ask(server, net::Family::v4, net::value_of(*net::Address::read(text)));
    return found != nullptr ? *found : "-";
  };
  CHECK(says("10.20.30.40") == "one");
  CHECK(says("10.20.30.41") == "twentyfour");
  CHECK(says("10.20.31.1") == "sixteen");
  CHECK(says("10.21.0.1") == "eight");
  CHECK(says("11.0.0.1") == "-");
}

TEST_CASE("a zone that would be too large is refused") {
  std::vector<Row> rows = {{"192.0.2.0/25", ""}, {"198.51.100.1", ""}};
  auto sources = sources_of(rows);
  CHECK(listings(sources, 131));
  auto refused = listings(sources, 130);
  REQUIRE(!refused);
  CHECK(refused.error().kind == Error::Kind::input);
  CHECK(refused.error().message ==
        "takes more than 130 names, the most that a zone may have: prefixes that end at an octet "
        "(IPv4) or a nibble (IPv6) take one name each");
}

TEST_CASE("as many names as a zone may have, and one more") {
  std::vector<Source> sources;
  auto first = net::value_of(*net::Address::read("10.0.0.0"));
  auto add = [&] {
    auto at = first + 2 * sources.size();  // no two make a prefix
    sources.push_back({{net::Family::v4, at, at}, ""});
  };
  constexpr std::size_t kTests = 2;
  while (sources.size() + kTests < limits::kPublishedNames - 1) add();
  for (auto names :
       {limits::kPublishedNames - 1, limits::kPublishedNames, limits::kPublishedNames + 1}) {
    CAPTURE(names);
    auto made = listings(sources);
    CHECK(made.has_value() == (names <= limits::kPublishedNames));
    if (made) CHECK(made->size() == names);
    add();
  }
}

TEST_CASE("names of an address zone are told from others") {
  auto read = [](std::string_view name) -> std::string {
    auto labels = ascii::split(name, '.');
    auto owner = read_owner(labels);
    return owner ? to_string(owner->block()) : "-";
  };

  struct Case {
    std::string name;
    std::string block;
  };

  auto row = GENERATE(values<Case>({
      {"7.2.0.192", "192.0.2.7"},
      {"*.2.0.192", "192.0.2.0/24"},
      {"*.192", "192.0.0.0/8"},
      {"*.8.B.d.0.1.0.0.2", "2001:db8::/32"},
      {"*.c.f", "fc00::/8"},
      {"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2", "2001:db8::1"},
      {"ns1", "-"},
      {"www", "-"},
      {"2.0.192", "-"},
      {"07.2.0.192", "-"},
      {"256.2.0.192", "-"},
      {"1.7.2.0.192", "-"},
      {"*.7.2.0.192", "-"},
      {"x.7.2.0.192", "-"},
      {"*.2.*.192", "-"},
      {"", "-"},
      {"_dmarc", "-"},
  }));
  INFO(row.name);
  CHECK(read(row.name) == row.block);
}

TEST_CASE("every name is read back") {
  const std::vector<Row> rows = {
      {"10.0.0.0/9", ""}, {"192.0.2.3-192.0.2.77", ""}, {"2001:db8::/45", ""}};
  auto sources = sources_of(rows);
  auto made = listings(sources);
  REQUIRE(made);
  for (const auto& listing : *made) {
    auto name = to_string(listing.owner);
    INFO(name);
    auto labels = ascii::split(name, '.');
    CHECK(read_owner(labels) == listing.owner);
  }
}

TEST_CASE("comments are cut between characters") {
  CHECK(text_strings("").empty());
  CHECK(text_strings("spam") == std::vector<std::string>{"spam"});
  CHECK(text_strings(std::string(255, 'x')).size() == 1);
  CHECK(text_strings(std::string(256, 'x')) ==
        std::vector<std::string>{std::string(255, 'x'), "x"});
  auto split = text_strings(std::string(254, 'x') + "\xc3\xa9");
  CHECK(split == std::vector<std::string>{std::string(254, 'x'), "\xc3\xa9"});
  auto longest = text_strings(std::string(65536, 'x'));
  CHECK(longest.size() == 4);
  CHECK(longest.back().ends_with("x..."));
}

TEST_CASE("codes mean listed") {
  CHECK(parse_code("127.0.0.2")->to_v4_value() == kDefaultCode);
  CHECK(parse_code("127.0.1.4"));
  for (const char* text : {"127.0.0.1", "127.0.0.0", "128.0.0.2", "::1", "x", ""}) {
    INFO(text);
    auto refused = parse_code(text);
    REQUIRE(!refused);
    CHECK(refused.error().kind == Error::Kind::usage);
  }
}
