#include "bounce/receiver.hpp"

#include "base/ascii.hpp"

namespace mailtrust::bounce {
namespace {

constexpr Receiver kReceivers[] = {
#include "bounce/receivers.inc"
};

bool is_or_is_below(std::string_view host, std::string_view suffix) {
  if (!ascii::iends_with(host, suffix)) return false;
  return host.size() == suffix.size() || host[host.size() - suffix.size() - 1] == '.';
}

template <typename Fits>
bool any_word(std::string_view list, Fits fits) {
  while (!list.empty()) {
    auto space = list.find(' ');
    if (fits(list.substr(0, space))) return true;
    if (space == std::string_view::npos) return false;
    list.remove_prefix(space + 1);
  }
  return false;
}

}  // namespace

std::span<const Receiver> receivers() {
  return kReceivers;
}

const Receiver* find_receiver(std::string_view id) {
  for (const auto& receiver : kReceivers)
    if (receiver.id == id) return &receiver;
  return nullptr;
}

bool serves(const Receiver& receiver, std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return !host.empty() &&
         any_word(receiver.hosts, [&](auto suffix) { return is_or_is_below(host, suffix); });
}

const Receiver* receiver_of(const Failure& failure) {
  if (!failure.remote.empty())
    for (const auto& receiver : kReceivers)
      if (serves(receiver, failure.remote)) return &receiver;
  for (const auto& receiver : kReceivers)
    if (any_word(receiver.systems, [&](auto system) { return system == failure.system; }))
      return &receiver;
  return nullptr;
}

}  // namespace mailtrust::bounce
