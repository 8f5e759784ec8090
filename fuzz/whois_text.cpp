// What port-43 servers answer, in the forms of the registries (RFC 3912 says nothing of any).
#include <span>
#include <string>

#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"
#include "whois/answer.hpp"
#include "whois/contacts.hpp"
#include "whois/referral.hpp"
#include "whois/text.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

std::span<const net::Address> addresses() {
  static const auto kAddresses = [] {
    std::vector<net::Address> made;
    for (const char* text : {"192.0.2.10", "2001:db8::10"})
      made.push_back(*net::Address::parse(text));
    return made;
  }();
  return kAddresses;
}

void check(const whois::Answer& answer, const net::Address& address) {
  const auto& told = answer.registration;
  require(told.mentions.size() <= whois::kMostMentions, "no more contacts than are kept");
  if (told.network)
    require(told.network->first <= address && address <= told.network->last,
            "the network is around the address");
  for (const auto& mention : told.mentions)
    require(mention.email.find_first_of("\r\n") == std::string::npos, "an address is a word");
  for (const auto& server : answer.referrals) {
    require(!server.host.empty() && server.port != 0, "a referral leads somewhere");
    require(!server.typed, "and nobody typed it");
    auto query = whois::query_for(server, address);
    require(query.find_first_of("\r\n") == std::string::npos, "a query is one line");
  }
}

}  // namespace

MAILTRUST_FUZZ(whois_text, octets) {
  auto readable = whois::readable(octets);
  require(readable.size() <= 3 * octets.size(), "Latin-1 doubles, no more");
  for (const auto& address : addresses()) check(whois::read_answer(octets, address), address);
  static_cast<void>(whois::server_of(octets.substr(0, octets.find('\n'))));
}
