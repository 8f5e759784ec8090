// The client's address and its names, and whether TLS shows.
#include <algorithm>
#include <span>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "receivers/checks.hpp"

namespace mailtrust::receivers {
namespace {

constexpr std::string_view kDialUp[] = {"dialup", "dialin", "dynamic", "dyn",  "dhcp",
                                        "dsl",    "adsl",   "vdsl",    "pool", "ppp"};

std::vector<unsigned> numbers_in(std::string_view name) {
  std::vector<unsigned> out;
  for (std::size_t at = 0; at < name.size();) {
    auto end = at;
    while (end < name.size() && ascii::is_digit(name[end])) ++end;
    if (end > at && end - at <= 3)
      out.push_back(parse_number<unsigned>(name.substr(at, end - at)).value_or(0));
    at = std::max(end, at + 1);
  }
  return out;
}

bool holds(const std::vector<unsigned>& numbers, const std::vector<unsigned>& octets) {
  return std::search(numbers.begin(), numbers.end(), octets.begin(), octets.end()) != numbers.end();
}

// "123-45-6-7.static.isp.example", or turned around.
bool holds_address(std::string_view name, const net::Address& address) {
  if (!address.is_v4()) return false;
  std::vector<unsigned> octets(address.octets().begin(), address.octets().end());
  auto numbers = numbers_in(name);
  if (holds(numbers, octets)) return true;
  std::reverse(octets.begin(), octets.end());
  return holds(numbers, octets);
}

bool is_dial_up(std::string_view name) {
  std::string word;
  for (char c : std::string(name) + '.') {
    if (ascii::is_alpha(c)) {
      word += ascii::lower(c);
      continue;
    }
    if (std::ranges::find(kDialUp, word) != std::end(kDialUp)) return true;
    word.clear();
  }
  return false;
}

bool leads_back(dns::Resolver& resolver, const dns::Name& name, const net::Address& address,
                bool& lost) {
  auto forward = resolver.addresses(name, address.family());
  lost = lost || forward.status == dns::Status::failed;
  return std::ranges::find(forward.records, address) != forward.records.end();
}

Reverse look_up(dns::Resolver& resolver, const net::Address& address) {
  Reverse out;
  auto reverse = resolver.ptr(address);
  if (reverse.status == dns::Status::failed) return out;
  for (const auto& name : reverse.records) out.names.push_back(to_string(name));
  bool lost = false;
  auto limit = std::min(reverse.records.size(), limits::kReverseNames);
  for (const auto& name : std::span(reverse.records).first(limit)) {
    if (!leads_back(resolver, name, address, lost)) continue;
    out.confirmed = Kept::yes;
    out.verified = to_string(name);
    return out;
  }
  // A name that did not answer might have led back.
  out.confirmed = lost ? Kept::unknown : Kept::no;
  return out;
}

// The word after `with`, outside of comments: RFC 5321 section 4.4, IANA "Mail Transmission Types".
std::string_view protocol_of(std::string_view received) {
  int depth = 0;
  bool next = false;
  for (std::size_t at = 0; at < received.size();) {
    auto end = at;
    while (end < received.size() && !ascii::is_space(received[end]) && received[end] != '(' &&
           received[end] != ')' && received[end] != ';')
      ++end;
    if (end == at) {
      depth += received[at] == '(' ? 1 : received[at] == ')' ? -1 : 0;
      ++at;
      continue;
    }
    auto word = received.substr(at, end - at);
    if (depth == 0 && next) return word;
    next = depth == 0 && ascii::iequals(word, "with");
    at = end;
  }
  return {};
}

bool mentions_tls(std::string_view received) {
  auto text = ascii::to_lower(received);
  return text.find("tlsv1") != std::string::npos || text.find("tls1") != std::string::npos ||
         text.find("cipher") != std::string::npos;
}

// The newest field that tells a protocol and, where a client is known, its address.
const message::Field* hand_over(const Facts& facts) {
  for (const auto* field : facts.header.all("Received")) {
    if (protocol_of(field->value).empty()) continue;
    if (!facts.client || field->value.find(to_string(*facts.client)) != std::string_view::npos)
      return field;
  }
  return nullptr;
}

}  // namespace

const Reverse& Case::reverse() {
  if (!reverse_) reverse_ = look_up(resolver_, facts_.client->unmapped());
  return *reverse_;
}

Seen ptr(Case& message) {
  const auto& client = message.facts().client;
  if (!client) return {Kept::unknown, "no client address is known, so PTR was not asked"};
  const auto& reverse = message.reverse();
  auto address = to_string(*client);
  if (reverse.confirmed == Kept::yes)
    return {Kept::yes, address + " is " + reverse.verified + " and back"};
  if (reverse.confirmed == Kept::unknown)
    return {Kept::unknown, "DNS did not tell the name of " + address};
  if (reverse.names.empty()) return {Kept::no, address + " has no PTR record"};
  return {Kept::no, "no name of " + address + " leads back to it (" + reverse.names.front() + ")"};
}

Seen ptr_own(Case& message) {
  const auto& client = message.facts().client;
  auto seen = ptr(message);
  if (seen.kept == Kept::unknown && (!client || message.reverse().names.empty())) return seen;
  if (message.reverse().names.empty()) return {Kept::not_shown, "there is no name to look at"};
  const auto& reverse = message.reverse();
  const auto& name = reverse.verified.empty() ? reverse.names.front() : reverse.verified;
  if (holds_address(name, client->unmapped()) || is_dial_up(name))
    return {Kept::no, name + " looks like a name given to every address"};
  return {Kept::yes, name};
}

Seen tls(Case& message) {
  const auto* field = hand_over(message.facts());
  if (field == nullptr) return {Kept::not_shown, "no Received field tells"};
  auto protocol = protocol_of(field->value);
  auto upper = ascii::to_lower(protocol);
  auto said = "received with " + std::string(protocol);
  if (upper.find("smtps") != std::string::npos || upper.find("lmtps") != std::string::npos ||
      mentions_tls(field->value))
    return {Kept::yes, said + ", by TLS"};
  if (upper.find("smtp") == std::string::npos) return {Kept::not_shown, said};
  return {Kept::no, said + ", without TLS"};
}

}  // namespace mailtrust::receivers
