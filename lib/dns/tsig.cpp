#include "dns/tsig.hpp"

#include <array>
#include <cstdlib>
#include <utility>

#include "dns/tsig_mac.hpp"
#include "dns/wire_reader.hpp"
#include "dns/wire_writer.hpp"

namespace mailtrust::dns {

/// RFC 8945 section 4.2.
struct TsigRecord {
  std::size_t begin = 0;  ///< where in the message the record starts
  Name key;
  Name algorithm;
  std::int64_t time = 0;
  std::uint16_t fudge = 0;
  std::string mac;
  std::uint16_t original_id = 0;
  std::uint16_t error = 0;
  std::string other;
};

namespace {

constexpr auto kTsig = static_cast<Type>(250);
constexpr std::uint16_t kClassAny = 255;
constexpr std::size_t kAdditionalCount = 10;  // where the header has it

// RFC 8945 section 3.
constexpr std::uint16_t kBadSig = 16;
constexpr std::uint16_t kBadKey = 17;
constexpr std::uint16_t kBadTime = 18;

Name algorithm_name(const TsigKey& key) {
  return Name::read(to_string(key.algorithm)).value_or(Name());
}

void append_time(std::string& out, std::int64_t time) {
  wire::append_u16(out, static_cast<std::uint16_t>(time >> 32 & 0xffff));
  wire::append_u32(out, static_cast<std::uint32_t>(time & 0xffffffff));
}

std::int64_t read_time(wire::Reader& reader) {
  auto high = static_cast<std::int64_t>(reader.u16());
  return high << 32 | reader.u32();
}

// RFC 8945 section 4.3.3: names in canonical form, which is lower case.
std::string variables(const TsigRecord& record) {
  std::string out(record.key.lowered().wire());
  wire::append_u16(out, kClassAny);
  wire::append_u32(out, 0);
  out += record.algorithm.lowered().wire();
  append_time(out, record.time);
  wire::append_u16(out, record.fudge);
  wire::append_u16(out, record.error);
  wire::append_u16(out, static_cast<std::uint16_t>(record.other.size()));
  return out + record.other;
}

std::string timers(const TsigRecord& record) {
  std::string out;
  append_time(out, record.time);
  wire::append_u16(out, record.fudge);
  return out;
}

std::string with_length(std::string_view mac) {
  std::string out;
  wire::append_u16(out, static_cast<std::uint16_t>(mac.size()));
  return out.append(mac);
}

std::string rdata(const TsigRecord& record) {
  std::string out(record.algorithm.wire());
  append_time(out, record.time);
  wire::append_u16(out, record.fudge);
  out += with_length(record.mac);
  wire::append_u16(out, record.original_id);
  wire::append_u16(out, record.error);
  return out + with_length(record.other);
}

std::uint16_t additional_count(std::string_view message) {
  wire::Reader reader(message.substr(kAdditionalCount));
  return reader.u16();
}

void set_u16(std::string& message, std::size_t at, std::uint16_t value) {
  std::string octets;
  wire::append_u16(octets, value);
  message.replace(at, octets.size(), octets);
}

bool read_rdata(std::string_view data, TsigRecord& record) {
  wire::Reader reader(data);
  record.algorithm = reader.name();
  record.time = read_time(reader);
  record.fudge = reader.u16();
  record.mac = reader.take(reader.u16());
  record.original_id = reader.u16();
  record.error = reader.u16();
  record.other = reader.take(reader.u16());
  return reader.ok() && reader.at_end();
}

struct Found {
  bool is_message = false;
  std::optional<TsigRecord> record;
};

// RFC 8945 section 5.1: the last record of the additional section, or it is none.
Found find_record(std::string_view message) {
  wire::Reader reader(message);
  reader.take(4);
  std::array<std::uint16_t, 4> counts{};
  for (auto& count : counts) count = reader.u16();
  for (unsigned i = 0; i < counts[0] && reader.ok(); ++i) {
    reader.name();
    reader.take(4);
  }
  Found found;
  unsigned left = counts[1] + 0U + counts[2] + counts[3];
  for (; left > 0 && reader.ok(); --left) {
    auto begin = reader.at();
    bool may_sign = left == 1 && counts[3] > 0;
    auto record = wire::Reader(reader).record(false);
    bool is_tsig = record.type == kTsig;
    if (is_tsig && !may_sign) return {};
    record = reader.record(is_tsig);
    if (!is_tsig) continue;
    found.record.emplace();
    found.record->begin = begin;
    found.record->key = std::move(record.owner);
    if (record.record_class != kClassAny || !read_rdata(record.data, *found.record)) return {};
  }
  found.is_message = reader.ok() && reader.at_end();
  return found;
}

}  // namespace

void TsigDialogue::sign(std::string& message, std::int64_t now) {
  TsigRecord record;
  record.key = key_.name;
  record.algorithm = algorithm_name(key_);
  record.time = now;
  record.fudge = kTsigFudge;
  record.original_id = wire::Reader(message).u16();
  record.mac = tsig_mac(key_, message + variables(record));
  mac_ = record.mac;
  pending_.clear();
  is_first_ = true;
  unsigned_ = 0;

  set_u16(message, kAdditionalCount, static_cast<std::uint16_t>(additional_count(message) + 1));
  message += record.key.wire();
  wire::append_u16(message, static_cast<std::uint16_t>(kTsig));
  wire::append_u16(message, kClassAny);
  wire::append_u32(message, 0);
  message += with_length(rdata(record));
}

TsigCheck TsigDialogue::verify(std::string_view message, std::int64_t now) {
  auto found = find_record(message);
  if (!found.is_message) return {TsigState::malformed};
  if (found.record) return judge(*found.record, message, now);
  if (is_first_) return {TsigState::absent};
  pending_ += message;
  if (++unsigned_ > kMostUnsigned) return {TsigState::bad_signature};
  return {TsigState::absent};
}

std::string TsigDialogue::signed_octets(const TsigRecord& record, std::string_view message) const {
  std::string plain(message.substr(0, record.begin));
  set_u16(plain, 0, record.original_id);
  set_u16(plain, kAdditionalCount, static_cast<std::uint16_t>(additional_count(message) - 1));
  return with_length(mac_) + pending_ + plain + (is_first_ ? variables(record) : timers(record));
}

TsigCheck TsigDialogue::judge(const TsigRecord& record, std::string_view message,
                              std::int64_t now) {
  if (record.error == kBadKey) return {TsigState::bad_key, true};
  if (record.error == kBadSig) return {TsigState::bad_signature, true};
  if (record.key != key_.name || record.algorithm != algorithm_name(key_))
    return {TsigState::bad_key};
  auto expected = tsig_mac(key_, signed_octets(record, message));
  if (expected.empty() || !same_mac(expected, record.mac)) return {TsigState::bad_signature};
  if (record.error == kBadTime) {
    wire::Reader other(record.other);
    return {TsigState::bad_time, true, read_time(other) - now};
  }
  if (std::abs(record.time - now) > kTsigFudge)
    return {TsigState::bad_time, false, record.time - now};
  mac_ = record.mac;
  pending_.clear();
  is_first_ = false;
  unsigned_ = 0;
  return {TsigState::good};
}

}  // namespace mailtrust::dns
