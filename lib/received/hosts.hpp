#pragma once
// The servers of large mail providers: which names and addresses are theirs, and who of them writes
// down the client that submitted a message. A table of facts: hosts.inc.

#include <span>
#include <string_view>

#include "net/address.hpp"
#include "received/field.hpp"

namespace mailtrust::received {

/// One row. Lists are words separated by a space.
struct Hosts {
  std::string_view provider;  ///< its id in the provider table
  /// Domains in which only its own servers have names: of clients, as far as the name is verified.
  std::string_view names;
  /// Further domains in which its servers call themselves, and prefixes of addresses in the place
  /// of such a name.
  std::string_view calls_itself = {};
  std::string_view ranges = {};  ///< addresses that only its servers have, between one another
  /// Its newest field for a message that a user submits shows the user's address, or that it is
  /// hidden: only then can nothing that the user wrote be taken for its own word.
  bool shows_clients = false;
  std::string_view seen;  ///< the day the fields were last checked
};

std::span<const Hosts> hosts();

/// The provider whose server the verified name of this peer is; null when there is none.
const Hosts* hosts_of_name(const Peer& peer);

/// Does the host that wrote the field call itself one of theirs?
bool is_written_by(const Hosts& hosts, const Field& field);

/// The provider whose host wrote the field, by what it calls itself; null when there is none.
const Hosts* hosts_that_wrote(const Field& field);

/// Were the field and the peer's address one provider's, by a range that only it uses?
bool stays_in_range(const Field& field);

/// The same by the peer's verified name; the provider, or null.
const Hosts* stays_by_name(const Field& field);

/// The host itself (loopback), or one on its wire (link-local).
bool is_loopback(const net::Address& address);

/// Is `host` the domain, or below it? Without case and final dot.
bool is_within_domain(std::string_view host, std::string_view domain);

}  // namespace mailtrust::received
