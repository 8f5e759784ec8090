#pragma once
// Why does a signature fail? The usual suspects, tried one after the other until the signature
// would verify: what would have to be undone is what happened on the way. RFC 6376 section 6.1.3.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dkim/verify.hpp"
#include "message/header.hpp"

namespace mailtrust::dkim {

/// What happened to a message, as far as undoing it makes the signature verify.
struct Damage {
  /// A stable word for it: "footer-appended", "subject-prefix", "transfer-encoding",
  /// "charset", "line-endings", "trailing-space", "header-order", "header-refolded",
  /// "field-added", "other-canonicalization", ... All of them are in damage/kinds.cpp.
  std::string kind;
  std::string message;  ///< "would verify without the last 4 lines: a mailing list footer"
  std::string hint;     ///< what to do about it, and who
};

struct Diagnosis {
  /// What together explains the failure; empty: nothing tried does.
  std::vector<Damage> damages;
  bool body_explained = false;    ///< or the body hash matched anyway
  bool header_explained = false;  ///< or the header signature matched anyway
  std::string note;  ///< what could not be tried, or what is known without a hit
};

/// For a Verification that ended in `fail`. `body` is the whole body as it came (any line ends);
/// nothing when it was too large to be kept. Work is bounded: at most 64 body hashes' worth of the
/// body (of one under 16 KiB: of 16 KiB), and 6,000 hashes of the header where RSA tells what hash
/// was signed, 200 checks of the signature where it does not (Ed25519). Thread-safe.
Diagnosis diagnose(const message::Header& header, const Verification& verification,
                   std::optional<std::string_view> body);

}  // namespace mailtrust::dkim
