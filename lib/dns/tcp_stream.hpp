#pragma once
// DNS messages over one TCP connection, each within a deadline. RFC 1035 section 4.2.2, RFC 7766.

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "base/expected.hpp"
#include "dns/server.hpp"

namespace mailtrust::dns {

/// Every Error is temporary, and its `where` the server. Deadlines are on the monotonic clock:
/// octets that arrive do not move them.
class TcpStream {
 public:
  using Clock = std::chrono::steady_clock;

  static Expected<TcpStream> connect(const Server& server, Clock::time_point deadline);

  TcpStream(const TcpStream&) = delete;
  TcpStream(TcpStream&& other) noexcept;
  TcpStream& operator=(const TcpStream&) = delete;
  TcpStream& operator=(TcpStream&& other) noexcept;
  ~TcpStream();

  /// At most 65,535 octets.
  Expected<void> send(std::string_view message, Clock::time_point deadline);

  /// The next message, whole.
  Expected<std::string> receive(Clock::time_point deadline);

 private:
  TcpStream(int descriptor, std::string where)
      : descriptor_(descriptor), where_(std::move(where)) {}

  Expected<void> wait_for(short events, Clock::time_point deadline);
  Expected<void> finish_connecting(Clock::time_point deadline);
  Expected<void> fill(char* begin, std::size_t size, Clock::time_point deadline);
  [[nodiscard]] Unexpected broken(int number) const;

  int descriptor_ = -1;
  std::string where_;
};

}  // namespace mailtrust::dns
