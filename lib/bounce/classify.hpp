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

/// Phrases of the receiver (known by `remote`, or by its words), then general ones, then the
/// status, then the code. Linear in the length of the diagnostic, at most 64 KiB of which are
/// looked at. Thread-safe.
Verdict classify(const Failure& failure);

}  // namespace mailtrust::bounce
