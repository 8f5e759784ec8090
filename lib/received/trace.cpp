#include "received/trace.hpp"

#include <utility>

#include "message/date.hpp"
#include "net/special_purpose.hpp"
#include "received/claims.hpp"
#include "received/reason.hpp"
#include "received/walk.hpp"

namespace mailtrust::received {
namespace {

HopKind kind_of(const Field& field) {
  if (field.was_fetched()) return HopKind::fetch;
  if (field.is_local()) return HopKind::local;
  if (field.over_http()) return HopKind::web;
  if (field.authenticated) return HopKind::submission;
  bool between_hosts = field.peer.ip || (field.has_from && field.over_smtp());
  return between_hosts ? HopKind::smtp : HopKind::local;
}

Hop make_hop(Field&& field, std::size_t index, bool is_believed) {
  Hop hop;
  hop.index = index;
  hop.is_believed = is_believed;
  hop.field = std::move(field);
  hop.kind = kind_of(hop.field);
  if (auto date = message::read_date(hop.field.date)) hop.time = date->time;
  return hop;
}

bool is_public(const std::optional<net::Address>& ip) {
  return ip && !net::is_unreachable(*ip);
}

class Tracer {
 public:
  Tracer(const message::Header& header, const Trusted& trusted)
      : header_(header), fields_(header), belief_(walk(fields_, trusted)) {}

  Trace run() {
    find_origin();
    find_handover();
    make_hops();
    trace_.left_out = fields_.left_out();
    auto no_claim = fields_.size();
    test_claims(trace_.hops, is_stranger() ? belief_.hop : no_claim);
    trace_.claimed = claimed_origin(header_, trace_.hops);
    trace_.origin.why = reason(belief_, trace_, voucher_);
    return std::move(trace_);
  }

 private:
  // Did the walk end at a client whose word nobody need believe?
  [[nodiscard]] bool is_stranger() const {
    return belief_.end != End::no_field && belief_.end != End::inside &&
           belief_.end != End::left_out;
  }

  void find_origin() {
    if (belief_.end != End::hand_over && belief_.end != End::submission) return;
    if (!is_public(fields_[belief_.hop].peer.ip)) return;
    last_believed_ = belief_.hop;
    set_origin(belief_.hop, Confidence::proven);
    if (belief_.end != End::hand_over) return;
    voucher_ = vouched_client(fields_, belief_.hop);
    if (!voucher_) return;
    set_origin(voucher_->hop, Confidence::vouched);
    trace_.origin.provider = voucher_->provider->provider;
  }

  void set_origin(std::size_t hop, Confidence confidence) {
    trace_.origin.ip = fields_[hop].peer.ip;
    trace_.origin.hop = hop;
    trace_.origin.confidence = confidence;
  }

  void find_handover() {
    auto hop = belief_.crossed ? belief_.crossed : last_believed_;
    if (!hop) return;
    trace_.handover = fields_[*hop].peer.ip;
    trace_.handover_hop = hop;
  }

  void make_hops() {
    trace_.hops.reserve(fields_.size());
    for (std::size_t i = 0; i < fields_.size(); ++i)
      trace_.hops.push_back(make_hop(fields_.take(i), i, i <= believed_to()));
  }

  [[nodiscard]] std::size_t believed_to() const { return voucher_ ? voucher_->hop : belief_.hop; }

  const message::Header& header_;
  Fields fields_;
  Belief belief_;
  std::optional<Voucher> voucher_;
  std::optional<std::size_t> last_believed_;
  Trace trace_;
};

}  // namespace

std::string_view to_string(HopKind kind) {
  switch (kind) {
    case HopKind::smtp: return "smtp";
    case HopKind::submission: return "submission";
    case HopKind::web: return "web";
    case HopKind::local: return "local";
    case HopKind::fetch: return "fetch";
  }
  return "";
}

std::string_view to_string(Flag flag) {
  switch (flag) {
    case Flag::chain_break: return "chain_break";
    case Flag::time_travel: return "time_travel";
    case Flag::helo_mismatch: return "helo_mismatch";
  }
  return "";
}

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::proven: return "proven";
    case Confidence::vouched: return "vouched";
    case Confidence::none: return "none";
  }
  return "";
}

Trace read_trace(const message::Header& header, const Trusted& trusted) {
  return Tracer(header, trusted).run();
}

}  // namespace mailtrust::received
