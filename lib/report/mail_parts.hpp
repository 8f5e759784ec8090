#pragma once
// The parts of a mail that may be reports. RFC 7489 section 7.2.1.1, RFC 8460 section 5.3, RFC
// 6591.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "message/header.hpp"
#include "message/mime.hpp"

namespace mailtrust::report {

class MailParts {
 public:
  /// `mail` must outlive it.
  explicit MailParts(std::string_view mail);

  enum class Which {
    attached,  ///< all that is not written to be read: whatever type it says
    text,      ///< text, in which a report may stand inline
  };

  struct Item {
    std::size_t number = 0;  ///< among the parts without parts, from 1
    std::size_t index = 0;
    bool is_message = false;  ///< a mail within the mail
  };

  [[nodiscard]] std::vector<Item> parts(Which which) const;

  /// Without its transfer encoding.
  [[nodiscard]] std::string octets(const Item& item) const;

  /// Is it a report of a single failed message (RFC 6591 section 3, auth-failure)?
  [[nodiscard]] bool is_failure_report() const;

  /// A clause on a mail without a report.
  [[nodiscard]] std::string what_else() const;

 private:
  [[nodiscard]] std::string feedback_type() const;

  message::Header header_;
  message::Structure structure_;
};

}  // namespace mailtrust::report
