#pragma once
// The primary server of a zone: asked which version it has, for all of it, and to change it. Over
// TCP, every request signed by TSIG, and nothing believed that is not. RFC 2136, RFC 5936,
// RFC 8945.
//
// Errors are of kind input where the server said no (it knows the key or the zone otherwise than we
// do, or refuses), temporary where it is not known what it would say.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "dns/primary_words.hpp"
#include "dns/server.hpp"
#include "dns/tcp_stream.hpp"
#include "dns/transfer.hpp"
#include "dns/tsig.hpp"
#include "dns/wire_writer.hpp"

namespace mailtrust::dns {

class Primary {
 public:
  using Seconds = std::function<std::int64_t()>;

  /// `timeout` bounds each exchange, of a transfer each message. limits::kTimeoutsPerInput as long
  /// may pass from here to the first update that is done, and from each to the next: then
  /// everything ends in an Error. `now` is the time that is signed, in Unix seconds.
  Primary(Server server, Name zone, TsigKey key, std::chrono::milliseconds timeout, Seconds now);

  [[nodiscard]] const Name& zone() const { return zone_; }

  Expected<ZoneSoa> soa();

  /// All records but the SOA, in the order of the server. The records count for nothing when the
  /// transfer ends in an Error.
  Expected<ZoneSoa> transfer(const Transfer::Visit& visit);

  /// An update that happens only if the zone's version is still this one: all of it or nothing.
  /// What is to change goes into Section::authority.
  [[nodiscard]] wire::Writer begin_update(const ZoneSoa& version) const;

  enum class Update : std::uint8_t {
    done,
    moved,  ///< nothing was changed: the zone has another version by now
  };

  /// Sends it. It may have been done even where this ends in an Error of kind temporary.
  Expected<Update> update(const wire::Writer& message);

 private:
  struct Answer {
    unsigned rcode = 0;
    std::string message;
  };

  Expected<Answer> ask(std::string message);
  Expected<std::string> send_and_receive(std::string_view message,
                                         TcpStream::Clock::time_point deadline);
  [[nodiscard]] TcpStream::Clock::time_point end_of_exchange() const;
  Expected<void> connect(TcpStream::Clock::time_point deadline);
  Expected<unsigned> believe(std::string_view request, std::string_view message,
                             TsigDialogue& dialogue) const;
  Expected<void> receive_all(std::string_view request, std::string message, TsigDialogue& dialogue,
                             Transfer& transfer);
  [[nodiscard]] wire::Writer begin(Type type, std::uint16_t flags) const;

  Server server_;
  Name zone_;
  TsigKey key_;
  std::chrono::milliseconds timeout_;
  Seconds now_;
  TcpStream::Clock::time_point deadline_;  ///< of all that comes before the next update
  PrimaryWords words_;
  std::optional<TcpStream> stream_;
};

}  // namespace mailtrust::dns
