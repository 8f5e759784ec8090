#include "dnsbl/answer.hpp"

#include <algorithm>
#include <array>

#include "net/special_purpose.hpp"

namespace mailtrust::dnsbl {
namespace {

constexpr std::size_t kShownCodes = 16;

bool is_loopback(const net::Address& address) {
  return address.is_v4() && address.octets()[0] == 127;
}

struct Refusal {
  std::uint8_t last;
  std::string_view reason;
};

/// 127.255.255.0/24 is no listing anywhere; what Spamhaus and those who follow it mean by it.
constexpr std::array kRefusals = {
    Refusal{252, "no such zone there: a slip in its name (127.255.255.252)"},
    Refusal{254, "turns away public resolvers (127.255.255.254)"},
    Refusal{255, "asked too often (127.255.255.255)"},
};

std::optional<std::string> common_refusal(const net::Address& address) {
  auto octets = address.octets();
  if (octets[0] != 127 || octets[1] != 255 || octets[2] != 255) return std::nullopt;
  for (const auto& refusal : kRefusals)
    if (refusal.last == octets[3]) return std::string(refusal.reason);
  return "answers " + to_string(address) + ", which is no listing";
}

// 127.0.0.1 lists nobody unless the list says so: it is what lists answer whom they turn away, and
// what filtering resolvers answer.
std::optional<std::string> refusal_of(const Zone& zone, const net::Address& address) {
  if (const auto* code = find(zone.codes, address)) {
    if (!code->refusal) return std::nullopt;
    return meaning_of(*code, address) + " (" + to_string(address) + ')';
  }
  if (address == unlisted_test(net::Family::v4)) return "answers 127.0.0.1, which is no listing";
  return common_refusal(address);
}

std::string why_no_code(const net::Address& address) {
  const auto* special = net::special_purpose(address);
  auto text = "answers " + to_string(address) + ", ";
  if (special != nullptr && special->purpose == net::Purpose::internal)
    text += "a private address, ";
  return text + "outside 127.0.0.0/8: a resolver that rewrites, or no list";
}

Standing failed(const dns::Answer& answer) {
  bool refused = answer.failure == dns::Failure::refused;
  auto reason = refused ? "its servers refuse to answer" : std::string(to_string(answer.failure));
  return {refused ? State::refused : State::no_answer, std::move(reason), {}};
}

// What makes an answer with addresses no listing; `clean` when nothing does.
Standing suspicion(const Zone& zone, const std::vector<net::Address>& addresses) {
  for (const auto& address : addresses)
    if (!is_loopback(address)) return {State::lies, why_no_code(address), {}};
  for (const auto& address : addresses)
    if (auto reason = refusal_of(zone, address)) return {State::refused, *reason, {}};
  return {State::clean, {}, {}};
}

}  // namespace

std::string_view to_string(State state) {
  switch (state) {
    case State::listed: return "listed";
    case State::clean: return "clean";
    case State::refused: return "refused";
    case State::no_answer: return "no answer";
    case State::lies: return "lies";
    case State::not_asked: return "not asked";
  }
  return "no answer";
}

Standing judge(const Zone& zone, const dns::Lookup<net::Address>& answer) {
  if (answer.status == dns::Status::failed) return failed(*answer.answer);
  auto standing = suspicion(zone, answer.records);
  if (standing.state != State::clean || answer.records.empty()) return standing;
  standing.state = State::listed;
  standing.codes = answer.records;
  std::ranges::sort(standing.codes);
  // clang 14 cannot take std::ranges::unique of libstdc++ 12.
  standing.codes.erase(std::unique(standing.codes.begin(), standing.codes.end()),
                       standing.codes.end());
  if (standing.codes.size() > kShownCodes) standing.codes.resize(kShownCodes);
  return standing;
}

Standing judge(const Zone& zone, const Trial& trial) {
  for (const auto* lookup : {&trial.unlisted, &trial.alive}) {
    if (lookup->status == dns::Status::failed) return failed(*lookup->answer);
    if (auto standing = suspicion(zone, lookup->records); standing.state != State::clean)
      return standing;
  }
  if (!trial.unlisted.records.empty())
    return {State::lies, "lists 127.0.0.1, so it lists everybody", {}};
  if (trial.alive.status == dns::Status::found) return {State::clean, {}, {}};
  bool apex = zone.row != nullptr && zone.row->proof == Proof::apex;
  return {State::no_answer,
          apex ? "dead: its zone is gone" : "dead, or no list: it has no test entry",
          {}};
}

net::Address listed_test(net::Family family) {
  constexpr std::array<std::uint8_t, 16> kMapped = {0, 0, 0,    0,    0,   0, 0, 0,
                                                    0, 0, 0xff, 0xff, 127, 0, 0, 2};
  return family == net::Family::v4 ? net::Address::v4(0x7f000002) : net::Address::v6(kMapped);
}

net::Address unlisted_test(net::Family family) {
  constexpr std::array<std::uint8_t, 16> kMapped = {0, 0, 0,    0,    0,   0, 0, 0,
                                                    0, 0, 0xff, 0xff, 127, 0, 0, 1};
  return family == net::Family::v4 ? net::Address::v4(0x7f000001) : net::Address::v6(kMapped);
}

std::optional<dns::Name> name_for(const dns::Name& zone, const net::Address& address) {
  auto text = net::reverse_name(address);
  constexpr std::string_view kV4 = ".in-addr.arpa";
  constexpr std::string_view kV6 = ".ip6.arpa";
  text.resize(text.size() - (address.is_v4() ? kV4 : kV6).size());
  auto front = dns::Name::read(text);
  return front ? zone.prepend(*front) : std::nullopt;
}

}  // namespace mailtrust::dnsbl
