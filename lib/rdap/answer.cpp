#include "rdap/answer.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "json/value.hpp"
#include "message/date.hpp"
#include "rdap/contacts.hpp"
#include "rdap/network_range.hpp"
#include "rdap/whois_servers.hpp"

namespace mailtrust::rdap {
namespace {

using json::Value;

constexpr std::size_t kMaxUrl = 2048;

Unexpected no_answer(std::string message) {
  return fail(Error::Kind::temporary, {}, std::move(message));
}

// The document of a response; what a person reads in it where it is an error.
Expected<Value> document(std::string_view body) {
  auto root = json::parse(body);
  if (!root) return no_answer("not RDAP: " + root.error().where + ": " + root.error().message);
  if (!root->is_object()) return no_answer("not RDAP: no object");
  if ((*root)["errorCode"].is_null()) return root;
  auto words = error_words(body);
  return no_answer("an error of the server" + (words.empty() ? "" : ": " + quote(words)));
}

std::optional<std::int64_t> event_time(const Value& network, std::string_view action) {
  for (const auto& event : network["events"].items()) {
    if (!ascii::iequals(event["eventAction"].text(), action)) continue;
    auto text = event["eventDate"].text();
    if (text.size() == 10) {
      auto day = message::read_date(std::string(text) + "T00:00:00Z");
      if (day) return day->time;
    }
    if (auto date = message::read_date(text.substr(0, 64))) return date->time;
  }
  return std::nullopt;
}

// APNIC's descr: of whom the network is, in its first line.
std::string described(const Value& network) {
  for (const auto& remark : network["remarks"].items()) {
    if (!ascii::iequals(remark["title"].text(), "description")) continue;
    for (const auto& line : remark["description"].items())
      if (!ascii::trim(line.text()).empty()) return std::string(ascii::trim(line.text()));
  }
  return {};
}

bool is_nobodys(const Value& network, std::string_view name) {
  if (registration::is_nobodys_network(name, network["type"].text())) return true;
  return std::ranges::any_of(network["status"].items(), [&](const Value& status) {
    return registration::is_nobodys_network({}, status.text());
  });
}

// An address of ours to ask for a network: not a page for people.
bool is_network_link(const Value& link) {
  auto type = link["type"].text();
  auto href = link["href"].text();
  bool is_rdap = type.empty() || ascii::istarts_with(type, "application/rdap+json");
  return is_rdap && href.size() <= kMaxUrl && href.find("/ip/") != std::string_view::npos;
}

void read_links(const Value& network, Answer& answer) {
  for (const auto& link : network["links"].items()) {
    if (!is_network_link(link)) continue;
    auto rel = ascii::to_lower(link["rel"].text());
    std::string href(link["href"].text());
    if (rel == "up" || rel == "rdap-up") answer.up = href;
    bool is_more = rel == "related" || rel == "down" || rel == "rdap-down";
    if (is_more && href != link["value"].text() &&
        std::ranges::find(answer.more, href) == answer.more.end() && answer.more.size() < 16)
      answer.more.push_back(std::move(href));
  }
}

void read_registration(const Value& network, registration::Registration& out) {
  out.handle = ascii::trim(network["handle"].text());
  out.name = ascii::trim(network["name"].text());
  out.country = country_code(network["country"].text());
  out.registered = event_time(network, "registration");
  out.changed = event_time(network, "last changed");
  out.referrals = whois_servers(network);
  out.is_placeholder = is_nobodys(network, out.name);
}

void read_contacts(const Value& network, Answer& answer) {
  Contacts contacts;
  contacts.add_entities(network, 0);
  contacts.add_remarks(network, "the network", 0);
  contacts.add_notices(network);
  auto& out = answer.registration;
  out.mentions = contacts.take_mentions();
  out.organization = contacts.organization();
  if (out.organization.empty()) out.organization = described(network);
  if (out.country.empty()) out.country = contacts.country();
  answer.entities = contacts.take_links();
}

// Titles and descriptions, "; " between.
std::string words_of(const Value& object) {
  std::string words(ascii::trim(object["title"].text()));
  auto add = [&](std::string_view line) {
    if (line = ascii::trim(line); line.empty()) return;
    words += words.empty() ? "" : words.ends_with(':') ? " " : "; ";
    words += line;
  };
  const auto& description = object["description"];
  if (!words.empty() && (description.is_text() || !description.items().empty())) words += ':';
  if (description.is_text()) add(description.text());
  for (const auto& line : description.items()) add(line.text());
  if (words.ends_with(':')) words.pop_back();
  return words;
}

}  // namespace

Expected<Answer> read_answer(std::string_view body, const net::Address& address) {
  auto network = document(body);
  if (!network) return fail(network.error());
  auto kind = (*network)["objectClassName"].text();
  if (!ascii::iequals(kind, "ip network") && (!kind.empty() || !tells_range(*network)))
    return no_answer("not about a network but " +
                     (kind.empty() ? "of no kind" : "of kind " + quote(kind)));
  Answer answer;
  auto asked = address.unmapped();
  auto range = read_network_range(*network, asked);
  if (!is_around(range, asked) && (range || tells_range(*network)))
    return no_answer("about another network than the one around " + to_string(asked));
  answer.registration.network = range;
  read_registration(*network, answer.registration);
  read_contacts(*network, answer);
  read_links(*network, answer);
  answer.redacted = !(*network)["redacted"].items().empty();
  return answer;
}

Expected<std::vector<registration::Mention>> read_entity(std::string_view body,
                                                         const EntityLink& asked) {
  auto entity = document(body);
  if (!entity) return fail(entity.error());
  auto kind = (*entity)["objectClassName"].text();
  if (!ascii::iequals(kind, "entity")) return no_answer("not about an entity");
  Contacts contacts;
  contacts.add_entity(*entity, {asked.role}, asked.depth);
  return contacts.take_mentions();
}

std::string error_words(std::string_view body) {
  auto root = json::parse(body);
  if (!root) return {};
  auto words = words_of(*root);
  for (const auto& notice : (*root)["notices"].items())
    if (words.empty()) words = words_of(notice);
  return words;
}

}  // namespace mailtrust::rdap
