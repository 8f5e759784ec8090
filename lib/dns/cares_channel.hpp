#pragma once
// One way to one server through c-ares, which draws and matches ids and sources, and frames TCP.
// When to send, to whom and what to make of the answer is decided elsewhere (dns/dispatcher.hpp).

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Newer versions deprecate what 1.18 has no other name for.
#define CARES_NO_DEPRECATED
#include <ares.h>

#include "dns/poller.hpp"
#include "dns/server.hpp"

namespace mailtrust::dns {

struct Errand;

/// One message sent for an errand.
struct Attempt {
  std::shared_ptr<Errand> errand;
  std::size_t server = 0;  ///< index
  std::size_t leg = 0;     ///< which question of the errand: it has one for each alias asked for
  bool tcp = false;
  bool edns = true;
};

/// How an attempt ended. Each ends once.
struct Arrival {
  enum class Kind {
    message,      ///< `octets` came from the server; nothing but id and source is checked
    silence,      ///< c-ares gave up waiting, or the channel was closed
    unreachable,  ///< no descriptor, no route, refused, connection closed
  };

  Attempt attempt;
  Kind kind = Kind::silence;
  std::string octets;
};

/// For one thread.
class CaresChannel : public Poller::Handler {
 public:
  struct Settings {
    Server server;
    bool tcp = false;
    bool edns = true;
    std::chrono::milliseconds timeout{5000};  ///< after which c-ares forgets a message
  };

  /// `poller` and `arrivals` must outlive the channel.
  CaresChannel(const Settings& settings, Poller& poller, std::vector<Arrival>& arrivals);
  CaresChannel(const CaresChannel&) = delete;
  CaresChannel& operator=(const CaresChannel&) = delete;
  ~CaresChannel() override;  ///< what is outstanding arrives as silence

  /// Sends a query. The arrival may be there before this returns.
  void send(const std::string& query, Attempt attempt);

  void ready(int descriptor, bool readable, bool writable) override;

  /// Lets c-ares look at the clock. To be called now and then.
  void tick();

  /// Messages sent that have not arrived yet.
  [[nodiscard]] std::size_t outstanding() const { return outstanding_; }

  /// Messages sent so far.
  [[nodiscard]] std::size_t sent() const { return sent_; }

 private:
  struct Ticket;

  static void arrived(void* argument, int status, int timeouts, unsigned char* octets,
                      int size) noexcept;
  void set_server(const Server& server);

  Settings settings_;
  Poller& poller_;
  std::vector<Arrival>& arrivals_;
  ares_channel channel_ = nullptr;
  std::size_t outstanding_ = 0;
  std::size_t sent_ = 0;
  int reads_left_ = 0;  // datagrams that may still be read before others get their turn

  friend struct SocketFunctions;
};

}  // namespace mailtrust::dns
