#include "commands/received_report.hpp"

#include <utility>

#include "commands/received_words.hpp"
#include "received/lint.hpp"

namespace mailtrust::commands {
namespace {

using cli::Style;
using cli::Value;
using Kind = cli::Style::Kind;
using received::Confidence;
using received::Hop;

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

template <typename T>
Value or_null(const std::optional<T>& value) {
  return value ? Value(*value) : Value();
}

Value address_or_null(const std::optional<net::Address>& ip) {
  return ip ? Value(net::to_string(*ip)) : Value();
}

Value flags_value(const Hop& hop) {
  Value::Array flags;
  for (auto flag : hop.flags) flags.emplace_back(received::to_string(flag));
  return flags;
}

Value::Object hop_value(const Hop& hop) {
  const auto& field = hop.field;
  const auto& peer = field.peer;
  // Member by member: a list in braces would copy every text.
  Value::Object object;
  object.reserve(20);
  object.emplace_back("index", hop.index);
  object.emplace_back("ip", address_or_null(peer.ip));
  object.emplace_back("rdns", text_or_null(peer.name));
  object.emplace_back("helo", text_or_null(peer.helo));
  object.emplace_back("by", text_or_null(field.by));
  object.emplace_back("protocol", text_or_null(field.protocol));
  object.emplace_back("kind", received::to_string(hop.kind));
  object.emplace_back("id", text_or_null(field.id));
  object.emplace_back("date", hop.time ? Value(date_text(*hop.time)) : Value());
  object.emplace_back("delay_s", or_null(hop.delay));
  object.emplace_back("auth", field.is_submission());
  object.emplace_back("trusted", hop.is_believed);
  object.emplace_back("flags", flags_value(hop));
  object.emplace_back("rdns_verified", peer.name_verified);
  object.emplace_back("ident", text_or_null(peer.ident));
  object.emplace_back("envelope_from",
                      field.has_envelope_from ? Value(field.envelope_from) : Value());
  object.emplace_back("for", text_or_null(field.recipient));
  return object;
}

Value hops_value(const received::Trace& trace, bool for_people) {
  Value::Array hops;
  hops.reserve(trace.hops.size());
  for (const auto& hop : trace.hops) {
    auto object = hop_value(hop);
    if (for_people) {
      object.emplace_back("hop", std::to_string(hop.index));
      object.emplace_back("from", client_words(hop));
      object.emplace_back("waited",
                          hop.delay ? Value(received::duration_words(*hop.delay)) : Value());
      object.emplace_back("remarks", remarks(trace, hop));
    }
    hops.emplace_back(std::move(object));
  }
  return hops;
}

Value handover_value(const received::Trace& trace) {
  return Value::Object{{"ip", address_or_null(trace.handover)},
                       {"hop", or_null(trace.handover_hop)}};
}

Value claim_value(const received::Claim& claim) {
  return Value::Object{{"ip", address_or_null(claim.ip)},
                       {"hop", or_null(claim.hop)},
                       {"source", text_or_null(claim.source)}};
}

}  // namespace

Value origin_value(const received::Origin& origin) {
  return Value::Object{{"ip", address_or_null(origin.ip)},
                       {"hop", or_null(origin.hop)},
                       {"confidence", received::to_string(origin.confidence)},
                       {"why", origin.why},
                       {"provider", text_or_null(origin.provider)}};
}

void add_trace(cli::Report& report, const received::Trace& trace, const std::string& name,
               bool for_people) {
  if (for_people)
    report.field("conclusion", headline(trace),
                 {.kind = Kind::title, .label = name + ": " + headline(trace)});
  report
      .field("hops", hops_value(trace, for_people),
             {.kind = Kind::table,
              .label = "hops, the newest first",
              .columns = {"hop", "from", "by", "waited", "=delay_s:", "remarks"}})
      .json("left_out", trace.left_out)
      .json("origin", origin_value(trace.origin))
      .json("handover", handover_value(trace))
      .json("claimed_origin", claim_value(trace.claimed));
  if (for_people) report.field("claims", claim_words(trace), {.label = "it says of itself"});
  bool none = trace.origin.confidence == Confidence::none;
  report.findings(received::lint(trace, name)).judge(none ? cli::Verdict::bad : cli::Verdict::good);
}

}  // namespace mailtrust::commands
