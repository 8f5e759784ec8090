#include "dns/tcp_stream.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ascii.hpp"

namespace mailtrust::dns {
namespace {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

SocketAddress socket_address(const Server& server) {
  SocketAddress out;
  auto octets = server.address.octets();
  if (server.address.is_v4()) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.port);
    std::memcpy(&address.sin_addr, octets.data(), octets.size());
    std::memcpy(&out.storage, &address, out.size = sizeof address);
  } else {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(server.port);
    address.sin6_scope_id = server.zone.empty() ? 0 : ::if_nametoindex(server.zone.c_str());
    std::memcpy(&address.sin6_addr, octets.data(), octets.size());
    std::memcpy(&out.storage, &address, out.size = sizeof address);
  }
  return out;
}

std::string reason(int number) {
  std::array<char, 128> text{};
  std::string said = ::strerror_r(number, text.data(), text.size());
  if (!said.empty()) said[0] = ascii::lower(said[0]);
  return said;
}

}  // namespace

TcpStream::TcpStream(TcpStream&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), where_(std::move(other.where_)) {}

TcpStream& TcpStream::operator=(TcpStream&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(where_, other.where_);
  return *this;
}

TcpStream::~TcpStream() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Expected<TcpStream> TcpStream::connect(const Server& server, Clock::time_point deadline) {
  auto address = socket_address(server);
  auto descriptor =
      ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  TcpStream stream(descriptor, to_string(server));
  if (descriptor < 0) return stream.broken(errno);
  int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address.storage);
  bool failed = ::connect(descriptor, generic, address.size) != 0;
  if (failed && errno != EINPROGRESS) return stream.broken(errno);
  if (auto done = stream.finish_connecting(deadline); !done) return fail(done.error());
  return stream;
}

Expected<void> TcpStream::finish_connecting(Clock::time_point deadline) {
  if (auto ready = wait_for(POLLOUT, deadline); !ready) return ready;
  int number = 0;
  socklen_t size = sizeof number;
  ::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &number, &size);
  if (number != 0) return broken(number);
  return {};
}

Expected<void> TcpStream::send(std::string_view message, Clock::time_point deadline) {
  std::string framed{static_cast<char>(message.size() >> 8),
                     static_cast<char>(message.size() & 0xff)};
  framed += message;
  for (std::string_view rest = framed; !rest.empty();) {
    auto sent = ::send(descriptor_, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      rest.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EINTR) {
      if (auto ready = wait_for(POLLOUT, deadline); !ready) return ready;
    } else {
      return broken(errno);
    }
  }
  return {};
}

Expected<std::string> TcpStream::receive(Clock::time_point deadline) {
  std::array<char, 2> length{};
  if (auto done = fill(length.data(), length.size(), deadline); !done) return fail(done.error());
  auto size = static_cast<std::size_t>(static_cast<unsigned char>(length[0])) << 8 |
              static_cast<unsigned char>(length[1]);
  std::string message(size, '\0');
  if (auto done = fill(message.data(), size, deadline); !done) return fail(done.error());
  return message;
}

Expected<void> TcpStream::fill(char* begin, std::size_t size, Clock::time_point deadline) {
  while (size > 0) {
    // Looked at first, so that a flood of small pieces cannot outlast the deadline.
    if (auto ready = wait_for(POLLIN, deadline); !ready) return ready;
    auto got = ::recv(descriptor_, begin, size, 0);
    if (got == 0)
      return fail(Error::Kind::temporary, where_, "closed the connection before it had answered");
    if (got < 0 && errno != EAGAIN && errno != EINTR) return broken(errno);
    if (got < 0) continue;
    begin += got;
    size -= static_cast<std::size_t>(got);
  }
  return {};
}

Expected<void> TcpStream::wait_for(short events, Clock::time_point deadline) {
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

Unexpected TcpStream::broken(int number) const {
  return fail(Error::Kind::temporary, where_, reason(number));
}

}  // namespace mailtrust::dns
