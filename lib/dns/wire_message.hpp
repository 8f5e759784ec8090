#pragma once
// The structure of a DNS message: what it holds, not yet what that means. RFC 1035 section 4.1,
// RFC 6891 section 6.1, RFC 2181.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dns/resolver.hpp"

namespace mailtrust::dns::wire {

inline constexpr std::uint16_t kClassIn = 1;

/// The flag word of the header. RFC 1035 section 4.1.1, RFC 4035 section 3.2.3 (AD).
namespace flag {
inline constexpr std::uint16_t kResponse = 0x8000;
inline constexpr std::uint16_t kOpcode = 0x7800;
inline constexpr std::uint16_t kAuthoritative = 0x0400;
inline constexpr std::uint16_t kTruncated = 0x0200;
inline constexpr std::uint16_t kRecursionDesired = 0x0100;
inline constexpr std::uint16_t kAuthentic = 0x0020;
inline constexpr std::uint16_t kRcode = 0x000f;
}  // namespace flag

/// RFC 1035 section 4.1.1, RFC 6891 section 9.
namespace rcode {
inline constexpr unsigned kNoError = 0;
inline constexpr unsigned kFormErr = 1;
inline constexpr unsigned kServFail = 2;
inline constexpr unsigned kNxDomain = 3;
inline constexpr unsigned kNotImp = 4;
inline constexpr unsigned kRefused = 5;
inline constexpr unsigned kBadVers = 16;
}  // namespace rcode

struct Soa {
  Name owner;
  std::uint32_t ttl = 0;  ///< seconds a negative answer may be kept, RFC 2308 section 5
};

/// What of a response matters for an answer.
struct Message {
  std::uint16_t flags = 0;
  unsigned rcode = 0;           ///< extended by OPT
  std::vector<Record> answers;  ///< class IN, shapes checked, in order; empty when truncated
  std::optional<Soa> soa;       ///< of the authority section
  bool delegates = false;       ///< there are NS records in the authority section

  [[nodiscard]] bool has(std::uint16_t mask) const { return (flags & mask) != 0; }
};

/// Nothing unless `octets` are a response to a standard query that repeats exactly `question` and
/// hold what their counts say and no more. A FORMERR of nothing but a header is let pass: that is
/// what servers which cannot read OPT send. A truncated message is read up to the question.
std::optional<Message> read_message(std::string_view octets, const Question& question);

}  // namespace mailtrust::dns::wire
