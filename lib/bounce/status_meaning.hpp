#pragma once
// What enhanced status codes and SMTP reply codes say where no words do.

#include <string_view>

#include "bounce/reply.hpp"
#include "bounce/words.hpp"

namespace mailtrust::bounce {

struct CodeMeaning {
  Reason reason = Reason::undetermined;
  std::string_view rule;  ///< "status.5.1.1", "code.552"; empty when the code says nothing
  bool vague = false;     ///< used for so much that the weakest words say more: 5.7.1
};

/// RFC 3463 and IANA's registry of enhanced status codes, with the uses large systems make of it.
CodeMeaning meaning_of(const Status& status);

/// RFC 5321 section 4.2.3: a code on its own says little, the command it answered a bit more.
CodeMeaning meaning_of(int code, std::string_view command);

/// What a system that sends in bulk takes a bounce for: the categories of PowerMTA
/// ("spam-related").
CodeMeaning meaning_of_category(std::string_view category);

}  // namespace mailtrust::bounce
