#include "received/reason.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/number.hpp"
#include "net/special_purpose.hpp"
#include "provider/provider.hpp"

namespace mailtrust::received {
namespace {

bool is_plain(std::string_view host) {
  auto is_plain_octet = [](char c) {
    return ascii::is_alnum(c) || c == '.' || c == '-' || c == ':';
  };
  return !host.empty() && host.size() <= kMaxQuoted && std::ranges::all_of(host, is_plain_octet);
}

std::string name_of(const Field& field, std::size_t hop) {
  if (field.by.empty()) return "the server of hop " + std::to_string(hop);
  return is_plain(field.by) ? field.by : quote(field.by);
}

std::string provider_name(const Hosts& hosts) {
  const auto* provider = provider::by_id(hosts.provider);
  return std::string(provider != nullptr ? provider->name : hosts.provider);
}

std::string peer_words(const Peer& peer) {
  auto words = net::to_string(*peer.ip);
  if (peer.name_verified && is_plain(peer.name)) words += " (" + peer.name + ')';
  return words;
}

class Sentence {
 public:
  Sentence(const Belief& belief, const Trace& trace, const std::optional<Voucher>& voucher)
      : belief_(belief), trace_(trace), voucher_(voucher) {}

  [[nodiscard]] std::string words() const {
    switch (belief_.end) {
      case End::no_field: return "there is no Received field";
      case End::inside: return inside();
      case End::left_out: return left_out();
      case End::hand_over: return voucher_ ? vouched() : handed_over();
      case End::submission: return submitted();
      case End::hidden_client: return hidden_client();
      case End::hidden_peer: return hidden_peer();
    }
    return {};
  }

 private:
  [[nodiscard]] const Hop& last() const { return trace_.hops[belief_.hop]; }

  [[nodiscard]] std::string server(std::size_t hop) const {
    auto words = name_of(trace_.hops[hop].field, hop);
    if (hop == 0 && !belief_.crossed) words += " (yours)";
    return words;
  }

  [[nodiscard]] std::string server() const { return server(belief_.hop); }

  // What is below, if anything is.
  [[nodiscard]] std::string older(std::size_t hop, std::string_view whose) const {
    auto count = trace_.hops.size() - 1 - hop;
    if (count == 0) return {};
    return (count == 1 ? "; the older field is " : "; older fields are ") + std::string(whose) +
           " word";
  }

  [[nodiscard]] std::string newer() const {
    if (belief_.hop == 0) return {};
    return belief_.hop == 1 ? ", and the newer hop is internal or trusted"
                            : ", and all newer hops are internal or trusted";
  }

  [[nodiscard]] std::string handed_over() const {
    return server() + " accepted it from " + peer_words(last().field.peer) + newer() +
           older(belief_.hop, "the sender's");
  }

  [[nodiscard]] std::string took(const Hop& hop) const {
    auto words = name_of(hop.field, hop.index);
    if (hop.index == 0) words += " (yours)";
    return words + " took it from " + net::to_string(*hop.field.peer.ip) +
           (hop.kind == HopKind::web ? " over HTTP" : ", a client that authenticated");
  }

  [[nodiscard]] std::string vouched() const {
    const auto& hop = trace_.hops[voucher_->hop];
    return took(hop) + "; " + provider_name(*voucher_->provider) + " vouches for that, and its " +
           peer_words(last().field.peer) + " handed it to " + server() +
           older(voucher_->hop, "the client's");
  }

  [[nodiscard]] std::string submitted() const {
    const auto& hop = last();
    if (!net::is_unreachable(*hop.field.peer.ip))
      return took(hop) + newer() + older(belief_.hop, "that client's");
    return "submitted on " + server() + " by a client inside, " +
           net::to_string(*hop.field.peer.ip) + older(belief_.hop, "that client's");
  }

  [[nodiscard]] std::string hidden_client() const {
    const auto& hop = last();
    return server() + " took it " +
           (hop.kind == HopKind::web ? "over HTTP" : "from a client that authenticated") +
           " and does not tell that client's address" + older(belief_.hop, "its");
  }

  [[nodiscard]] std::string hidden_peer() const {
    const auto& peer = last().field.peer;
    if (peer.ip_may_be_helo)
      return server() + " wrote " + net::to_string(*peer.ip) +
             " alone, which may be what the client called itself" +
             older(belief_.hop, "that client's");
    return "a gateway at " + server() + " hides the peer: its field does not tell the address" +
           older(belief_.hop, "that peer's");
  }

  [[nodiscard]] std::string left_out() const {
    return "only the first " + grouped(trace_.hops.size()) +
           " Received fields are read, and all their peers are internal or trusted";
  }

  // Nothing public down to the last field.
  [[nodiscard]] std::string inside() const {
    const auto& hop = last();
    auto by = server();
    if (belief_.crossed)
      return "it never left " + provider_name(*belief_.provider) +
             ", whose fields do not tell who submitted it";
    if (hop.kind == HopKind::fetch)
      return "fetched from a mailbox by " + by + "; the mailbox's own server wrote no field";
    if (hop.kind == HopKind::local) return "submitted locally on " + by;
    if (!hop.field.peer.ip) return "submitted locally on " + by;
    auto peer = net::to_string(*hop.field.peer.ip);
    if (is_gateway(hop))
      return "a gateway at " + peer + " hides the peer: " + by +
             " accepted it from there, and no older field says who came before";
    return "the message never left the inside: the oldest field is from " + peer;
  }

  // A client with a name of the outside behind an internal address: translated on the way.
  static bool is_gateway(const Hop& hop) {
    const auto& helo = hop.field.peer.helo;
    auto by_domain = hop.field.by.find('.');
    if (helo.find('.') == std::string::npos || by_domain == std::string::npos) return false;
    if (read_address(helo)) return false;
    return !is_within_domain(helo, std::string_view(hop.field.by).substr(by_domain + 1)) &&
           !ascii::iequals(helo, hop.field.peer.name);
  }

  const Belief& belief_;
  const Trace& trace_;
  const std::optional<Voucher>& voucher_;
};

}  // namespace

std::string reason(const Belief& belief, const Trace& trace,
                   const std::optional<Voucher>& voucher) {
  return Sentence(belief, trace, voucher).words();
}

}  // namespace mailtrust::received
