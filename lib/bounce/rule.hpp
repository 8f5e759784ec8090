#pragma once
// The rules that read replies: data (rules/*.inc), each row dated with its evidence.

#include <cstdint>
#include <span>
#include <string_view>

#include "bounce/words.hpp"

namespace mailtrust::bounce {

/// How much a phrase proves.
enum class Weight : std::uint8_t {
  faint,  ///< "message refused", "try later": no cause, only where no other words are
  weak,   ///< "mailbox unavailable": only where no code says more
  usual,
  strong,  ///< names the cause beyond doubt ("listed by zen.spamhaus.org"), whatever else is said
};

struct Rule {
  std::string_view id = {};        ///< "general.user-unknown"; stable, for scripts
  std::string_view receiver = {};  ///< "google", "microsoft"; empty: anybody's words
  Reason reason = Reason::undetermined;
  /// One or more wordings, parted by " | ", as PhraseSet reads them (phrase_set.hpp).
  std::string_view phrase = {};
  std::string_view example = {};  ///< a reply of the public record that this rule reads
  std::string_view meaning = {};  ///< for people: what the receiver means; may be empty
  std::string_view date = {};     ///< when the evidence was looked at, "2026-11"
  std::string_view source = {};  ///< where it stands: an address, an RFC section, a system's source
  Weight weight = Weight::usual;
  /// The enhanced status that must be there too: "5.4.1", or "x.4.1" for any class. With it the
  /// phrase may be empty; such a rule counts as weak.
  std::string_view status = {};
  /// Only where no SMTP code is told: the words are those of the system that wrote the notice. It
  /// comes before rules that find the same text.
  bool without_code = false;
  /// Only as an answer to this command ("DATA"); empty: to any. It comes before rules that find the
  /// same text.
  std::string_view command = {};
  /// For bad_mailbox: the receiver says this of addresses that it does not have and of nothing
  /// else, so that it is believed whenever it is said (see classify()).
  bool proof = false;
};

std::span<const Rule> rules();

/// Of its id; null when there is none.
const Rule* find_rule(std::string_view id);

}  // namespace mailtrust::bounce
