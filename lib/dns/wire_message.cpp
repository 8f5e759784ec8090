#include "dns/wire_message.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dns/wire.hpp"
#include "dns/wire_reader.hpp"

namespace mailtrust::dns::wire {
namespace {

// RFC 2181 section 8: with the top bit set it is to be taken as zero.
std::uint32_t sane_ttl(std::uint32_t ttl) {
  return ttl > 0x7fffffff ? 0 : ttl;
}

// The MINIMUM field is the last of the RDATA, whose length the reader has checked.
std::uint32_t soa_minimum(std::string_view data) {
  Reader reader(data.substr(data.size() - 4));
  return sane_ttl(reader.u32());
}

bool is_question(Reader& reader, const Question& question) {
  auto name = reader.name();
  auto type = static_cast<Type>(reader.u16());
  auto question_class = reader.u16();
  return reader.ok() && name == question.name && type == question.type &&
         question_class == kClassIn;
}

bool read_answers(Reader& reader, unsigned count, Message& message) {
  for (unsigned i = 0; i < count; ++i) {
    auto record = reader.record(true);
    if (!reader.ok() || record.record_class != kClassIn || record.type == Type::opt) return false;
    message.answers.push_back(
        {std::move(record.owner), record.type, sane_ttl(record.ttl), std::move(record.data)});
  }
  return true;
}

bool read_authority(Reader& reader, unsigned count, Message& message) {
  for (unsigned i = 0; i < count; ++i) {
    auto record = reader.record(true);
    if (!reader.ok() || record.record_class != kClassIn || record.type == Type::opt) return false;
    if (record.type == Type::ns) message.delegates = true;
    if (record.type != Type::soa) continue;
    // RFC 2308 section 5.
    auto ttl = std::min({sane_ttl(record.ttl), soa_minimum(record.data), kMaxNegativeTtl});
    message.soa = Soa{std::move(record.owner), ttl};
  }
  return true;
}

// RFC 6891 section 6.1.1: one OPT at most, owned by the root. Its TTL field starts with the upper
// bits of the rcode (section 6.1.3).
bool read_additional(Reader& reader, unsigned count, Message& message) {
  bool has_opt = false;
  for (unsigned i = 0; i < count; ++i) {
    auto record = reader.record(false);
    if (!reader.ok()) return false;
    if (record.type != Type::opt) continue;
    if (has_opt || !record.owner.is_root()) return false;
    has_opt = true;
    message.rcode |= record.ttl >> 24 << 4;
  }
  return reader.at_end();
}

}  // namespace

std::optional<Message> read_message(std::string_view octets, const Question& question) {
  Reader reader(octets);
  Message message;
  reader.u16();  // the id
  message.flags = reader.u16();
  message.rcode = message.flags & flag::kRcode;
  std::array<std::uint16_t, 4> counts{};
  for (auto& count : counts) count = reader.u16();
  if (!reader.ok() || !message.has(flag::kResponse) || message.has(flag::kOpcode))
    return std::nullopt;

  bool bare = counts == std::array<std::uint16_t, 4>{} && reader.at_end();
  if (bare && message.rcode == rcode::kFormErr) return message;

  if (counts[0] != 1 || !is_question(reader, question)) return std::nullopt;
  if (message.has(flag::kTruncated)) return message;
  if (!read_answers(reader, counts[1], message) || !read_authority(reader, counts[2], message) ||
      !read_additional(reader, counts[3], message))
    return std::nullopt;
  return message;
}

}  // namespace mailtrust::dns::wire
