#pragma once
// The messages that are in the queue of the server whose log is read: who sent them, and which
// recipients were put off.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/sip_hash.hpp"

namespace mailtrust::maillog {

/// A recipient that was put off, as the last try left it.
struct Pending {
  std::string recipient;
  std::string original;
  std::string remote;
  std::string status;
  std::string text;
};

struct Message {
  std::string id;
  std::string sender;
  std::uint32_t recipients = 0;  ///< still to come to an end, where the log counts them; else 0
  std::unique_ptr<std::vector<Pending>> pending;  ///< null: none

 private:
  friend class Queue;

  std::uint64_t hash_ = 0;
  std::uint32_t older_ = 0;
  std::uint32_t newer_ = 0;
};

/// Open addressing over messages that are used again, so that a log in its stride allocates
/// nothing. Bounded: the oldest message makes room for the newest.
class Queue {
 public:
  Queue();

  /// Null when it is not there. Until the next add().
  Message* find(std::string_view id);

  /// A new message, without a sender; `id` must not be there. Longer ids than 64 octets are cut.
  Message& add(std::string_view id);

  void remove(std::string_view id);

  /// Notes that a recipient was put off; beyond limits::kLogPending it is passed over.
  void put_off(Message& message, const Pending& pending);

  /// The recipient came to an end.
  void settle(Message& message, std::string_view recipient);

  /// Messages that had to make room.
  [[nodiscard]] std::uint64_t forgotten() const { return forgotten_; }

  /// From the newest to the oldest, until `visit` says false.
  template <typename Visitor>
  void each(const Visitor& visit) const {
    for (auto at = messages_[0].older_; at != 0; at = messages_[at].older_)
      if (!visit(messages_[at])) return;
  }

 private:
  [[nodiscard]] std::size_t slot_of(std::string_view id, std::uint64_t hash) const;
  void grow();
  void release(std::size_t slot);
  void forget_pending(Message& message);

  SipHash hash_;
  std::vector<std::uint32_t> slots_;  // indices of messages_; 0: free
  std::vector<Message> messages_;     // [0] is the anchor of the ring, oldest next to newest
  std::vector<std::uint32_t> unused_;
  std::size_t pending_ = 0;
  std::uint64_t forgotten_ = 0;
};

}  // namespace mailtrust::maillog
