#pragma once
// The layouts of systems that write bounces in their own words (and of those whose RFC 3464 parts
// say less than their text). How each is known stands in layouts/rows.inc; a source file for each
// family under layouts/.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bounce/failure.hpp"
#include "bounce/mail.hpp"

namespace mailtrust::bounce {

struct LayoutReading {
  /// "exim", "qmail", "domino", "google"; empty: words that several share. Lives as long as the
  /// program.
  std::string_view system;
  /// In the order of the text, each with the fullest reply that is told; the address is empty where
  /// the text tells a reply alone. None when it is this system's, but tells neither.
  std::vector<Failure> failures;
};

/// Does the header speak for a notice: a null return path, a mailer daemon or postmaster as the
/// author, failed recipients named, or a subject as notices have it (not as the answer to one)?
bool comes_as_notice(const Mail& mail);

/// By the most certain layout that knows the mail; none when it does not come as a notice or no
/// layout knows it. Linear in the text; at most kMostCollected.
std::optional<LayoutReading> read_layout(const Mail& mail);

/// Who complained, of a notification by Amazon's SNS that tells of complaints
/// (https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html); none in any other mail.
std::vector<std::string> read_complained(const Mail& mail);

}  // namespace mailtrust::bounce
