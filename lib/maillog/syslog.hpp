#pragma once
// What stands between the time of a line and its message: the host and the program. RFC 3164
// section 4.1, RFC 5424 section 6, and what syslog daemons put beside.

#include <optional>
#include <string_view>

namespace mailtrust::maillog {

struct Tagged {
  std::string_view tag;      ///< "postfix/smtp", without its process id
  std::string_view message;  ///< without the "[ID 197553 mail.info] " of Solaris
};

/// "<22>" and "<22>1 ", stepped over; true for the second one, whose line is structured. RFC 5424
/// section 6.2.
bool skip_priority(std::string_view& line);

/// "host postfix/smtp[123]: text", "host mail.info postfix/smtp[123]: text" (BusyBox).
std::optional<Tagged> read_tagged(std::string_view text);

/// "host postfix/smtp 123 - - text" behind "<22>1 time ".
std::optional<Tagged> read_structured(std::string_view text);

/// "message repeated 3 times: [ text]" (rsyslog): the text, and how often it came in, 100 times at most.
struct Repeated {
  std::string_view message;
  unsigned times = 1;
};

Repeated read_repeated(std::string_view message);

}  // namespace mailtrust::maillog
