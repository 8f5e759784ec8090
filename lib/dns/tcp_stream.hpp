#pragma once
// DNS messages over one TCP connection, each within a deadline. RFC 1035 section 4.2.2, RFC 7766.

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/expected.hpp"
#include "dns/server.hpp"
#include "net/tcp_connection.hpp"

namespace mailtrust::dns {

/// Every Error is temporary, and its `where` the server. Deadlines are on the monotonic clock:
/// octets that arrive do not move them.
class TcpStream {
 public:
  using Clock = net::TcpConnection::Clock;

  static Expected<TcpStream> connect(const Server& server, Clock::time_point deadline);

  /// At most 65,535 octets.
  Expected<void> send(std::string_view message, Clock::time_point deadline);

  /// The next message, whole.
  Expected<std::string> receive(Clock::time_point deadline);

 private:
  explicit TcpStream(net::TcpConnection connection) : connection_(std::move(connection)) {}

  Expected<void> fill(std::span<char> rest, Clock::time_point deadline);

  net::TcpConnection connection_;
};

}  // namespace mailtrust::dns
