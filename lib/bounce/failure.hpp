#pragma once
// What a notice says about one recipient, before it is judged.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/limits.hpp"
#include "bounce/reply.hpp"

namespace mailtrust::bounce {

/// Recipients that readers collect: one more than are told, so that a cut is seen.
inline constexpr std::size_t kMostCollected = limits::kBounceRecipients + 1;

/// RFC 3464 section 2.3.3.
enum class Action { failed, delayed, delivered, relayed, expanded };

/// Failure::system of a notice in a form that many systems write.
inline constexpr std::string_view kUnknownSystem = "rfc3464";

struct Failure {
  std::string address;   ///< as the server had it; empty when the notice does not say
  std::string original;  ///< Original-Recipient, where it differs (RFC 3464 section 2.3.1)
  Action action = Action::failed;
  std::optional<Status> status;  ///< the notice's own, not that of the reply
  std::string diagnostic;        ///< what was said about it, on one line; may be empty
  int code = 0;                  ///< SMTP reply code, 0 when none is told
  std::string command;           ///< the SMTP command that was answered: "RCPT", "DATA"; or empty
  std::string remote;            ///< the host that refused, in lower case; or empty
  std::string category;          ///< what PowerMTA takes it for: "bad-mailbox"; or empty
  std::string system;  ///< who wrote the notice, or the line of the log: "postfix", "exim";
                       /// kUnknownSystem; empty: no notice, the words alone
};

}  // namespace mailtrust::bounce
