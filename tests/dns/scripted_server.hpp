#pragma once
// A DNS server on loopback that says what a test tells it to: the truth, lies, nothing, too much.

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dns/message.hpp"
#include "dns/server.hpp"

namespace mailtrust::dns::test {

/// A query as it came.
struct Query {
  Question question;
  unsigned id = 0;
  bool tcp = false;
  bool edns = false;

  static Query read(const std::string& octets, bool tcp) {
    auto end = octets.find('\0', 12);
    auto at = [&](std::size_t i) {
      return static_cast<unsigned>(static_cast<unsigned char>(octets[i]));
    };
    auto type = static_cast<Type>(at(end + 1) << 8 | at(end + 2));
    auto name = Name::from_wire(std::string_view(octets).substr(12, end - 11));
    return {{*name, type}, at(0) << 8 | at(1), tcp, octets.size() > end + 5};
  }

  /// A message that answers it, to be filled.
  [[nodiscard]] Message reply() const { return Message(question); }
};

/// What goes back. Each message as it is; over TCP with its length in front.
struct Reply {
  std::vector<std::string> messages = {};
  std::chrono::milliseconds drip{0};   ///< TCP: this long between two octets
  std::chrono::milliseconds flood{0};  ///< UDP: junk for this long, before the messages
  bool close = false;                  ///< TCP: hang up
};

class ScriptedServer {
 public:
  using Script = std::function<Reply(const Query&)>;

  enum class Tcp { open, refused };

  explicit ScriptedServer(Script script, Tcp tcp = Tcp::open) : script_(std::move(script)) {
    // The port that the system gives for UDP may be taken for TCP: then another.
    do {
      if (udp_ >= 0) ::close(udp_);
      if (listener_ >= 0) ::close(listener_);
      udp_ = bound(SOCK_DGRAM, 0);
      server_.port = port_of(udp_);
      listener_ = bound(SOCK_STREAM, server_.port);
    } while (listener_ < 0);
    if (tcp == Tcp::open) ::listen(listener_, 16);
    server_.address = *net::Address::read("127.0.0.1");
    thread_ = std::thread([this] { run(); });
  }

  ~ScriptedServer() {
    stopping_ = true;
    thread_.join();
    ::close(udp_);
    ::close(listener_);
    for (auto& [descriptor, pending] : connections_) ::close(descriptor);
  }

  [[nodiscard]] const Server& server() const { return server_; }

  /// Queries received so far.
  [[nodiscard]] int asked() const { return asked_; }

 private:
  static int bound(int type, std::uint16_t port) {
    int descriptor = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
      return descriptor;
    ::close(descriptor);
    return -1;
  }

  static std::uint16_t port_of(int descriptor) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }

  void run() {
    while (!stopping_) {
      std::vector<pollfd> waiting{{udp_, POLLIN, 0}, {listener_, POLLIN, 0}};
      for (auto& [descriptor, pending] : connections_) waiting.push_back({descriptor, POLLIN, 0});
      ::poll(waiting.data(), waiting.size(), 10);
      if ((waiting[0].revents & POLLIN) != 0) answer_udp();
      if ((waiting[1].revents & POLLIN) != 0) connections_[::accept(listener_, nullptr, nullptr)];
      for (std::size_t i = 2; i < waiting.size(); ++i)
        if (waiting[i].revents != 0) read_tcp(waiting[i].fd);
    }
  }

  void answer_udp() {
    char buffer[4096];
    sockaddr_in from{};
    socklen_t size = sizeof from;
    auto got =
        ::recvfrom(udp_, buffer, sizeof buffer, 0, reinterpret_cast<sockaddr*>(&from), &size);
    if (got < 17) return;
    ++asked_;
    auto query = Query::read({buffer, static_cast<std::size_t>(got)}, false);
    auto reply = script_(query);
    auto send = [&](const std::string& message) {
      ::sendto(udp_, message.data(), message.size(), 0, reinterpret_cast<sockaddr*>(&from), size);
    };
    auto end = std::chrono::steady_clock::now() + reply.flood;
    auto junk = Message({name("junk.example"), Type::txt}).octets(query.id);
    while (!stopping_ && std::chrono::steady_clock::now() < end) {
      send(junk);
      send("");
      send("junk");
    }
    for (const auto& message : reply.messages) send(message);
  }

  void read_tcp(int descriptor) {
    auto& pending = connections_[descriptor];
    char buffer[4096];
    auto got = ::recv(descriptor, buffer, sizeof buffer, 0);
    if (got <= 0) return hang_up(descriptor);
    pending.append(buffer, static_cast<std::size_t>(got));
    while (pending.size() > 2) {
      auto size = static_cast<std::size_t>(static_cast<unsigned char>(pending[0])) << 8 |
                  static_cast<unsigned char>(pending[1]);
      if (pending.size() < size + 2) return;
      ++asked_;
      auto reply = script_(Query::read(pending.substr(2, size), true));
      pending.erase(0, size + 2);
      for (const auto& message : reply.messages)
        send_tcp(descriptor, u16(static_cast<unsigned>(message.size())) + message, reply.drip);
      if (reply.close) return hang_up(descriptor);
    }
  }

  void send_tcp(int descriptor, const std::string& octets, std::chrono::milliseconds drip) {
    auto piece = drip.count() > 0 ? 1 : octets.size();
    for (std::size_t at = 0; at < octets.size() && !stopping_;) {
      auto sent =
          ::send(descriptor, octets.data() + at, std::min(piece, octets.size() - at), MSG_NOSIGNAL);
      if (sent <= 0) return;
      at += static_cast<std::size_t>(sent);
      std::this_thread::sleep_for(drip);
    }
  }

  void hang_up(int descriptor) {
    ::close(descriptor);
    connections_.erase(descriptor);
  }

  Script script_;
  Server server_;
  int udp_ = -1;
  int listener_ = -1;
  std::map<int, std::string> connections_;  // and what was read of the next query
  std::atomic<int> asked_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace mailtrust::dns::test
