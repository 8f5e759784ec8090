#pragma once
// What a server said: an SMTP reply, in whichever form it is quoted. RFC 5321 section 4.2 (codes,
// several lines), RFC 2034 and RFC 3463 (enhanced status codes).

#include <optional>
#include <string>
#include <string_view>

namespace mailtrust::bounce {

/// RFC 3463 section 2: class.subject.detail.
struct Status {
  int class_code = 0;  ///< 2, 4 or 5
  int subject = 0;     ///< 0 to 999
  int detail = 0;      ///< 0 to 999

  bool operator==(const Status&) const = default;

  /// X.0.0 says no more than its class.
  [[nodiscard]] bool says_something() const { return subject != 0 || detail != 0; }
};

std::string to_string(const Status& status);  ///< "5.1.1"

/// Of a text that is one, comments and what follows white space left away: "5.1.1 (bad
/// destination)". A class other than 2, 4 and 5 is none.
std::optional<Status> parse_status(std::string_view text);

struct Reply {
  int code = 0;  ///< 200 to 599; 0 when there is none
  std::optional<Status> status;
  std::string text;  ///< codes left away, lines joined by one space, no control characters
};

/// "550 5.1.1 <a@b>: unknown", "550-5.1.1 ...\n550 5.1.1 ...", "#5.1.1 SMTP; 550 ...", "smtp; 550
/// ..." (RFC 3464 section 2.3.6), "said: 550 ... (in reply to RCPT TO command)". The first code
/// that stands where codes stand counts. Linear; any octets.
Reply read_reply(std::string_view text);

}  // namespace mailtrust::bounce
