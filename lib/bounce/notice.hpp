#pragma once
// A mail that tells what became of another mail. RFC 3464, 6522 and 6533, RFC 5965 (complaints),
// RFC 3834 (automatic replies), RFC 8098 (read receipts), and the free text of sixty systems.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "bounce/classify.hpp"
#include "bounce/failure.hpp"

namespace mailtrust::bounce {

enum class Kind {
  bounce,      ///< at least one recipient failed
  delayed,     ///< still trying
  delivered,   ///< delivered, relayed, expanded, read
  complaint,   ///< someone called it spam, or asked to be unsubscribed
  auto_reply,  ///< a person is away, a ticket was opened
  message,     ///< ordinary mail
};

std::string_view to_string(Kind kind);  ///< "bounce", "delayed", "auto_reply", ...

struct Recipient {
  Failure failure;
  Verdict verdict;
};

/// The message that came back, as far as the notice shows it.
struct Returned {
  std::string message_id;
  std::string from;     ///< the mailbox, without its name
  std::string to;       ///< as it stands
  std::string subject;  ///< decoded
  std::optional<std::int64_t> date;
  std::string list_id;
};

struct Notice {
  Kind kind = Kind::message;
  std::string system;         ///< who wrote it: "postfix", "exim", "rfc3464"; empty: not known
  std::string reporting_mta;  ///< may be empty
  std::optional<std::int64_t> date;   ///< Unix seconds, of the notice
  std::vector<Recipient> recipients;  ///< each address once, in the order told
  bool cut =
      false;  ///< more recipients than limits::kBounceRecipients are told; the others are not
  std::string sender;  ///< who sent what came back: its envelope sender, else its From; or empty
  Returned returned;
};

/// One pass over `octets`, whatever line ends it has; linear. An Error of kind input when it is no
/// message at all (no header).
Expected<Notice> read_notice(std::string_view octets);

}  // namespace mailtrust::bounce
