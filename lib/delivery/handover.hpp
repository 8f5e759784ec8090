#pragma once
// Messages that pass through a content filter on the same host and come back into the queue under
// another id (amavisd, spampd), and those that a user's .forward sends on: one delivery, of which
// the log tells twice.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/sip_hash.hpp"
#include "maillog/event.hpp"

namespace mailtrust::delivery {

/// "250 2.0.0 Ok: queued as 4F2A1B3C", "OK id=1abcde-0001", "4AB Message accepted for delivery":
/// the id under which the next server has the message; empty when it does not say.
std::string_view next_id(std::string_view text);

/// Was it given to a server on this host, or back to this one?
bool is_local_hop(const maillog::Event& event);

/// Memory is bounded: it looks back and ahead over some ten thousand messages.
class Handovers {
 public:
  /// A delivery that was counted though its message went on: take it away again.
  struct Undo {
    std::int64_t time = 0;
    std::string domain;
    std::string sender;
  };

  /// Of each event. What is to be taken away, as its id turns out to be that of a next hop.
  std::vector<Undo> see(const maillog::Event& event);

  /// Has the message of this delivery come back into the queue, so that it does not count? When
  /// that cannot be told yet, `undo` is kept.
  bool goes_on(const maillog::Event& event, Undo undo);

 private:
  using Ids = std::unordered_set<std::uint64_t>;
  using Waiting = std::unordered_map<std::uint64_t, std::vector<Undo>>;

  SipHash hash_;
  std::string last_;  ///< id, as most events follow one with the same
  Ids young_, old_;
  Waiting waiting_, waited_;
};

}  // namespace mailtrust::delivery
