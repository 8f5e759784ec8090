#pragma once
// The rules whose phrases a reply holds, and which of them counts most.

#include <optional>
#include <string_view>

#include "bounce/receiver.hpp"
#include "bounce/reply.hpp"
#include "bounce/rule.hpp"

namespace mailtrust::bounce {

struct Matches {
  const Rule* receiver = nullptr;  ///< the best of the receiver's own rules
  const Rule* general = nullptr;   ///< the best of anybody's
};

struct Clues {
  const Receiver* receiver = nullptr;  ///< who refused, when known by its host
  std::optional<Status> of_reply = std::nullopt;
  std::optional<Status> of_notice = std::nullopt;
  bool code_told = false;
  std::string_view command = {};  ///< which was answered, when known
};

/// Of several the heavier (Rule::weight) counts, then the one that found more text, then the first
/// of the table. A receiver's rules count when `clues` or words in `text` name it; strong ones
/// always, as others quote its words.
Matches match_rules(std::string_view text, const Clues& clues);

}  // namespace mailtrust::bounce
