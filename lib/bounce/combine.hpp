#pragma once
// One verdict a recipient, from all that a notice says about it.

#include <string>
#include <vector>

#include "bounce/delivery_status.hpp"
#include "bounce/mail.hpp"
#include "bounce/notice.hpp"

namespace mailtrust::bounce {

/// What was read, by reader.
struct Readings {
  std::vector<Failure> status;          ///< message/delivery-status
  std::vector<Failure> layout;          ///< the layout that recognized the notice
  std::vector<std::string> recipients;  ///< of the message that came back
  std::string system;                   ///< that of the layout; or empty
};

/// Each address once. The recipients are those of the delivery status, else of the layout, else of
/// the free text. Of several replies about one recipient that counts which a rule can read: the
/// Diagnostic-Code, then the layout's, then the text's own lines.
std::vector<Recipient> combine(const Mail& mail, Readings readings);

}  // namespace mailtrust::bounce
