#pragma once
// What the message that came back says of itself, and who sent it.

#include <string>
#include <vector>

#include "bounce/mail.hpp"
#include "bounce/notice.hpp"

namespace mailtrust::bounce {

struct Original {
  Returned returned;
  std::string sender;  ///< its Return-Path, else its From; or empty
  /// To whom it went, as far as it says: X-Failed-Recipients of the notice, else X-Original-To,
  /// Delivered-To, To and Cc of the message. At most limits::kBounceRecipients.
  std::vector<std::string> recipients;
};

Original read_original(const Mail& mail);

}  // namespace mailtrust::bounce
