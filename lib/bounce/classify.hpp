#pragma once
// Why a recipient failed: the text of the reply decides, then what the codes say.

#include <optional>
#include <string_view>

#include "bounce/failure.hpp"
#include "bounce/words.hpp"

namespace mailtrust::bounce {

struct Verdict {
  Reason reason = Reason::undetermined;
  Type type = Type::unknown;  ///< type_of(reason), but hard never on a code that says "try again"
  std::optional<Status> status;  ///< the most telling one: of the reply, else of the notice
  /// Which rule decided: "google.no-such-user", "general.user-unknown", "status.5.1.1", "code.552";
  /// empty when none did. Lives as long as the program.
  std::string_view rule;
};

/// What decides, the first that says something:
/// 1. rules of the receiver (known by `remote`, `system`, or its words), then general ones, both
///    but for weak rules (see Weight; of several the heavier, then the longer wording counts);
/// 2. weak rules of the receiver;
/// 3. the status of the reply, else of the notice, by IANA's registry; where it is one that is used
///    for everything (5.7.1), any general rule comes before it;
/// 4. weak general rules; 5. what PowerMTA took it for; 6. the SMTP code, with the command it
///    answered.
/// The borders between the reasons stand in words.hpp. A code or status that says "try again", and
/// a delay, are never hard. Linear in the length of the diagnostic, at most 64 KiB of which are
/// looked at. Thread-safe.
Verdict classify(const Failure& failure);

}  // namespace mailtrust::bounce
