#include "dns/upstream.hpp"

#include <algorithm>
#include <utility>

namespace mailtrust::dns {

Upstream::Upstream(Server server, std::chrono::milliseconds timeout, Poller& poller,
                   std::vector<Arrival>& arrivals)
    : server_(std::move(server)), timeout_(timeout), poller_(poller), arrivals_(arrivals) {}

CaresChannel& Upstream::channel(bool tcp, bool edns) {
  auto& current = slot(tcp, edns);
  if (current && current->sent() >= kMessagesPerChannel) retire(current);
  if (!current)
    current = std::make_unique<CaresChannel>(CaresChannel::Settings{server_, tcp, edns, timeout_},
                                             poller_, arrivals_);
  return *current;
}

void Upstream::retire(Slot& slot) {
  if (slot) retired_.push_back(std::move(slot));
}

void Upstream::refused_edns() {
  ++edns_refusals_;
  retire(slot(false, true));
  retire(slot(true, true));
}

void Upstream::answered(bool with_edns) {
  silences_ = 0;
  demoted_until_ = {};
  if (with_edns) edns_refusals_ = 0;
}

void Upstream::was_silent(Clock::time_point now) {
  // The count is kept when the time is over: then one more silence will do.
  if (++silences_ >= kSilencesToDemote) demoted_until_ = now + kDemotion;
}

void Upstream::tick() {
  for (auto& channel : channels_)
    if (channel && channel->outstanding() > 0) channel->tick();
  for (auto& channel : retired_) channel->tick();
  std::erase_if(retired_, [](const Slot& channel) { return channel->outstanding() == 0; });
}

bool Upstream::is_busy() const {
  auto busy = [](const Slot& channel) { return channel && channel->outstanding() > 0; };
  return !retired_.empty() || std::ranges::any_of(channels_, busy);
}

}  // namespace mailtrust::dns
