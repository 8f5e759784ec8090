#include "dns/transfer.hpp"

#include <array>

#include "base/limits.hpp"
#include "dns/wire_message.hpp"

namespace mailtrust::dns {
namespace {

constexpr auto kAxfr = static_cast<Type>(252);
constexpr std::size_t kSoaTail = 20;  // five numbers after the two names

}  // namespace

std::optional<ZoneSoa> read_soa(std::string_view data) {
  if (data.size() < kSoaTail + 2) return std::nullopt;
  wire::Reader reader(data.substr(data.size() - kSoaTail));
  return ZoneSoa{reader.u32(), std::string(data)};
}

// RFC 5936 section 2.2: the question may be left out of all messages but the first.
Expected<void> Transfer::take(std::string_view message) {
  octets_ += message.size();
  if (octets_ > limits::kZoneTransfer) return broken("the transfer is larger than 256 MiB");
  wire::Reader reader(message);
  reader.take(4);
  std::array<std::uint16_t, 4> counts{};
  for (auto& count : counts) count = reader.u16();
  if (counts[0] > 1) return broken("the transfer has more than one question");
  if (counts[0] == 1) {
    auto name = reader.name();
    auto type = static_cast<Type>(reader.u16());
    auto record_class = reader.u16();
    bool same = name == zone_ && type == kAxfr && record_class == wire::kClassIn;
    if (!reader.ok() || !same) return broken("the transfer answers another question");
  }
  if (counts[1] == 0) return broken("a message of the transfer is empty");
  for (unsigned i = 0; i < counts[1]; ++i) {
    auto record = reader.record(true);
    if (!reader.ok()) return broken("the transfer holds a malformed record");
    if (auto done = take(record); !done) return done;
  }
  return {};
}

Expected<void> Transfer::take(const wire::RawRecord& record) {
  if (complete_) return broken("records follow after the end of the transfer");
  if (record.record_class != wire::kClassIn || !record.owner.is_within(zone_))
    return broken("the transfer holds a record of another zone");
  if (!begun_) return begin(record) ? Expected<void>() : broken("the transfer has no SOA record");
  if (record.type != Type::soa || record.owner != zone_) return visit_(record);
  complete_ = read_soa(record.data)->serial == soa_.serial;
  return complete_ ? Expected<void>() : broken("the zone changed while it was transferred");
}

bool Transfer::begin(const wire::RawRecord& record) {
  auto soa =
      record.type == Type::soa && record.owner == zone_ ? read_soa(record.data) : std::nullopt;
  begun_ = soa.has_value();
  if (soa) soa_ = *soa;
  return begun_;
}

Unexpected Transfer::broken(std::string_view why) const {
  return fail(Error::Kind::temporary, to_string(zone_), std::string(why));
}

}  // namespace mailtrust::dns
