#pragma once
// One question to a whois server over TCP. RFC 3912; rwhois RFC 2167.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::whois {

using Clock = std::chrono::steady_clock;

struct Server {
  std::string host;  ///< a name or an address, without brackets
  std::uint16_t port = 43;
  bool typed = false;   ///< by the user: private addresses are as meant
  bool rwhois = false;  ///< RFC 2167: the server speaks first
};

/// "HOST", "HOST:PORT", "[ADDR]:PORT". An Error of kind usage; `where` is left empty.
Expected<Server> parse_server(std::string_view text);

/// "whois.arin.net", "rwhois.example.net:4321".
std::string to_string(const Server& server);

struct Reply {
  std::string text;               ///< octets as they came, at most limits::kWhoisAnswer
  std::optional<Error> cut = {};  ///< why it ended before the server closed it; temporary
};

/// Sends the query with CRLF and reads until the server closes. Not connected: an Error, temporary.
/// Ends by the deadline, whatever arrives. Only public addresses, but for a typed server.
Expected<Reply> ask(const Server& server, std::string_view query, dns::Resolver& resolver,
                    Clock::time_point deadline);

}  // namespace mailtrust::whois
