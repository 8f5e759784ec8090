#pragma once
// What the lines of one log come to: events, each with the sender that an earlier line told.

#include <cstdint>
#include <string>
#include <string_view>

#include "maillog/event.hpp"
#include "maillog/queue.hpp"
#include "maillog/reader.hpp"

namespace mailtrust::maillog {

/// What a reader of one server's lines made of a line.
enum class Outcome : std::uint8_t { understood, foreign, damaged };

class Ledger {
 public:
  explicit Ledger(Reader::Sink sink) : sink_(std::move(sink)) {}

  /// A message was taken in: `event` has id and sender. Told once, however often the log repeats
  /// it. `recipients`: how many come to an end before it leaves the queue, where no line says that
  /// it does.
  void queued(Event event, std::uint32_t recipients = 0);

  /// A try for one recipient. The sender is looked up where the event does not know it.
  void tried(Event event);

  /// Given up after its time: ends every recipient that was put off, or, where none of them was
  /// seen, one without an address.
  void expired(const Event& event);

  /// Fills in what the last try for the recipient came to, where it was put off before: for a line
  /// that says no more than that it was given up. Lives until the next event.
  void recall(Event& event);

  /// Was a try for this recipient put off?
  [[nodiscard]] bool is_put_off(std::string_view id, std::string_view recipient);

  /// The message left the queue.
  void gone(std::string_view id) { queue_.remove(id); }

  /// An event that stands alone.
  void tell(const Event& event) { sink_(event); }

  /// Octets put together for one event: they live until the next call.
  std::string& scratch() {
    scratch_.clear();
    return scratch_;
  }

  /// See Reader.
  [[nodiscard]] std::string state(std::size_t limit) const;
  void restore(std::string_view state);

  [[nodiscard]] std::uint64_t forgotten() const { return queue_.forgotten(); }

 private:
  const Pending* find_pending(std::string_view id, std::string_view recipient);
  void put_off(Message& message, const Event& event);

  Reader::Sink sink_;
  Queue queue_;
  Pending pending_;
  std::string scratch_;
};

}  // namespace mailtrust::maillog
