#pragma once
// A TCP connection that never waits past a deadline: for DNS over TCP and whois.

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/expected.hpp"
#include "net/socket_address.hpp"

namespace mailtrust::net {

/// Every Error is temporary, and its `where` what connect() was told. Deadlines are on the
/// monotonic clock: octets that arrive do not move them.
class TcpConnection {
 public:
  using Clock = std::chrono::steady_clock;

  static Expected<TcpConnection> connect(const Endpoint& endpoint, std::string where,
                                         Clock::time_point deadline);

  TcpConnection(const TcpConnection&) = delete;
  TcpConnection(TcpConnection&& other) noexcept;
  TcpConnection& operator=(const TcpConnection&) = delete;
  TcpConnection& operator=(TcpConnection&& other) noexcept;
  ~TcpConnection();

  /// All of it.
  Expected<void> write(std::string_view octets, Clock::time_point deadline);

  /// Waits for octets and says how many were put into `buffer`: 0 when the other side closed.
  Expected<std::size_t> read(std::span<char> buffer, Clock::time_point deadline);

  [[nodiscard]] const std::string& where() const { return where_; }

 private:
  TcpConnection(int descriptor, std::string where)
      : descriptor_(descriptor), where_(std::move(where)) {}

  Expected<void> wait_for(short events, Clock::time_point deadline);
  Expected<void> finish_connecting(Clock::time_point deadline);
  [[nodiscard]] Unexpected broken(int number) const;

  int descriptor_ = -1;
  std::string where_;
};

/// What the system says of an errno, as our messages begin: "connection refused".
std::string reason(int number);

}  // namespace mailtrust::net
