// RDAP answers (RFC 9083), their cards (RFC 7095, RFC 9553), and the bootstrap registry (RFC 9224).
#include "base/ascii.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"
#include "rdap/answer.hpp"
#include "rdap/bootstrap.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

const net::Address& address() {
  static const auto kAddress = *net::Address::parse("192.0.2.10");
  return kAddress;
}

void check_answer(std::string_view octets) {
  auto answer = rdap::read_answer(octets, address());
  if (!answer) {
    require(answer.error().kind == Error::Kind::temporary, "no answer is could not tell");
    return;
  }
  const auto& network = answer->registration.network;
  require(!network || (network->first <= address() && address() <= network->last),
          "the network is around the address");
  for (const auto& link : answer->entities)
    require(!link.url.empty() || !link.handle.empty(), "an entity can be asked for");
}

void check_bootstrap(std::string_view octets) {
  auto bootstrap = rdap::Bootstrap::parse(octets);
  if (!bootstrap) return;
  require(!bootstrap->services().empty(), "it names somebody");
  for (const auto& service : bootstrap->services())
    require(ascii::istarts_with(service.base, "https://") && service.base.ends_with('/'),
            "by https");
  const auto* found = bootstrap->find(address());
  require(found == nullptr || found->prefix.contains(address()), "for addresses within");
}

}  // namespace

MAILTRUST_FUZZ(rdap_json, octets) {
  check_answer(octets);
  static_cast<void>(rdap::read_entity(octets, {}));
  static_cast<void>(rdap::error_words(octets));
  check_bootstrap(octets);
}
