#include "dns/tcp_stream.hpp"

#include <array>

namespace mailtrust::dns {

Expected<TcpStream> TcpStream::connect(const Server& server, Clock::time_point deadline) {
  auto connection = net::TcpConnection::connect({server.address, server.port, server.zone},
                                                to_string(server), deadline);
  if (!connection) return fail(connection.error());
  return TcpStream(std::move(*connection));
}

Expected<void> TcpStream::send(std::string_view message, Clock::time_point deadline) {
  std::string framed{static_cast<char>(message.size() >> 8),
                     static_cast<char>(message.size() & 0xff)};
  framed += message;
  return connection_.write(framed, deadline);
}

Expected<std::string> TcpStream::receive(Clock::time_point deadline) {
  std::array<char, 2> length{};
  if (auto done = fill(length, deadline); !done) return fail(done.error());
  auto size = static_cast<std::size_t>(static_cast<unsigned char>(length[0])) << 8 |
              static_cast<unsigned char>(length[1]);
  std::string message(size, '\0');
  if (auto done = fill(message, deadline); !done) return fail(done.error());
  return message;
}

Expected<void> TcpStream::fill(std::span<char> rest, Clock::time_point deadline) {
  while (!rest.empty()) {
    auto got = connection_.read(rest, deadline);
    if (!got) return fail(got.error());
    if (*got == 0)
      return fail(Error::Kind::temporary, connection_.where(),
                  "closed the connection before it had answered");
    rest = rest.subspan(*got);
  }
  return {};
}

}  // namespace mailtrust::dns
