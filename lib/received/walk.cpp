#include "received/walk.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "net/special_purpose.hpp"

namespace mailtrust::received {
namespace {

bool is_same_host(std::string_view helo, std::string_view by) {
  return ascii::iequals(helo, by) || ascii::iequals(helo, "localhost") ||
         ascii::istarts_with(helo, "localhost.");
}

// A client on the network whose address the server kept to itself: what is below came from it.
bool hides_peer(const Field& field) {
  return field.has_from && field.over_smtp() && !is_same_host(field.peer.helo, field.by);
}

class Walk {
 public:
  Walk(Fields& fields, const Trusted& trusted) : fields_(fields), trusted_(trusted) {}

  Belief run() {
    for (; belief_.hop < fields_.size(); ++belief_.hop)
      if (auto end = end_at(fields_[belief_.hop])) return ended(*end);
    if (fields_.size() == 0) return ended(End::no_field);
    --belief_.hop;
    return ended(fields_.left_out() > 0 ? End::left_out : End::inside);
  }

 private:
  Belief ended(End end) {
    belief_.end = end;
    return belief_;
  }

  // Nothing: pass on to the next older one.
  std::optional<End> end_at(const Field& field) {
    if (left_provider(field)) return back_to_crossing();
    if (field.was_fetched() || field.is_local()) return std::nullopt;
    if (!field.peer.ip || field.peer.ip_may_be_helo) return end_without_peer(field);
    const auto& ip = *field.peer.ip;
    bool trusted = trusted_.contains(ip) ||
                   (field.peer.name_verified && trusted_.contains_host(field.peer.name));
    if (trusted || stays_in_range(field)) return std::nullopt;
    if (net::is_unreachable(ip)) return end_inside(field);
    if (passes_by_name(field)) return std::nullopt;
    return field.is_submission() ? End::submission : End::hand_over;
  }

  std::optional<End> end_without_peer(const Field& field) const {
    if (field.is_submission()) return End::hidden_client;
    if (field.peer.ip_may_be_helo || hides_peer(field)) return End::hidden_peer;
    return std::nullopt;
  }

  // An internal client that showed who it is wrote what is below; but webmail submits its users'
  // mail like that, and its own field tells where they sat.
  std::optional<End> end_inside(const Field& field) {
    if (!field.is_submission() || hands_on_inside(field)) return std::nullopt;
    return is_of_webmail(field) ? std::nullopt : std::optional(End::submission);
  }

  bool is_of_webmail(const Field& field) {
    auto next = belief_.hop + 1;
    if (next == fields_.size() || !fields_[next].over_http()) return false;
    const auto& peer = field.peer;
    const auto& by = fields_[next].by;
    return is_loopback(*peer.ip) || read_address(by) == peer.ip ||
           (!by.empty() && (ascii::iequals(by, peer.name) || ascii::iequals(by, peer.helo)));
  }

  // Yahoo's servers hand on over HTTP among themselves, and some call themselves by an internal
  // address.
  bool hands_on_inside(const Field& field) {
    auto next = belief_.hop + 1;
    if (!field.over_http() || field.authenticated || next == fields_.size()) return false;
    const auto* provider = hosts_that_wrote(field);
    if (provider == nullptr) return false;
    auto by = read_address(fields_[next].by);
    return by ? net::is_unreachable(*by) : is_written_by(*provider, fields_[next]);
  }

  bool passes_by_name(const Field& field) {
    const auto* provider = stays_by_name(field);
    if (provider == nullptr) return false;
    if (!belief_.crossed) belief_.crossed = belief_.hop;
    belief_.provider = provider;
    return true;
  }

  // Once inside a provider only its own fields are believed.
  [[nodiscard]] bool left_provider(const Field& field) const {
    return belief_.crossed && !is_written_by(*belief_.provider, field);
  }

  End back_to_crossing() {
    belief_.hop = *belief_.crossed;
    return End::hand_over;
  }

  Fields& fields_;
  const Trusted& trusted_;
  Belief belief_;
};

}  // namespace

Fields::Fields(const message::Header& header) : sources_(header.all("Received")) {
  auto most = std::min(sources_.size(), limits::kReceivedHops);
  left_out_ = sources_.size() - most;
  sources_.resize(most);
  parsed_.resize(most);
}

const Field& Fields::operator[](std::size_t index) {
  auto& field = parsed_[index];
  if (!field) field.emplace(parse_field(sources_[index]->value));
  return *field;
}

Field&& Fields::take(std::size_t index) {
  static_cast<void>((*this)[index]);
  return std::move(*parsed_[index]);
}

Belief walk(Fields& fields, const Trusted& trusted) {
  return Walk(fields, trusted).run();
}

std::optional<Voucher> vouched_client(Fields& fields, std::size_t hand_over) {
  const auto* provider = hosts_of_name(fields[hand_over].peer);
  if (provider == nullptr || !provider->shows_clients) return std::nullopt;
  for (auto hop = hand_over + 1; hop < fields.size(); ++hop) {
    const auto& field = fields[hop];
    if (!is_written_by(*provider, field)) return std::nullopt;
    bool inside = !field.peer.ip || net::is_unreachable(*field.peer.ip) || stays_in_range(field) ||
                  stays_by_name(field) == provider;
    if (!inside)
      return field.is_submission() ? std::optional(Voucher{hop, provider}) : std::nullopt;
    // Here it was submitted, and the client is not told: what follows is its word.
    if (field.is_submission() || (field.is_local() && field.has_from)) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace mailtrust::received
