#pragma once
// What a line of a mail server's log says became of a message.

#include <cstdint>
#include <string_view>

namespace mailtrust::maillog {

enum class Mta : std::uint8_t { postfix, exim, sendmail, opensmtpd, kumomta, powermta };

std::string_view to_string(Mta mta);

/// Views live until the next event of the same reader.
struct Event {
  enum class Kind : std::uint8_t {
    queued,      ///< taken in; tells the sender
    delivered,   ///< handed on, or put into a mailbox here
    deferred,    ///< tried, and will be tried again
    failed,      ///< given up, and a bounce goes back
    rejected,    ///< refused before it was taken in
    complained,  ///< a feedback report (KumoMTA, PowerMTA)
  };

  Kind kind = Kind::delivered;
  Mta mta = Mta::postfix;
  std::int64_t time = 0;       ///< Unix seconds
  std::string_view id;         ///< of the queue; may be empty
  std::string_view sender;     ///< envelope sender, from this line or those before with the same id
  bool sender_known = false;   ///< an empty `sender` is then the null reverse-path
  std::string_view recipient;  ///< as sent to, with a domain wherever one is told
  std::string_view original;   ///< before aliases (orig_to=), where told
  std::string_view remote;     ///< the host that answered; empty: here
  std::string_view status;     ///< "5.1.1"; may be empty
  std::string_view text;       ///< what was answered; may be empty
  std::string_view source_ip;  ///< the address it was sent from, where told
  std::string_view remote_ip;  ///< the address it was sent to, where told
  /// Given up because it stayed in the queue too long; `text` and `status` are then those of the
  /// last try, where this reader saw it.
  bool expired = false;
};

}  // namespace mailtrust::maillog
