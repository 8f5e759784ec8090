#include "commands/ip_listings.hpp"

#include <string>
#include <utility>

#include "commands/ip_answer.hpp"

namespace mailtrust::commands {
namespace {

using cli::Value;
using dnsbl::State;

Value listed_value(State state) {
  if (state == State::listed) return true;
  return state == State::clean ? Value(false) : Value();
}

std::string name_of(const dnsbl::Zone& zone) {
  return zone.row != nullptr ? std::string(zone.row->name) : zone.name;
}

Value codes_value(const dnsbl::Listing& listing) {
  Value::Array codes;
  for (const auto& code : listing.standing.codes) codes.emplace_back(to_string(code));
  return codes;
}

// What there is to say about a listing, in one cell.
std::string told(const dnsbl::Listing& listing) {
  if (listing.standing.state != State::listed) return listing.standing.reason;
  if (!listing.meaning.empty()) return listing.meaning;
  return listing.text.empty() ? "listed" : listing.text;
}

bool is_notable(const dnsbl::Listing& listing) {
  auto state = listing.standing.state;
  if (state == State::not_asked) return listing.zone->chosen;
  return state == State::listed || (is_untold(listing) && listing.zone->matters());
}

Value listing_value(const dnsbl::Listing& listing) {
  const auto& zone = *listing.zone;
  Value::Object object = {{"zone", zone.name},
                          {"listed", listed_value(listing.standing.state)},
                          {"codes", codes_value(listing)},
                          {"meaning", listing.meaning.empty() ? Value() : Value(listing.meaning)},
                          {"state", to_string(listing.standing.state)},
                          {"kind", to_string(listing.kind)}};
  auto add = [&](std::string key, const std::string& text) {
    if (!text.empty()) object.emplace_back(std::move(key), text);
  };
  add("says", told(listing));
  add("text", listing.text);
  add("delist", listing.delist);
  if (is_notable(listing)) object.emplace_back("notable", true);
  return object;
}

Value reputation_of(const dnsbl::Listing& listing) {
  auto says = told(listing);
  if (listing.standing.state == State::clean) says = "knows nothing of it";
  return Value::Object{{"source", name_of(*listing.zone)},
                       {"zone", listing.zone->name},
                       {"state", to_string(listing.standing.state)},
                       {"codes", codes_value(listing)},
                       {"says", std::move(says)}};
}

}  // namespace

Value listings_value(const std::vector<dnsbl::Listing>& listings) {
  Value::Array values;
  for (const auto& listing : listings) values.push_back(listing_value(listing));
  return values;
}

Value reputation_value(const std::vector<dnsbl::Listing>& listings) {
  Value::Array values;
  for (const auto& listing : listings)
    if (listing.zone->kind == dnsbl::Kind::reputation) values.push_back(reputation_of(listing));
  return values;
}

}  // namespace mailtrust::commands
