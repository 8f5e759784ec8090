// A file of one's own that names block lists, and what their answers mean.
#include "base/limits.hpp"
#include "dnsbl/answer.hpp"
#include "dnsbl/zone.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

void look_at(const dnsbl::Zone& zone, const net::Address& address) {
  require(!zone.name.empty() && !zone.asked.is_root(), "a zone has a name");
  constexpr std::size_t kKey = 16;  // shorter ones may be words of the public part
  require(zone.secret.size() < kKey || zone.name.find(zone.secret) == std::string::npos,
          "no key is shown");
  dns::Lookup<net::Address> answer;
  answer.status = dns::Status::found;
  answer.records = {address};
  answer.answer = dns::could_not_tell({zone.asked, dns::Type::a}, dns::Failure::timeout);
  auto standing = dnsbl::judge(zone, answer);
  bool in_127 = address.to_v4_value() >> 24 == 127;
  require(standing.state != dnsbl::State::listed || in_127, "only 127.0.0.0/8 is a listing");
  require(standing.state != dnsbl::State::clean, "an answer is no silence");
  if (const auto* code = dnsbl::find(zone.codes, address)) {
    require(code->pattern.matches(address), "the code that matches");
    require(dnsbl::meaning_of(*code, address).size() <= code->meaning.size(),
            "two octets filled in");
  }
  auto name = dnsbl::name_for(zone.asked, address);
  require(!name || name->is_within(zone.asked), "asked below the zone");
}

}  // namespace

MAILTRUST_FUZZ(dnsbl_zones, octets) {
  auto mode = fuzz::take(octets);
  auto address = net::Address::v4((mode & 1U) != 0 ? 0xc0000201 : 0x7f000002U + (mode >> 1U));
  dnsbl::Keys keys;
  if (mode >= 0x80) keys["spamhaus-dqs"] = {"abcdefghijklmnopqrstuvwxyz", "f:1:1"};
  auto zones = dnsbl::parse_zones(octets, "f", keys);
  if (!zones) {
    require(zones.error().kind == Error::Kind::input, "a bad file is input");
    return require(zones.error().where.starts_with("f"), "and says where");
  }
  require(!zones->empty() && zones->size() <= limits::kBlockLists, "within the limit");
  for (const auto& zone : *zones) look_at(zone, address);
}
