#pragma once
// Signing a request and believing the responses to it. RFC 8945 (TSIG).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dns/tsig_key.hpp"

namespace mailtrust::dns {

struct TsigRecord;

/// What a signature, or its absence, says about a message.
enum class TsigState : std::uint8_t {
  good,           ///< signed by the key, now
  absent,         ///< not signed
  bad_key,        ///< the server does not know the key, or names another (BADKEY)
  bad_signature,  ///< by the server's word (BADSIG), or what it signed does not verify
  bad_time,       ///< the clocks differ by more than kTsigFudge (BADTIME)
  malformed,      ///< no DNS message, or a TSIG record that is none
};

struct TsigCheck {
  TsigState state = TsigState::malformed;
  bool by_server = false;  ///< the server says so, in the error field of its own TSIG
  std::int64_t skew = 0;   ///< seconds the server's clock is ahead, for bad_time
};

/// Seconds two clocks may differ. RFC 8945 section 10.
inline constexpr std::uint16_t kTsigFudge = 300;

/// Messages in a row that may go unsigned in a transfer. RFC 8945 section 5.3.1.
inline constexpr unsigned kMostUnsigned = 99;

/// One request and the one or several messages that answer it.
class TsigDialogue {
 public:
  /// `key` must outlive it.
  explicit TsigDialogue(const TsigKey& key) : key_(key) {}

  /// Adds the TSIG record to a whole message. `now`: Unix seconds.
  void sign(std::string& message, std::int64_t now);

  /// Checks the next message of the answer. After the first that is good, messages of a transfer
  /// may be `absent`: they are proven by the next that is good, if that comes at all, and no later
  /// than kMostUnsigned after.
  TsigCheck verify(std::string_view message, std::int64_t now);

  /// Has a message been good?
  [[nodiscard]] bool has_signature() const { return !is_first_; }

  /// Is something received that no signature has covered yet?
  [[nodiscard]] bool has_unproven() const { return unsigned_ > 0; }

 private:
  TsigCheck judge(const TsigRecord& record, std::string_view message, std::int64_t now);
  [[nodiscard]] std::string signed_octets(const TsigRecord& record, std::string_view message) const;

  const TsigKey& key_;
  std::string mac_;      ///< of what was signed last
  std::string pending_;  ///< what the next signature has to cover besides
  bool is_first_ = true;
  unsigned unsigned_ = 0;
};

}  // namespace mailtrust::dns
