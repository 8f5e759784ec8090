#include "spf/suggest.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.hpp"
#include "base/distance.hpp"
#include "base/number.hpp"
#include "net/address.hpp"
#include "spf/record.hpp"

namespace mailtrust::spf {
namespace {

// Names longer than any in the ABNF are not compared letter by letter.
constexpr std::size_t kLongestName = 12;

constexpr std::array<std::string_view, 10> kNames = {"include", "redirect", "exists", "ip4", "ip6",
                                                     "all",     "mx",       "ptr",    "a",   "exp"};

bool is_modifier(std::string_view name) {
  return name == "redirect" || name == "exp";
}

// The name in the ABNF that is nearest to what was written, if any is near.
std::string_view nearest_name(std::string_view name) {
  auto lower = ascii::to_lower(name);
  auto exact = std::ranges::find(kNames, lower);
  if (exact != kNames.end()) return *exact;
  if (lower == "ip" || lower == "ipv4" || lower == "ipaddr") return "ip4";
  if (lower == "ipv6") return "ip6";
  if (lower.size() > kLongestName) return {};
  std::string_view best;
  // A name of one letter is near to everything, so it must be written right.
  auto least = lower.size() > 4 ? std::size_t{3} : std::size_t{2};
  for (auto known : kNames) {
    if (known.size() == 1) continue;
    auto steps = edit_distance(lower, known);
    if (steps < least) {
      least = steps;
      best = known;
    }
  }
  return best;
}

// A network with the netmask of the old days: 192.0.2.0/255.255.255.0.
std::string with_prefix_length(std::string_view network) {
  auto slash = network.find('/');
  if (slash == std::string_view::npos) return std::string(network);
  auto mask = net::Address::read(network.substr(slash + 1));
  if (!mask || !mask->is_v4()) return std::string(network);
  unsigned length = 0;
  while (length < 32 && mask->bit(length)) ++length;
  if (net::Prefix{*mask, length}.first() != *mask) return std::string(network);
  return std::string(network.substr(0, slash)) + '/' + std::to_string(length);
}

// "ip4:" or "ip6:" before what is a network; nothing when it is none.
std::optional<std::string> as_network(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  auto network = with_prefix_length(text);
  auto prefix = net::Prefix::read(network);
  if (!prefix) return std::nullopt;
  return (prefix->address.is_v4() ? "ip4:" : "ip6:") + network;
}

// The host in a URL or an address of a mailbox.
std::string_view host_of(std::string_view text) {
  auto scheme = text.find("://");
  if (scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  auto at = text.rfind('@');
  if (at != std::string_view::npos) text.remove_prefix(at + 1);
  return text.substr(0, scheme == std::string_view::npos ? text.size() : text.find('/'));
}

bool is_right(const std::string& terms) {
  auto parsed = parse_record("v=spf1 " + terms);
  return parsed.valid() && parsed.record.unknown.empty();
}

// Quotes, commas and dashes of a word processor, which come with text that was pasted.
std::string without_ornaments(std::string_view term) {
  std::string out(term);
  constexpr std::array<std::string_view, 3> kDashes = {"\xe2\x80\x93", "\xe2\x80\x94",
                                                       "\xe2\x88\x92"};
  for (auto dash : kDashes)
    if (out.starts_with(dash)) out.replace(0, dash.size(), "-");
  constexpr std::string_view kOrnaments = "\"',;";
  while (!out.empty() && kOrnaments.find(out.back()) != std::string_view::npos) out.pop_back();
  auto begin = std::min(out.find_first_not_of(kOrnaments), out.size());
  return out.substr(begin);
}

std::vector<std::string> candidates(const std::string& term) {
  std::vector<std::string> out = {term};
  auto commas = term;
  std::ranges::replace(commas, ',', ' ');
  std::ranges::replace(commas, ';', ' ');
  out.push_back(commas);
  if (term.ends_with('.')) out.push_back(term.substr(0, term.size() - 1));

  std::string sign;
  std::string_view rest = term;
  if (!rest.empty() && std::string_view("+-~?").find(rest[0]) != std::string_view::npos) {
    sign = rest[0];
    rest.remove_prefix(1);
  }
  if (auto network = as_network(rest)) out.push_back(sign + *network);
  auto mark = rest.find_first_of(":=/");
  auto name = nearest_name(rest.substr(0, mark));
  if (name.empty()) return out;
  auto argument = mark == std::string_view::npos ? std::string_view() : rest.substr(mark + 1);
  if (auto network = as_network(argument)) out.push_back(sign + *network);
  if (mark == std::string_view::npos || name == "all") {
    out.push_back(sign + std::string(name));
    return out;
  }
  if (rest[mark] == '/') out.push_back(sign + std::string(name) + std::string(rest.substr(mark)));
  auto separator = is_modifier(name) ? "=" : ":";
  if (is_modifier(name)) sign.clear();
  out.push_back(sign + std::string(name) + separator + std::string(argument));
  out.push_back(sign + std::string(name) + separator + std::string(host_of(argument)));
  // A host where an address must be.
  if (name == "ip4" || name == "ip6") out.push_back(sign + "a:" + std::string(argument));
  return out;
}

}  // namespace

std::optional<std::string> suggest(std::string_view term) {
  constexpr std::size_t kLongest = 512;
  if (term.size() > kLongest) return std::nullopt;
  for (auto& candidate : candidates(without_ornaments(term)))
    if (candidate != term && is_right(candidate)) return std::move(candidate);
  return std::nullopt;
}

}  // namespace mailtrust::spf
