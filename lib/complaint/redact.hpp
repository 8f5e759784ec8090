#pragma once
// The recipients taken out of a message before others see it. RFC 6590: the local part becomes a
// token, the same one for the same recipient, that only the holder of the key can tie to them; the
// domain stays.

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "message/header.hpp"

namespace mailtrust::complaint {

/// Octets of a key read from a file: at least, at most.
inline constexpr std::size_t kLeastRedactionKey = 16;
inline constexpr std::size_t kMostRedactionKey = 4096;

/// Addresses of one message that are looked for at most.
inline constexpr std::size_t kMaxRedacted = 200;

struct Redacted {
  std::string octets;
  std::size_t replaced = 0;         ///< how many places
  std::vector<std::string> doubts;  ///< what may still tell of a recipient, a clause each
};

class Redactor {
 public:
  explicit Redactor(std::string key) : key_(std::move(key)) {}

  /// An address, or a domain all of whose addresses are replaced ("example.org", "@example.org").
  /// An Error of kind usage, `where` empty, for anything else.
  Expected<void> add(std::string_view text);

  /// What stands for the local part: HMAC-SHA-256 of the mailbox in lower case, so that a recipient
  /// written in another case is the same one; 22 characters that may stand in any address.
  [[nodiscard]] std::string token(std::string_view mailbox) const;

  /// Replaces, in the fields for recipients, every address with its display name; elsewhere, in
  /// header and body, any case, each of those addresses and of those added: bare, percent-encoded,
  /// as local=domain (VERP), in encoded words, in parts of text in base64 or quoted-printable.
  [[nodiscard]] Redacted redact(std::string_view message) const;

 private:
  std::string key_;
  std::set<std::string> addresses_;  ///< in lower case
  std::set<std::string> domains_;    ///< in lower case
};

}  // namespace mailtrust::complaint
