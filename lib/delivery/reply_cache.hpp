#pragma once
// Why a line of a log failed. Logs say the same thing again and again, so verdicts are kept by the
// text without what differs each time.

#include <string>
#include <string_view>

#include "base/text_cache.hpp"
#include "bounce/classify.hpp"
#include "maillog/event.hpp"

namespace mailtrust::delivery {

/// What a line says, for bounce::classify().
bounce::Failure failure_of(const maillog::Event& event);

/// `text` without the address of the recipient, without network addresses, and without the long
/// words of letters and digits that name one session or message. Codes and the numbers that
/// receivers give their replies stay. Appended.
void append_masked(std::string& out, std::string_view text, std::string_view recipient);

class ReplyCache {
 public:
  ReplyCache();

  /// Of one that failed or was put off. A message given up for its age is `expired`, unless its
  /// last reply says why it was put off.
  bounce::Verdict verdict(const maillog::Event& event);

 private:
  TextCache<bounce::Verdict> verdicts_;
  std::string key_;  ///< its room is used again
};

}  // namespace mailtrust::delivery
