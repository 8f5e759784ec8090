#include "received/handover.hpp"

#include <algorithm>

#include "base/escape.hpp"
#include "received/walk.hpp"

namespace mailtrust::received {
namespace {

// The envelope sender that the server noted at delivery: a Return-Path above everything that came
// with the message. RFC 5321 section 4.4.
std::optional<std::string> return_path(const message::Header& header,
                                       const message::Field& received) {
  const auto* field = header.find("Return-Path");
  if (!field || field->line > received.line) return std::nullopt;
  auto path = message::unfold(field->value);
  if (path.size() < 2 || path.front() != '<' || path.back() != '>') return std::nullopt;
  path = path.substr(1, path.size() - 2);
  // RFC 5321 section 4.1.2: a source route in front of the address means nothing.
  if (path.starts_with('@')) path.erase(0, std::min(path.find(':'), path.size() - 1) + 1);
  return path;
}

// "hop 1 (mx.example.org)"
std::string hop_words(const Handover& handover) {
  auto words = "hop " + std::to_string(handover.hop);
  return handover.by.empty() ? words : words + " (" + quote(handover.by) + ')';
}

std::string why_none(End end, const Fields& fields, const Handover& handover, const Field& field) {
  switch (end) {
    case End::left_out:
      return "only the first " + std::to_string(fields.size()) +
             " Received fields are read, all of them internal";
    case End::submission:
    case End::hidden_client:
      return hop_words(handover) +
             (field.over_http() ? " took it over HTTP" : " took it from an authenticated client") +
             ": submission by a user, no SMTP hand-over from another domain";
    case End::hidden_peer:
      return hop_words(handover) + " does not tell the address of its client, and older fields " +
             "are that client's word";
    default: return "the message never left the inside: no Received field shows a public peer";
  }
}

std::string why_believed(const Handover& handover) {
  return hop_words(handover) + " accepted it from " + net::to_string(*handover.ip) +
         (handover.hop == 0 ? ", as the newest Received field says"
                            : ", and every newer hop is internal or trusted") +
         "; older fields are the sender's word";
}

}  // namespace

Handover find_handover(const message::Header& header, const net::PrefixSet& prefixes) {
  Trusted trusted;
  if (!prefixes.empty()) trusted.add(prefixes);
  Fields fields(header);
  Handover handover;
  auto belief = walk(fields, trusted);
  if (belief.end == End::no_field) {
    handover.why = "there is no Received field";
    return handover;
  }
  // What a provider's own servers pass on among themselves came to it at the first of them.
  handover.hop = belief.crossed.value_or(belief.hop);
  const auto& field = fields[handover.hop];
  handover.by = field.by;
  if (belief.end != End::hand_over && !belief.crossed) {
    handover.why = why_none(belief.end, fields, handover, field);
    return handover;
  }
  handover.ip = field.peer.ip;
  handover.helo = field.peer.helo;
  handover.mail_from = return_path(header, fields.source(handover.hop));
  if (!handover.mail_from && field.has_envelope_from) handover.mail_from = field.envelope_from;
  handover.why = why_believed(handover);
  return handover;
}

}  // namespace mailtrust::received
