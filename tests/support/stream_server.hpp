#pragma once
// A TCP server on loopback that does what a test tells it to: for web and whois servers that
// answer, lie, stall or hang up.

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mailtrust::test {

/// One accepted connection, as a script sees it. Scripts that wait or write for ever end when the
/// client hangs up or the server is stopped.
class Conversation {
 public:
  Conversation(int descriptor, const std::atomic<bool>& stopping)
      : descriptor_(descriptor), stopping_(stopping) {}

  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  virtual ~Conversation() { ::close(descriptor_); }

  /// Up to and with `end`; empty when the client is gone.
  std::string read_until(std::string_view end) {
    while (true) {
      if (auto at = pending_.find(end); at != std::string::npos) {
        auto out = pending_.substr(0, at + end.size());
        pending_.erase(0, out.size());
        return out;
      }
      std::array<char, 4096> buffer{};
      auto got = wait_for(POLLIN) ? receive(buffer.data(), buffer.size()) : 0;
      if (got <= 0) return {};
      pending_.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }

  /// False when the client is gone.
  bool write(std::string_view octets) {
    while (!octets.empty()) {
      auto sent = wait_for(POLLOUT) ? transmit(octets.data(), octets.size()) : 0;
      if (sent <= 0) return false;
      octets.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// False when the client hung up, or the test is over.
  bool sleep(std::chrono::milliseconds time) {
    auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      if (stopping_) return false;
    }
    return true;
  }

  /// Ends with a reset instead of an orderly close.
  void reset() {
    linger now{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  }

 protected:
  virtual ssize_t receive(char* begin, std::size_t size) {
    return ::recv(descriptor_, begin, size, 0);
  }

  virtual ssize_t transmit(const char* begin, std::size_t size) {
    return ::send(descriptor_, begin, size, MSG_NOSIGNAL | MSG_DONTWAIT);
  }

  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  bool wait_for(short events) {
    while (!stopping_) {
      pollfd one{descriptor_, events, 0};
      if (::poll(&one, 1, 10) > 0) return true;
    }
    return false;
  }

  int descriptor_;
  const std::atomic<bool>& stopping_;
  std::string pending_;
};

class StreamServer {
 public:
  using Script = std::function<void(Conversation&)>;
  using Wrap = std::function<std::unique_ptr<Conversation>(int, const std::atomic<bool>&)>;

  /// Each connection runs the script on a thread of its own. `wrap` may put TLS around it; where it
  /// returns nothing the connection is over.
  explicit StreamServer(Script script, Wrap wrap = plain)
      : script_(std::move(script)), wrap_(std::move(wrap)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    ::bind(listener_, generic, size);
    ::getsockname(listener_, generic, &size);
    port_ = ntohs(address.sin_port);
    ::listen(listener_, 128);
    thread_ = std::thread([this] { run(); });
  }

  StreamServer(const StreamServer&) = delete;
  StreamServer& operator=(const StreamServer&) = delete;

  ~StreamServer() {
    stopping_ = true;
    thread_.join();
    for (auto& conversation : conversations_) conversation.join();
    ::close(listener_);
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// Connections accepted so far.
  [[nodiscard]] int accepted() const { return accepted_; }

 private:
  static std::unique_ptr<Conversation> plain(int descriptor, const std::atomic<bool>& stopping) {
    return std::make_unique<Conversation>(descriptor, stopping);
  }

  void run() {
    while (!stopping_) {
      pollfd one{listener_, POLLIN, 0};
      if (::poll(&one, 1, 10) <= 0) continue;
      int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (descriptor < 0) continue;
      ++accepted_;
      conversations_.emplace_back([this, descriptor] {
        if (auto conversation = wrap_(descriptor, stopping_)) script_(*conversation);
      });
    }
  }

  Script script_;
  Wrap wrap_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> accepted_ = 0;
  std::list<std::thread> conversations_;
  std::thread thread_;
};

/// A port on loopback where nobody listens.
inline std::uint16_t closed_port() {
  int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(descriptor);
  return ntohs(address.sin_port);
}

}  // namespace mailtrust::test
