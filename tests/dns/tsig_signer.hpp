#pragma once
// The server's side of TSIG, by the letter of RFC 8945 and apart from what is tested.

#include <cstdint>
#include <string>

#include "dns/message.hpp"
#include "dns/tsig_mac.hpp"

namespace mailtrust::dns::test {

inline constexpr auto kTsigType = static_cast<Type>(250);

inline std::string u48(std::int64_t value) {
  return u16(static_cast<unsigned>(value >> 32)) + u32(static_cast<std::uint32_t>(value));
}

/// The answer, but for its signature.
struct Signature {
  std::int64_t time = 0;
  unsigned error = 0;
  std::string other = {};
  std::string key = "key.example";
  std::string algorithm = "hmac-sha256";
  std::string mac = "right";  ///< else these octets
};

/// Signs one answer, or one message of it after the other.
class TsigSigner {
 public:
  TsigSigner(TsigKey key, std::string request_mac)
      : key_(std::move(key)), prior_(std::move(request_mac)) {}

  std::string sign(std::string message, const Signature& how) {
    auto tail = octets_of(how.algorithm) + u48(how.time) + u16(300);
    auto variables = octets_of(how.key) + u16(255) + u32(0) + tail + u16(how.error) +
                     u16(static_cast<unsigned>(how.other.size())) + how.other;
    auto octets = u16(static_cast<unsigned>(prior_.size())) + prior_ + unsigned_ + message +
                  (first_ ? variables : u48(how.time) + u16(300));
    auto mac = how.mac == "right" ? tsig_mac(key_, octets) : how.mac;
    prior_ = mac;
    first_ = false;
    unsigned_.clear();
    auto data = tail + u16(static_cast<unsigned>(mac.size())) + mac + message.substr(0, 2) +
                u16(how.error) + u16(static_cast<unsigned>(how.other.size())) + how.other;
    message[11] = static_cast<char>(message[11] + 1);
    return message + record(octets_of(how.key), kTsigType, data, 0, 255);
  }

  /// A message of a transfer that goes out without a signature.
  std::string leave(std::string message) {
    unsigned_ += message;
    return message;
  }

 private:
  TsigKey key_;
  std::string prior_;
  std::string unsigned_;
  bool first_ = true;
};

}  // namespace mailtrust::dns::test
