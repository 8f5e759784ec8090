#include "received/lint.hpp"

#include <algorithm>

#include "base/escape.hpp"
#include "base/number.hpp"

namespace mailtrust::received {
namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kLongWait = 10 * kMinute;

bool has(const Hop& hop, Flag flag) {
  return std::ranges::find(hop.flags, flag) != hop.flags.end();
}

std::string hop_words(const Hop& hop) {
  auto words = "hop " + std::to_string(hop.index);
  return hop.field.by.empty() ? words : words + " (" + quote(hop.field.by) + ')';
}

std::string peer_words(const Peer& peer) {
  auto words = peer.helo.empty() ? std::string("a client without a name") : quote(peer.helo);
  if (!peer.name.empty() && peer.name != peer.helo) words += ", " + quote(peer.name);
  return peer.ip ? words + ", " + net::to_string(*peer.ip) : words;
}

class Linter {
 public:
  Linter(const Trace& trace, const std::string& where) : trace_(trace), where_(where) {}

  std::vector<finding::Finding> lint() {
    if (trace_.hops.empty())
      add("received.no-origin", "no Received field is in the header",
          "give the message as it was delivered, with its whole header");
    else if (trace_.origin.confidence == Confidence::none)
      add("received.no-origin", "no field that one may believe shows a public address",
          "if relays of your own are in between, name them with --trusted");
    look_for(Flag::chain_break, "received.chain-break");
    look_for(Flag::time_travel, "received.time-travel");
    if (trace_.left_out > 0)
      add("received.too-many-hops",
          grouped(trace_.left_out) + " more Received fields than the " +
              grouped(trace_.hops.size()) + " that are read",
          "look for a loop, or do not trust it");
    look_for(Flag::helo_mismatch, "received.helo-mismatch");
    look_for_wait();
    finding::sort_by_harm(findings_);
    return std::move(findings_);
  }

 private:
  void add(finding::Id id, std::string message, std::string hint) {
    findings_.push_back(finding::make(id, where_, std::move(message), std::move(hint)));
  }

  void look_for(Flag flag, finding::Id id) {
    auto shows = [&](const Hop& hop) { return has(hop, flag); };
    auto first = std::ranges::find_if(trace_.hops, shows);
    if (first == trace_.hops.end()) return;
    auto count = std::ranges::count_if(trace_.hops, shows) - 1;
    auto message = told(flag, *first);
    if (count > 0)
      message += "; the same of " + grouped(static_cast<std::uint64_t>(count)) + " older hop" +
                 (count > 1 ? "s" : "");
    add(id, std::move(message), hint_of(flag, *first));
  }

  [[nodiscard]] std::string told(Flag flag, const Hop& hop) const {
    switch (flag) {
      case Flag::chain_break:
        return hop_words(hop) + " is not whom hop " + std::to_string(hop.index - 1) +
               " came from: " + peer_words(trace_.hops[hop.index - 1].field.peer);
      case Flag::time_travel:
        return hop_words(hop) + " is " + duration_words(-*hop.delay) +
               " older than the hop it took the message from";
      case Flag::helo_mismatch:
        return hop_words(hop) + " was greeted as " + quote(hop.field.peer.helo) + " by " +
               net::to_string(*hop.field.peer.ip);
    }
    return {};
  }

  static std::string hint_of(Flag flag, const Hop& hop) {
    if (flag == Flag::chain_break) return "believe nothing from there down; the origin does not";
    if (flag == Flag::helo_mismatch)
      return "if that client is yours, give it a host name of its own to say";
    return hop.is_believed ? "if that server is yours, set its clock by NTP"
                           : "do not rely on dates from there down";
  }

  void look_for_wait() {
    const auto* hop = longest_wait(trace_);
    if (hop == nullptr || *hop->delay < kLongWait) return;
    auto message = "it waited " + duration_words(*hop->delay) + " before " + hop_words(*hop);
    const auto& peer = hop->field.peer;
    bool is_named = peer.ip || !peer.helo.empty();
    if (is_named) message += ", at " + peer_words(peer);
    add("received.waited", std::move(message),
        hop->index < trace_.handover_hop.value_or(trace_.hops.size())
            ? "the queue's log there says why"
            : "greylisting, a full queue or a filter: the logs of both servers say which");
  }

  const Trace& trace_;
  const std::string& where_;
  std::vector<finding::Finding> findings_;
};

}  // namespace

std::vector<finding::Finding> lint(const Trace& trace, const std::string& where) {
  return Linter(trace, where).lint();
}

std::string duration_words(std::int64_t seconds) {
  if (seconds < 0) return '-' + duration_words(-seconds);
  auto two = [](std::int64_t whole, std::string_view unit, std::int64_t part,
                std::string_view smaller) {
    auto words = std::to_string(whole) + ' ' + std::string(unit);
    return part == 0 ? words : words + ' ' + std::to_string(part) + ' ' + std::string(smaller);
  };
  if (seconds < kMinute) return std::to_string(seconds) + " s";
  if (seconds < kHour) return two(seconds / kMinute, "min", seconds % kMinute, "s");
  if (seconds < kDay) return two(seconds / kHour, "h", seconds % kHour / kMinute, "min");
  return two(seconds / kDay, "d", seconds % kDay / kHour, "h");
}

const Hop* longest_wait(const Trace& trace) {
  const Hop* longest = nullptr;
  for (const auto& hop : trace.hops)
    if (hop.delay.value_or(0) > (longest == nullptr ? 0 : *longest->delay)) longest = &hop;
  return longest;
}

}  // namespace mailtrust::received
