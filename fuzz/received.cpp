// Received fields (RFC 5321 section 4.4) and the origin they prove.
#include <string>

#include "base/limits.hpp"
#include "fuzz/target.hpp"
#include "received/field.hpp"
#include "received/handover.hpp"
#include "received/tokens.hpp"
#include "received/trace.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

constexpr std::string_view kForged =
    "Received: from forged.example (forged.example [203.0.113.200]) by mx.example.org with ESMTP"
    " id x; Sun, 22 Nov 2026 10:00:00 +0000\r\n";

const received::Trusted& trusted() {
  static const auto kTrusted = [] {
    received::Trusted made;
    for (const char* text : {"198.51.100.0/24", "mx.example.net", ".relay.example"})
      require(made.add(text).has_value(), "the table is good");
    return made;
  }();
  return kTrusted;
}

void check_field(std::string_view value) {
  auto field = received::parse_field(value);
  for (const auto* text : {&field.by, &field.protocol, &field.id, &field.recipient, &field.date})
    require(text->size() <= value.size(), "what is read stands in the field");
  for (const auto& token : received::tokens(value))
    require(token.text.data() >= value.data() &&
                token.text.data() + token.text.size() <= value.data() + value.size(),
            "a token is in the field");
}

void check_trace(const received::Trace& trace) {
  require(trace.hops.size() <= limits::kReceivedHops, "no more hops than the limit");
  const auto& origin = trace.origin;
  require(origin.ip.has_value() == origin.hop.has_value(), "an origin is shown by a hop");
  require(origin.ip.has_value() == (origin.confidence != received::Confidence::none),
          "an origin is proven or vouched for");
  require(!origin.hop || trace.hops[*origin.hop].is_believed, "by a hop that is believed");
  require(!origin.why.empty(), "and there is a reason");
}

}  // namespace

MAILTRUST_FUZZ(received, octets) {
  auto header = message::Header::parse(octets);
  for (const auto& field : header.fields()) check_field(field.value);
  auto trace = received::read_trace(header, trusted());
  check_trace(trace);

  // What a stranger writes below the hand-over moves nothing.
  if (!trace.handover || octets.ends_with('\r')) return;
  auto longer = std::string(octets) + (octets.ends_with('\n') ? "" : "\r\n") + std::string(kForged);
  auto again = received::read_trace(message::Header::parse(longer), trusted());
  require(again.handover == trace.handover, "a field at the bottom moves no hand-over");
}
