#include "commands/ip_answer.hpp"

namespace mailtrust::commands {

using dnsbl::State;

bool blocks(const dnsbl::Listing& listing) {
  return listing.standing.state == State::listed && listing.kind == dnsbl::Kind::block;
}

bool is_untold(const dnsbl::Listing& listing) {
  switch (listing.standing.state) {
    case State::refused:
    case State::no_answer:
    case State::lies: return true;
    case State::listed:
    case State::clean:
    case State::not_asked: return false;
  }
  return true;
}

BlockCount count_blocks(const std::vector<dnsbl::Listing>& listings) {
  BlockCount count;
  for (const auto& listing : listings) {
    if (listing.zone->kind != dnsbl::Kind::block) continue;
    if (blocks(listing)) ++count.listed;
    if (is_untold(listing)) ++count.silent;
    auto state = listing.standing.state;
    if (state == State::listed || state == State::clean) ++count.answered;
  }
  return count;
}

}  // namespace mailtrust::commands
