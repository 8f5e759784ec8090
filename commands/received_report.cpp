#include "commands/received_report.hpp"

#include <algorithm>
#include <iterator>
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

// In place and moved: a text of each hop in each of many messages.
void add_text(Value::Object& object, cli::Key key, std::string&& text) {
  if (text.empty())
    object.emplace_back(std::move(key), nullptr);
  else
    object.emplace_back(std::move(key), std::move(text));
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

// The texts are moved out of the hop.
Value::Object hop_value(Hop& hop) {
  auto& field = hop.field;
  auto& peer = field.peer;
  // Member by member: a list in braces would copy every text.
  Value::Object object;
  object.reserve(20);
  object.emplace_back("index", hop.index);
  add_text(object, "ip", peer.ip ? net::to_string(*peer.ip) : std::string());
  add_text(object, "rdns", std::move(peer.name));
  add_text(object, "helo", std::move(peer.helo));
  add_text(object, "by", std::move(field.by));
  add_text(object, "protocol", std::move(field.protocol));
  object.emplace_back("kind", received::to_string(hop.kind));
  add_text(object, "id", std::move(field.id));
  add_text(object, "date", hop.time ? date_text(*hop.time) : std::string());
  object.emplace_back("delay_s", or_null(hop.delay));
  object.emplace_back("auth", field.is_submission());
  object.emplace_back("trusted", hop.is_believed);
  object.emplace_back("flags", flags_value(hop));
  object.emplace_back("rdns_verified", peer.name_verified);
  add_text(object, "ident", std::move(peer.ident));
  object.emplace_back("envelope_from",
                      field.has_envelope_from ? Value(std::move(field.envelope_from)) : Value());
  add_text(object, "for", std::move(field.recipient));
  return object;
}

Value::Object words_value(const received::Trace& trace, const Hop& hop) {
  return {{"hop", std::to_string(hop.index)},
          {"from", client_words(hop)},
          {"waited", hop.delay ? Value(received::duration_words(*hop.delay)) : Value()},
          {"remarks", remarks(trace, hop)}};
}

Value hops_value(received::Trace& trace, bool for_people) {
  Value::Array hops;
  hops.reserve(trace.hops.size());
  for (auto& hop : trace.hops) {
    auto words = for_people ? words_value(trace, hop) : Value::Object();
    auto object = hop_value(hop);
    std::ranges::move(words, std::back_inserter(object));
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

void add_trace(cli::Report& report, received::Trace trace, const std::string& name,
               bool for_people) {
  bool none = trace.origin.confidence == Confidence::none;
  report.findings(received::lint(trace, name)).judge(none ? cli::Verdict::bad : cli::Verdict::good);
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
}

}  // namespace mailtrust::commands
