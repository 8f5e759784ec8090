#pragma once
// What is known against an address: its failures and what came after them.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/sip_hash.hpp"
#include "bounce/words.hpp"

namespace mailtrust::delivery {

/// The failures of one kind of an address.
struct Failures {
  std::uint64_t count = 0;
  std::int64_t first = 0, last = 0;                      ///< Unix seconds
  bounce::Reason reason = bounce::Reason::undetermined;  ///< of the last, like what follows
  std::string rule;
  std::string reply;  ///< at most kReplyKept octets, as it came
};

inline constexpr std::size_t kReplyKept = 200;

/// Where a failure was told of; a receipt is a notice that says it arrived.
enum class Told : std::uint8_t { log, notice, receipt };

/// A recent failure or receipt, so that the same one told twice counts once: see Evidence::tell().
struct Recent {
  std::int64_t time = 0;
  std::int64_t sent = 0;  ///< the Date of the message that a notice returned; 0: not known
  Told told = Told::log;
  bool paired = false;  ///< the other source has told of it too

  friend bool operator==(const Recent&, const Recent&) = default;
};

struct Evidence {
  Failures hard;
  Failures soft;  ///< those that say something about the address: see is_against_address()
  std::vector<std::int64_t> soft_weeks;  ///< with one of these since the last delivery; sorted
  std::int64_t delivered = 0;            ///< the last delivery since there is evidence; 0: none
  std::vector<Recent> recent;            ///< by time, at most kRecent
  bool changed = false;                  ///< since it was read from the store

  /// Is this failure one that the other source has told of already? If so the two are a pair from
  /// now on; else it is remembered, for the other source to come.
  ///
  /// The rule: a log and a notice mean the same failure of an address when they tell of it within
  /// kSameFailure seconds of each other; one of either pairs with one of the other, the nearest
  /// first. Neither has an id that the other shows: of queue ids a notice has its own.
  bool tell(const Recent& failure);

  /// Does a notice tell that the message delivered to the next host at `time` came back, or that
  /// it arrived? Then it counts as the notice has it. The message's Date must be known, and lie
  /// before `time`, as the notice must lie behind it.
  bool takes_delivery(std::int64_t time);

  /// The address took mail, so what failed before says no more that it does not.
  void deliver(std::int64_t time);

  /// It failed, hard or in a way that is_against_address().
  void fail(Failures& of, std::int64_t time, bounce::Reason reason, std::string_view rule,
            std::string_view reply);
};

inline constexpr std::size_t kRecent = 16;
inline constexpr std::int64_t kSameFailure = std::int64_t{15} * 60;  ///< seconds

/// Does a soft failure for this reason say something about the address, so that it may come to be
/// suppressed: the mailbox is full or not in use. `expired` does only when a server of the
/// recipient answered (`answered`): silence may be our own network's.
/// Reputation, authentication, rate, policy, content and our own troubles never do.
bool is_against_address(bounce::Reason reason, bool answered);

enum class Standing : std::uint8_t {
  good,      ///< nothing that counts
  hard,      ///< failed hard, and took no mail since
  promoted,  ///< failed softly in as many weeks as were asked for, and took no mail since
  cleared,   ///< failed hard, and took mail afterwards
};

Standing standing_of(const Evidence& evidence, std::size_t promote_after);

/// By address, in lower case. At most limits::kDeliveryAddresses.
class EvidenceTable {
 public:
  struct Hash : SipHash {
    using is_transparent = void;
  };

  using Map = std::unordered_map<std::string, Evidence, Hash, std::equal_to<>>;

  /// Null when there is none.
  Evidence* find(std::string_view address);

  /// Made if need be; null when the table is full, which dropped() counts.
  Evidence* at(std::string_view address);

  [[nodiscard]] const Map& all() const { return map_; }

  Map& all() { return map_; }

  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

 private:
  Map map_;
  std::uint64_t dropped_ = 0;
};

}  // namespace mailtrust::delivery
