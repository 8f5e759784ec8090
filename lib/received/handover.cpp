#include "received/handover.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "net/special_purpose.hpp"
#include "received/field.hpp"

namespace mailtrust::received {
namespace {

// Hosts of one provider between which a message travels at public addresses: known by the range
// that only they use, as names in these fields are the client's word.
struct Inside {
  std::string_view domain;
  std::string_view prefix;
};

constexpr std::array kInside = {Inside{"outlook.com", "2603:1000::/24"}};

bool is_within_domain(std::string_view host, std::string_view domain) {
  while (host.ends_with('.')) host.remove_suffix(1);
  if (!ascii::iends_with(host, domain)) return false;
  host.remove_suffix(domain.size());
  return host.empty() || host.ends_with('.');
}

bool stays_inside_provider(const Field& field) {
  return std::ranges::any_of(kInside, [&](const Inside& inside) {
    auto prefix = net::Prefix::read(inside.prefix);
    return is_within_domain(field.by, inside.domain) && prefix->contains(*field.peer.ip);
  });
}

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

class Walk {
 public:
  Walk(const message::Header& header, const net::PrefixSet& trusted)
      : header_(header), trusted_(trusted), fields_(header.all("Received")) {}

  Handover run() {
    if (fields_.empty()) return nothing("there is no Received field");
    auto hops = std::min(fields_.size(), limits::kReceivedHops);
    for (handover_.hop = 0; handover_.hop < hops; ++handover_.hop) {
      auto field = parse_field(fields_[handover_.hop]->value);
      handover_.by = field.by;
      if (!passes_on(field)) return end_at(field);
    }
    handover_.hop = hops - 1;
    return nothing(hops < fields_.size() ? "only the first " + std::to_string(hops) +
                                               " Received fields are read, all of them internal"
                                         : "the message never left the inside: no Received field "
                                           "shows a public peer");
  }

 private:
  Handover nothing(std::string why) {
    handover_.why = std::move(why);
    return std::move(handover_);
  }

  // "hop 1 (mx.example.org)"
  [[nodiscard]] std::string hop_words() const {
    auto words = "hop " + std::to_string(handover_.hop);
    return handover_.by.empty() ? words : words + " (" + quote(handover_.by) + ')';
  }

  // Was the peer of this field one of those whose own word may be believed?
  [[nodiscard]] bool passes_on(const Field& field) const {
    if (field.was_fetched()) return true;
    if (!field.peer.ip) return !tells_no_peer(field);
    if (trusted_.contains(*field.peer.ip)) return true;
    if (stays_inside_provider(field)) return true;
    return net::is_unreachable(*field.peer.ip) && !submitted(field);
  }

  static bool submitted(const Field& field) { return field.authenticated || field.over_http(); }

  // A client on the network whose address the server kept to itself: what is below came from it.
  static bool tells_no_peer(const Field& field) {
    return submitted(field) ||
           (field.has_from && field.over_smtp() && !is_same_host(field.peer.helo, field.by));
  }

  static bool is_same_host(std::string_view helo, std::string_view by) {
    return ascii::iequals(helo, by) || ascii::iequals(helo, "localhost") ||
           ascii::istarts_with(helo, "localhost.");
  }

  Handover end_at(const Field& field) {
    if (submitted(field))
      return nothing(
          hop_words() +
          (field.over_http() ? " took it over HTTP" : " took it from an authenticated client") +
          ": submission by a user, no SMTP hand-over from another domain");
    if (!field.peer.ip)
      return nothing(hop_words() + " does not tell the address of its client, and older fields " +
                     "are that client's word");
    handover_.ip = field.peer.ip;
    handover_.helo = field.peer.helo;
    handover_.mail_from = return_path(header_, *fields_[handover_.hop]);
    if (!handover_.mail_from && field.has_envelope_from) handover_.mail_from = field.envelope_from;
    return nothing(hop_words() + " accepted it from " + net::to_string(*field.peer.ip) +
                   (handover_.hop == 0 ? ", as the newest Received field says"
                                       : ", and every newer hop is internal or trusted") +
                   "; older fields are the sender's word");
  }

  const message::Header& header_;
  const net::PrefixSet& trusted_;
  std::vector<const message::Field*> fields_;
  Handover handover_;
};

}  // namespace

Handover find_handover(const message::Header& header, const net::PrefixSet& trusted) {
  return Walk(header, trusted).run();
}

}  // namespace mailtrust::received
