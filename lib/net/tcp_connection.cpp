#include "net/tcp_connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <unistd.h>

#include "base/ascii.hpp"

namespace mailtrust::net {

std::string reason(int number) {
  std::array<char, 128> text{};
  std::string said = ::strerror_r(number, text.data(), text.size());
  if (!said.empty()) said[0] = ascii::lower(said[0]);
  return said;
}

TcpConnection::TcpConnection(TcpConnection&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), where_(std::move(other.where_)) {}

TcpConnection& TcpConnection::operator=(TcpConnection&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(where_, other.where_);
  return *this;
}

TcpConnection::~TcpConnection() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Expected<TcpConnection> TcpConnection::connect(const Endpoint& endpoint, std::string where,
                                               Clock::time_point deadline) {
  auto address = to_socket_address(endpoint);
  auto descriptor =
      ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  TcpConnection connection(descriptor, std::move(where));
  if (descriptor < 0) return connection.broken(errno);
  int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  bool failed = ::connect(descriptor, address.generic(), address.size) != 0;
  if (failed && errno != EINPROGRESS) return connection.broken(errno);
  if (auto done = connection.finish_connecting(deadline); !done) return fail(done.error());
  return connection;
}

Expected<void> TcpConnection::finish_connecting(Clock::time_point deadline) {
  if (auto ready = wait_for(POLLOUT, deadline); !ready) return ready;
  int number = 0;
  socklen_t size = sizeof number;
  ::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &number, &size);
  if (number != 0) return broken(number);
  return {};
}

Expected<void> TcpConnection::write(std::string_view octets, Clock::time_point deadline) {
  while (!octets.empty()) {
    auto sent = ::send(descriptor_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      octets.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EINTR) {
      if (auto ready = wait_for(POLLOUT, deadline); !ready) return ready;
    } else {
      return broken(errno);
    }
  }
  return {};
}

Expected<std::size_t> TcpConnection::read(std::span<char> buffer, Clock::time_point deadline) {
  while (true) {
    // Looked at first, so that a flood of small pieces cannot outlast the deadline.
    if (auto ready = wait_for(POLLIN, deadline); !ready) return fail(ready.error());
    auto got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EAGAIN && errno != EINTR) return broken(errno);
  }
}

Expected<void> TcpConnection::wait_for(short events, Clock::time_point deadline) {
  while (true) {
    auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd one{descriptor_, events, 0};
    auto ready = left > 0 ? ::poll(&one, 1, static_cast<int>(std::min<long>(left, 1 << 30))) : 0;
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return broken(errno);
    if (ready == 0 && left <= 0)
      return fail(Error::Kind::temporary, where_, "no answer in time (--timeout)");
  }
}

Unexpected TcpConnection::broken(int number) const {
  return fail(Error::Kind::temporary, where_, reason(number));
}

}  // namespace mailtrust::net
