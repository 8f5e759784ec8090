#pragma once
// Lines of logs and bounce mails, put together: what counts, once, and what it says about
// addresses.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "bounce/notice.hpp"
#include "delivery/evidence.hpp"
#include "delivery/handover.hpp"
#include "delivery/reply_cache.hpp"
#include "delivery/tally.hpp"
#include "maillog/event.hpp"

namespace mailtrust::delivery {

/// From `since` on and before `until`, Unix seconds.
struct Period {
  std::optional<std::int64_t> since;
  std::optional<std::int64_t> until;

  [[nodiscard]] bool holds(std::int64_t time) const {
    return (!since || time >= *since) && (!until || time < *until);
  }
};

/// Mails by what they are.
struct MailCounts {
  std::uint64_t bounces = 0, delayed = 0, delivered = 0, complaints = 0, auto_replies = 0;
  std::uint64_t others = 0;    ///< ordinary mail
  std::uint64_t repeated = 0;  ///< the same mail, or the same failure of the same message, again
};

/// Give it the notices first, then the logs in the order they were written: only then is all found
/// that both tell of. One thread.
class Ledger {
 public:
  /// `now` stands for the date of a notice that has none.
  Ledger(Period period, std::int64_t now) : period_(period), now_(now) {}

  void add(const maillog::Event& told);
  void add(const bounce::Notice& notice);

  /// Is it the first mail with these octets? If not, it counts as repeated, and need not be read.
  bool is_new(std::string_view mail);

  Tally tally;             ///< what was added
  EvidenceTable evidence;  ///< may hold what is known from before
  MailCounts mails;
  std::uint64_t paired = 0;  ///< failures told by a notice and a log, and so on: counted once

  /// Hashes of mails, and of messages with a recipient, that have been counted. May hold what is
  /// known from before.
  std::unordered_set<std::string> known_mails;
  std::vector<std::string> new_mails;  ///< those of them that this object added

 private:
  /// A recipient that failed, told by whomever.
  struct Failed {
    std::int64_t time = 0;
    std::int64_t sent = 0;
    Told told = Told::log;
    std::string_view address, original, sender;
    const bounce::Verdict* verdict = nullptr;
    std::string_view reply;
    bool answered = false;  ///< by a server of the recipient
  };

  void add_delivery(const maillog::Event& event);
  void add_attempt(const maillog::Event& event);
  void add_failure(const Failed& failed);
  void add_receipt(const bounce::Notice& notice, const bounce::Recipient& recipient,
                   std::int64_t time);
  void add_recipient(const bounce::Notice& notice, const bounce::Recipient& recipient,
                     std::int64_t time);
  void count(std::int64_t time, Outcome outcome, std::string_view recipient,
             std::string_view sender, std::optional<bounce::Reason> reason);
  void take_away(const maillog::Event& event);
  Evidence* evidence_of(std::string_view address, std::string_view original);
  bool remember(std::string_view what);

  Period period_;
  std::int64_t now_;
  ReplyCache replies_;
  Handovers handovers_;
  std::string domain_room_, sender_room_, address_room_, original_room_;
};

}  // namespace mailtrust::delivery
