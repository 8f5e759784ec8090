#include "commands/received_words.hpp"

#include <chrono>
#include <string_view>

#include "received/lint.hpp"

namespace mailtrust::commands {
namespace {

// The two last digits.
void write_digits(char* at, unsigned number) {
  at[0] = static_cast<char>('0' + number / 10 % 10);
  at[1] = static_cast<char>('0' + number % 10);
}

std::string_view kind_words(received::HopKind kind) {
  switch (kind) {
    case received::HopKind::smtp: return {};
    case received::HopKind::submission: return "authenticated";
    case received::HopKind::web: return "over HTTP";
    case received::HopKind::local: return "local";
    case received::HopKind::fetch: return "fetched from a mailbox";
  }
  return {};
}

std::string flag_words(received::Flag flag, const received::Hop& hop) {
  switch (flag) {
    case received::Flag::chain_break: return "not whom the hop above came from";
    case received::Flag::time_travel:
      return received::duration_words(-*hop.delay) + " older than the hop below";
    case received::Flag::helo_mismatch: return "HELO " + hop.field.peer.helo;
  }
  return {};
}

}  // namespace

std::string client_words(const received::Hop& hop) {
  const auto& peer = hop.field.peer;
  auto words = peer.ip ? net::to_string(*peer.ip) : std::string();
  const auto& name = peer.name.empty() ? peer.helo : peer.name;
  if (!name.empty() && name != words && name != '[' + words + ']')
    words += (words.empty() ? "" : " ") + name;
  return words;
}

std::string remarks(const received::Trace& trace, const received::Hop& hop) {
  std::string words;
  auto add = [&](std::string_view more) {
    if (!more.empty()) (words += words.empty() ? "" : ", ") += more;
  };
  if (trace.origin.hop == hop.index) add("the origin");
  if (trace.handover_hop == hop.index && trace.handover_hop != trace.origin.hop)
    add("the hand-over");
  if (!hop.is_believed) add("a claim");
  add(kind_words(hop.kind));
  for (auto flag : hop.flags) add(flag_words(flag, hop));
  return words;
}

std::string claim_words(const received::Trace& trace) {
  const auto& claim = trace.claimed;
  if (!claim.ip || claim.ip == trace.origin.ip) return {};
  auto words = net::to_string(*claim.ip) + " (" + claim.source;
  if (claim.hop) words += ", hop " + std::to_string(*claim.hop);
  return words + "): not believed";
}

std::string date_text(std::int64_t time) {
  std::chrono::sys_seconds moment{std::chrono::seconds(time)};
  auto day = std::chrono::floor<std::chrono::days>(moment);
  std::chrono::year_month_day date(day);
  auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  auto seconds = static_cast<unsigned>((moment - day).count());
  std::string out = "0000-00-00T00:00:00Z";
  write_digits(&out[0], year / 100);
  write_digits(&out[2], year);
  write_digits(&out[5], unsigned{date.month()});
  write_digits(&out[8], unsigned{date.day()});
  write_digits(&out[11], seconds / 3600);
  write_digits(&out[14], seconds / 60 % 60);
  write_digits(&out[17], seconds % 60);
  return out;
}

std::string headline(const received::Trace& trace) {
  const auto& origin = trace.origin;
  std::string words(received::to_string(origin.confidence));
  if (origin.ip) words = "from " + net::to_string(*origin.ip) + ", " + words;
  if (!origin.ip) words = "no origin can be named";
  return words + ": " + origin.why;
}

}  // namespace mailtrust::commands
