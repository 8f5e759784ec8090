#pragma once
// The rules that read replies: data (rules/*.inc), each row dated with its evidence.

#include <optional>
#include <span>
#include <string_view>

#include "bounce/words.hpp"

namespace mailtrust::bounce {

struct Rule {
  std::string_view id;        ///< "general.user-unknown"; stable, for scripts
  std::string_view receiver;  ///< "google", "microsoft"; empty: anybody's words
  Reason reason = Reason::undetermined;
  /// Pieces of text in this order with anything between, parted by " * "; letters in lower case
  /// match any case, a white space any run of it.
  std::string_view phrase;
  std::string_view example;  ///< a reply of the public record that this rule reads
  std::string_view meaning;  ///< for people: what the receiver means; may be empty
  std::string_view date;     ///< when the evidence was looked at, "2026-11"
  std::string_view source;   ///< where it stands: an address, an RFC section, a system's source
};

std::span<const Rule> rules();

/// Of its id; null when there is none.
const Rule* find_rule(std::string_view id);

}  // namespace mailtrust::bounce
