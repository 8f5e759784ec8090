#pragma once
// Takes a DNS message apart, octet by octet, within its bounds. RFC 1035 section 4.1, RFC 3597.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "dns/resolver.hpp"

namespace mailtrust::dns::wire {

/// A record as it stands in a message. `data` is the RDATA with names uncompressed for the types
/// whose shape we know (A, AAAA, NS, CNAME, PTR, DNAME, MX, SOA, SRV, TXT, SPF), raw for others.
struct RawRecord {
  Name owner;
  Type type = Type::a;
  std::uint16_t record_class = 0;
  std::uint32_t ttl = 0;  ///< as sent: an OPT record keeps its flags here
  std::string data;
};

/// Reads forward. What would leave the message, or has not the shape it should, spoils the reader:
/// everything after is zero or empty, and ok() is false for good. So one check at the end will do.
class Reader {
 public:
  explicit Reader(std::string_view message) : message_(message) {}

  [[nodiscard]] bool ok() const { return !spoiled_; }

  [[nodiscard]] bool at_end() const { return at_ == message_.size(); }

  /// Octets read so far.
  [[nodiscard]] std::size_t at() const { return at_; }

  /// The next octets as they are.
  std::string_view take(std::size_t size);

  std::uint16_t u16();
  std::uint32_t u32();

  /// A name, following compression pointers, which must lead backwards (RFC 1035 section 4.1.4).
  Name name();

  /// A whole record. With `check_shape` off the RDATA is skipped and `data` stays empty.
  RawRecord record(bool check_shape);

 private:
  void append_name(std::string& wire);
  std::string read_data(Type type, std::size_t size);
  std::string read_strings(std::size_t size);
  std::string read_fields(std::size_t before, int names, std::size_t after, std::size_t size);

  std::string_view message_;
  std::size_t at_ = 0;
  bool spoiled_ = false;
};

}  // namespace mailtrust::dns::wire
