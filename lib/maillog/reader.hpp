#pragma once
// Logs of Postfix, Exim, sendmail, OpenSMTPD, KumoMTA (JSON lines) and PowerMTA (CSV), as files or
// as journalctl(1) prints them (all forms with a date, and json). One pass; memory holds the
// messages that are in the queue.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "maillog/event.hpp"

namespace mailtrust::maillog {

struct Options {
  std::int64_t now = 0;  ///< Unix seconds: years that syslog leaves out are those before it
  /// Of times without a zone, east of Greenwich; nothing: as the system's zone has it (TZ).
  std::optional<int> offset_minutes;
};

class Reader {
 public:
  using Sink = std::function<void(const Event&)>;

  explicit Reader(Options options, Sink sink);
  ~Reader();

  /// Octets of the log in any pieces. What is no line of a mail server is passed over and counted;
  /// lines over 1 MiB are cut there.
  void add(std::string_view octets);

  /// What becomes of a last line without an end: it may be whole, or still be written to.
  enum class Rest { read, drop };

  /// Behind the last piece of a file. What is in the queue stays for the next file.
  void end_of_file(Rest rest = Rest::read);

  /// What the queue holds (senders of messages still under way), for restore() of a later Reader
  /// that reads on: at most `limit` octets, the newest messages first.
  [[nodiscard]] std::string queue_state(std::size_t limit) const;

  /// Before the first add(). Octets that queue_state() did not write are passed over.
  void restore(std::string_view queue_state);

  struct Counts {
    std::uint64_t lines = 0;
    std::uint64_t understood = 0;  ///< a mail server's; most tell nothing that counts
    std::uint64_t foreign = 0;     ///< not a mail server's
    std::uint64_t damaged = 0;     ///< a mail server's, but not readable
    std::uint64_t forgotten = 0;   ///< messages that left memory before they left the queue
  };

  [[nodiscard]] const Counts& counts() const;

 private:
  class Impl;

  std::unique_ptr<Impl> impl_;
};

/// Do the first octets of a file look like one of these logs, and not like a message? One of its
/// first two lines begins with a time (the first may be cut), or is JSON, or names columns.
bool is_log(std::string_view start);

/// The time of the first line that has one, in the first octets of a file. Unix seconds.
std::optional<std::int64_t> first_time(std::string_view start, const Options& options);

}  // namespace mailtrust::maillog
