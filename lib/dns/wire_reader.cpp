#include "dns/wire_reader.hpp"

namespace mailtrust::dns::wire {
namespace {

constexpr std::size_t kHeader = 12;

// A name has at most 127 labels, so no honest one needs more pointers. Without this bound a message
// made of pointers would take quadratic time.
constexpr int kMaxPointers = 127;

}  // namespace

std::string_view Reader::take(std::size_t size) {
  if (spoiled_ || size > message_.size() - at_) {
    spoiled_ = true;
    return {};
  }
  auto part = message_.substr(at_, size);
  at_ += size;
  return part;
}

std::uint16_t Reader::u16() {
  auto part = take(2);
  if (part.empty()) return 0;
  return static_cast<std::uint16_t>(static_cast<unsigned char>(part[0]) << 8 |
                                    static_cast<unsigned char>(part[1]));
}

std::uint32_t Reader::u32() {
  auto high = u16();
  return static_cast<std::uint32_t>(high) << 16 | u16();
}

Name Reader::name() {
  std::string wire;
  append_name(wire);
  if (spoiled_) return {};
  auto name = Name::from_wire(wire);
  spoiled_ = !name;
  return name.value_or(Name());
}

void Reader::append_name(std::string& wire) {
  const auto start = wire.size();
  auto at = at_;
  auto run = at_;  // where the labels being read began; a pointer must lead to before them
  int pointers = 0;
  while (!spoiled_) {
    spoiled_ = at >= message_.size();
    if (spoiled_) return;
    std::size_t length = static_cast<unsigned char>(message_[at]);
    if (length >= 0xc0) {
      if (pointers == 0) at_ = at + 2;
      spoiled_ = at + 1 >= message_.size() || ++pointers > kMaxPointers;
      if (spoiled_) return;
      auto target = (length & 0x3f) << 8 | static_cast<unsigned char>(message_[at + 1]);
      spoiled_ = target >= run || target < kHeader;
      at = run = target;
      continue;
    }
    spoiled_ = length > kMaxLabel || length >= message_.size() - at ||
               wire.size() - start + length + 1 > kMaxName;
    if (spoiled_) return;
    wire.append(message_, at, length + 1);
    at += length + 1;
    if (length == 0) break;
  }
  if (pointers == 0) at_ = at;
}

RawRecord Reader::record(bool check_shape) {
  RawRecord record;
  record.owner = name();
  record.type = static_cast<Type>(u16());
  record.record_class = u16();
  record.ttl = u32();
  auto size = u16();
  if (check_shape) {
    record.data = read_data(record.type, size);
  } else {
    take(size);
  }
  return record;
}

std::string Reader::read_data(Type type, std::size_t size) {
  switch (type) {
    case Type::a: return read_fields(4, 0, 0, size);
    case Type::aaaa: return read_fields(16, 0, 0, size);
    case Type::ns:
    case Type::cname:
    case Type::ptr:
    case Type::dname: return read_fields(0, 1, 0, size);
    case Type::mx: return read_fields(2, 1, 0, size);
    case Type::srv: return read_fields(6, 1, 0, size);
    case Type::soa: return read_fields(0, 2, 20, size);
    case Type::txt:
    case Type::spf: return read_strings(size);
    // RFC 3597 section 4: only the types of RFC 1035 may be compressed; others are kept as they
    // are.
    default: return std::string(take(size));
  }
}

// RFC 1035 section 3.3.14: one or more strings that fill the RDATA.
std::string Reader::read_strings(std::size_t size) {
  auto data = take(size);
  spoiled_ = spoiled_ || data.empty();
  for (auto rest = data; !rest.empty() && !spoiled_;) {
    auto length = static_cast<unsigned char>(rest[0]);
    spoiled_ = length >= rest.size();
    if (!spoiled_) rest.remove_prefix(length + 1U);
  }
  return std::string(data);
}

std::string Reader::read_fields(std::size_t before, int names, std::size_t after,
                                std::size_t size) {
  auto end = at_ + size;
  std::string data(take(before));
  for (int i = 0; i < names; ++i) append_name(data);
  data += take(after);
  spoiled_ = spoiled_ || at_ != end;
  return data;
}

}  // namespace mailtrust::dns::wire
