#include "received/claims.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "dns/public_suffix.hpp"
#include "net/special_purpose.hpp"
#include "received/hosts.hpp"

namespace mailtrust::received {
namespace {

constexpr std::int64_t kTolerated = 5L * 60;  // seconds by which clocks may differ

// Fields in which webmail servers and mail programs note the address of the browser.
constexpr auto kOriginFields = std::to_array<std::string_view>(
    {"X-Originating-IP", "X-Sender-IP", "X-Client-IP", "X-Originating-Client-IP", "X-Source-IP",
     "X-SenderIP", "X-Remote-IP", "X-Remote-Addr", "X-Real-IP", "X-AOL-IP", "X-Yahoo-Post-IP",
     "X-MDRemoteIP", "X-Mailer-Client-IP", "X-HTTP-Client-IP", "X-User-IP", "X-Web-Client-IP",
     "X-Forwarded-For"});

std::string_view without_dot(std::string_view name) {
  while (name.ends_with('.')) name.remove_suffix(1);
  return name;
}

bool is_single_label(std::string_view name) {
  return name.find('.') == std::string_view::npos;
}

// The last two labels.
std::string_view tail_of(std::string_view name) {
  auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return name;
  dot = name.rfind('.', dot - 1);
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

bool share_registered_domain(std::string_view a, std::string_view b) {
  // A registered domain has two labels or more: most pairs need no list of suffixes.
  if (!ascii::iequals(tail_of(a), tail_of(b))) return false;
  auto first = dns::Name::read(a);
  auto second = dns::Name::read(b);
  if (!first || !second || first->label_count() < 2 || second->label_count() < 2) return false;
  return dns::registrable_domain(*first) == dns::registrable_domain(*second);
}

// The same host, or one beside it. One label alone is a name inside a network: it is held against
// the first label of the other.
bool is_akin(std::string_view a, std::string_view b) {
  a = without_dot(a);
  b = without_dot(b);
  if (a.empty() || b.empty()) return false;
  if (ascii::iequals(a, b)) return true;
  if (is_single_label(a) || is_single_label(b))
    return ascii::iequals(a.substr(0, a.find('.')), b.substr(0, b.find('.')));
  return share_registered_domain(a, b);
}

// Did the hop above come from the host that wrote this one?
bool holds_chain(const Field& above, const Field& below) {
  const auto& peer = above.peer;
  bool nothing_to_hold_against = !above.has_from || (peer.name.empty() && peer.helo.empty());
  if (below.by.empty() || (nothing_to_hold_against && !peer.ip)) return true;
  if (auto address = read_address(below.by); address && peer.ip && *address == *peer.ip)
    return true;
  // From itself: a list server, a content filter.
  if (peer.ip && is_loopback(*peer.ip) && is_akin(below.by, above.by)) return true;
  return is_akin(below.by, peer.name) || is_akin(below.by, peer.helo);
}

bool lies_in_helo(const Hop& hop) {
  const auto& peer = hop.field.peer;
  if (!peer.ip || peer.ip_may_be_helo || hop.kind == HopKind::fetch) return false;
  if (auto said = read_address(peer.helo); said && *said != *peer.ip)
    // A client at home says the address it has there.
    return hop.kind == HopKind::smtp || !net::is_unreachable(*said);
  bool inside = net::is_unreachable(*peer.ip);
  return !inside && !peer.helo.empty() && hop.kind == HopKind::smtp &&
         ascii::iequals(without_dot(peer.helo), without_dot(hop.field.by));
}

void set_delays(std::span<Hop> hops) {
  const Hop* older = nullptr;
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    if (!hop->time) continue;
    if (older != nullptr) hop->delay = *hop->time - *older->time;
    older = &*hop;
  }
}

// The first public address among what is parted by commas and blanks.
std::optional<net::Address> public_address_in(std::string_view text) {
  while (!text.empty()) {
    auto end = std::min(text.find_first_of(", \t\r\n;"), text.size());
    auto ip = read_address(text.substr(0, end));
    if (ip && !net::is_unreachable(*ip)) return ip;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::nullopt;
}

// The place of a field in the table, or its size.
std::size_t rank_of(std::string_view name) {
  if (!ascii::istarts_with(name, "X-")) return kOriginFields.size();
  auto is_name = [&](std::string_view known) { return ascii::iequals(name, known); };
  return static_cast<std::size_t>(std::ranges::find_if(kOriginFields, is_name) -
                                  kOriginFields.begin());
}

}  // namespace

void test_claims(std::span<Hop> hops, std::size_t first_claim) {
  set_delays(hops);
  for (auto& hop : hops) {
    bool below = hop.index > first_claim && !hop.is_believed;
    if (below && !holds_chain(hops[hop.index - 1].field, hop.field))
      hop.flags.push_back(Flag::chain_break);
    if (hop.delay && *hop.delay < -kTolerated) hop.flags.push_back(Flag::time_travel);
    if (hop.index >= first_claim && lies_in_helo(hop)) hop.flags.push_back(Flag::helo_mismatch);
  }
}

Claim claimed_origin(const message::Header& header, std::span<const Hop> hops) {
  Claim claim;
  auto best = kOriginFields.size();
  for (const auto& field : header.fields()) {
    auto rank = rank_of(field.name);
    if (rank >= best) continue;
    auto ip = public_address_in(field.value.substr(0, limits::kReceivedField));
    if (!ip) continue;
    best = rank;
    claim = {ip, std::nullopt, std::string(field.name)};
  }
  if (claim.ip) return claim;
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop)
    if (const auto& ip = hop->field.peer.ip; ip && !net::is_unreachable(*ip))
      return {ip, hop->index, "Received"};
  return claim;
}

}  // namespace mailtrust::received
