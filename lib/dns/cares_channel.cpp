#include "dns/cares_channel.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "base/once.hpp"
#include "dns/wire.hpp"

namespace mailtrust::dns {
namespace {

// With the default size, answers are lost when 200 arrive at once.
constexpr int kReceiveBuffer = 4 << 20;

// c-ares reads a socket until it is empty; a flood of junk would keep it there for ever.
constexpr int kReadsAtATime = 64;

constexpr int kOptions =
    ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB |
    ARES_OPT_EDNSPSZ
    // What is given here is not looked for in files and the environment.
    | ARES_OPT_SERVERS | ARES_OPT_DOMAINS | ARES_OPT_LOOKUPS | ARES_OPT_SORTLIST | ARES_OPT_NDOTS
#if ARES_VERSION >= 0x011f00
    | ARES_OPT_QUERY_CACHE  // off: the cache is ours
#endif
    ;

int flags_of(const CaresChannel::Settings& settings) {
  int flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES;
  if (settings.tcp) flags |= ARES_FLAG_USEVC;
  // Truncated answers come to us, and go to a channel of their own: when a server closes a TCP
  // connection, c-ares ends everything outstanding on the channel.
  if (settings.edns) flags |= ARES_FLAG_EDNS | ARES_FLAG_IGNTC;
  return flags;
}

Arrival::Kind kind_of(int status) {
  switch (status) {
    case ARES_SUCCESS:
    case ARES_EBADRESP: return Arrival::Kind::message;  // newer c-ares parses too
    case ARES_ETIMEOUT:
    case ARES_ECANCELLED:
    case ARES_EDESTRUCTION: return Arrival::Kind::silence;
    default: return Arrival::Kind::unreachable;
  }
}

// RFC 4007 section 11.2: a zone is an interface by name or by number.
std::uint32_t zone_index(const std::string& zone) {
  if (zone.empty()) return 0;
  if (auto index = parse_number<std::uint32_t>(zone)) return *index;
  return ::if_nametoindex(zone.c_str());
}

}  // namespace

struct CaresChannel::Ticket {
  CaresChannel* channel;
  Attempt attempt;
};

// The sockets of a channel. c-ares's own know no IPv6 zones and read without end.
struct SocketFunctions {
  static ares_socket_t open(int family, int type, int protocol, void* /*channel*/) {
    int descriptor = ::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    if (descriptor < 0) return ARES_SOCKET_BAD;
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof kReceiveBuffer);
    int on = 1;
    if (type == SOCK_STREAM) ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
  }

  static int close(ares_socket_t descriptor, void* /*channel*/) { return ::close(descriptor); }

  static int connect(ares_socket_t descriptor, const sockaddr* address, ares_socklen_t size,
                     void* data) {
    const auto& server = static_cast<CaresChannel*>(data)->settings_.server;
    sockaddr_in6 zoned{};
    if (server.zone.empty() || size != sizeof zoned) return ::connect(descriptor, address, size);
    std::memcpy(&zoned, address, sizeof zoned);
    zoned.sin6_scope_id = zone_index(server.zone);
    return ::connect(descriptor, reinterpret_cast<const sockaddr*>(&zoned), sizeof zoned);
  }

  static ares_ssize_t receive(ares_socket_t descriptor, void* buffer, size_t size, int flags,
                              sockaddr* from, ares_socklen_t* from_size, void* data) {
    auto& channel = *static_cast<CaresChannel*>(data);
    while (channel.reads_left_-- > 0) {
      auto got = ::recvfrom(descriptor, buffer, size, flags, from, from_size);
      // An empty datagram is junk; c-ares would take it for the end of the connection.
      if (got != 0 || channel.settings_.tcp) return got;
    }
    errno = EAGAIN;
    return -1;
  }

  static ares_ssize_t send(ares_socket_t descriptor, const iovec* parts, int count, void*) {
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(parts);
    message.msg_iovlen = static_cast<std::size_t>(count);
    return ::sendmsg(descriptor, &message, MSG_NOSIGNAL);
  }

  static void watch(void* data, ares_socket_t descriptor, int readable, int writable) noexcept {
    auto& channel = *static_cast<CaresChannel*>(data);
    try {
      channel.poller_.watch(descriptor, readable != 0, writable != 0, channel);
    } catch (...) {
      // No memory: what was sent on it ends by the clock.
    }
  }

  static constexpr ares_socket_functions kTable{open, close, connect, receive, send};
};

CaresChannel::CaresChannel(const Settings& settings, Poller& poller, std::vector<Arrival>& arrivals)
    : settings_(settings), poller_(poller), arrivals_(arrivals) {
  static Once once;
  once.run([] { ares_library_init(ARES_LIB_INIT_ALL); });

  char lookups[] = "b";
  in_addr nowhere{};
  ares_options options{};
  options.flags = flags_of(settings);
  options.timeout = static_cast<int>(settings.timeout.count());
  options.tries = 1;
  options.ednspsz = limits::kEdnsSize;
  options.ndots = 1;
  options.lookups = lookups;
  options.servers = &nowhere;
  options.nservers = 1;
  options.sock_state_cb = SocketFunctions::watch;
  options.sock_state_cb_data = this;
  if (ares_init_options(&channel_, &options, kOptions) != ARES_SUCCESS) {
    channel_ = nullptr;
    return;
  }
  ares_set_socket_functions(channel_, &SocketFunctions::kTable, this);
  set_server(settings.server);
}

CaresChannel::~CaresChannel() {
  if (channel_ != nullptr) ares_destroy(channel_);
}

void CaresChannel::set_server(const Server& server) {
  ares_addr_port_node node{};
  node.family = server.address.is_v4() ? AF_INET : AF_INET6;
  std::ranges::copy(server.address.octets(), reinterpret_cast<std::uint8_t*>(&node.addr));
  node.udp_port = node.tcp_port = server.port;
  ares_set_servers_ports(channel_, &node);
}

void CaresChannel::send(const std::string& query, Attempt attempt) {
  if (channel_ == nullptr) {
    arrivals_.push_back({std::move(attempt), Arrival::Kind::unreachable, {}});
    return;
  }
  ++outstanding_;
  ++sent_;
  reads_left_ = kReadsAtATime;
  auto ticket = std::make_unique<Ticket>(Ticket{this, std::move(attempt)});
  ares_send(channel_, reinterpret_cast<const unsigned char*>(query.data()),
            static_cast<int>(query.size()), arrived, ticket.release());
}

// Called by c-ares, maybe inside ares_send: nothing may be asked of the channel in here.
void CaresChannel::arrived(void* argument, int status, int /*timeouts*/, unsigned char* octets,
                           int size) noexcept {
  std::unique_ptr<Ticket> ticket(static_cast<Ticket*>(argument));
  auto& channel = *ticket->channel;
  --channel.outstanding_;
  try {
    Arrival arrival{std::move(ticket->attempt), kind_of(status), {}};
    if (octets != nullptr && status == ARES_SUCCESS)
      arrival.octets.assign(reinterpret_cast<const char*>(octets), static_cast<std::size_t>(size));
    channel.arrivals_.push_back(std::move(arrival));
  } catch (...) {
    // No memory to keep it: the errand ends by the clock.
  }
}

void CaresChannel::ready(int descriptor, bool readable, bool writable) {
  reads_left_ = kReadsAtATime;
  ares_process_fd(channel_, readable ? descriptor : ARES_SOCKET_BAD,
                  writable ? descriptor : ARES_SOCKET_BAD);
}

void CaresChannel::tick() {
  if (channel_ != nullptr) ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

}  // namespace mailtrust::dns
