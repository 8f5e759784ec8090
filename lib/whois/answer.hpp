#pragma once
// What port-43 answers about an address say, in the forms of ARIN, RIPE, APNIC, AFRINIC, LACNIC,
// KRNIC, JPNIC, TWNIC, CNNIC, NIC.br and rwhois.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/address.hpp"
#include "registration/registration.hpp"
#include "whois/exchange.hpp"

namespace mailtrust::whois {

enum class Status {
  found,
  not_found,       ///< the server knows no such network
  come_later,      ///< asked too often, or access denied: not to be asked again in this run. Some
                   ///< servers still tell of the network then; what they did is filled in
  not_understood,  ///< nothing in it looks like an answer about `address`
};

struct Answer {
  Status status = Status::not_understood;
  registration::Registration registration;
  /// Who knows more, as the answer says (refer:, ReferralServer:, whois:, remarks of registries),
  /// read from registration.referrals; in order, each once.
  std::vector<Server> referrals;
  /// The query by which the same server tells more, where it only listed networks (ARIN does, for
  /// an address alone); empty: it told all.
  std::string more;
};

/// Octets that are not UTF-8 are read as Latin-1. Of several networks the narrowest around
/// `address`. Never fails; linear.
Answer read_answer(std::string_view text, const net::Address& address);

/// Whom to ask first about an address where nobody was named: the registry of its block.
Server first_server(const net::Address& address);

/// The query line in the server's own dialect, without CRLF: "n + 192.0.2.1" (ARIN), "-B ..."
/// (RIPE), "192.0.2.1/e" (JPNIC), the address alone (everyone else, and typed servers).
std::string query_for(const Server& server, const net::Address& address);

}  // namespace mailtrust::whois
