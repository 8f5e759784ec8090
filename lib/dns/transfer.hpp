#pragma once
// The messages of a zone transfer, read one after the other. RFC 5936.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "dns/name.hpp"
#include "dns/wire_reader.hpp"

namespace mailtrust::dns {

/// The record that says which version of a zone this is. RFC 1035 section 3.3.13.
struct ZoneSoa {
  std::uint32_t serial = 0;
  std::string data;  ///< its RDATA, names uncompressed
};

/// Nothing when the RDATA has not the shape of a SOA's.
std::optional<ZoneSoa> read_soa(std::string_view data);

class Transfer {
 public:
  /// Is given each record between the first SOA and the last; an Error ends the transfer.
  using Visit = std::function<Expected<void>(const wire::RawRecord&)>;

  Transfer(Name zone, Visit visit) : zone_(std::move(zone)), visit_(std::move(visit)) {}

  /// Takes the next message, whose header and signature are good. Error of kind temporary, `where`
  /// the zone: what came is no transfer of it, or over limits::kZoneTransfer.
  Expected<void> take(std::string_view message);

  /// Has the closing SOA come?
  [[nodiscard]] bool is_complete() const { return complete_; }

  /// Of the first record; only once take() was fine.
  [[nodiscard]] const ZoneSoa& soa() const { return soa_; }

 private:
  Expected<void> take(const wire::RawRecord& record);
  bool begin(const wire::RawRecord& record);
  [[nodiscard]] Unexpected broken(std::string_view why) const;

  Name zone_;
  Visit visit_;
  ZoneSoa soa_;
  std::size_t octets_ = 0;
  bool begun_ = false;
  bool complete_ = false;
};

}  // namespace mailtrust::dns
