#pragma once
// Logs of Postfix, Exim, sendmail, OpenSMTPD, KumoMTA (JSON lines) and PowerMTA (CSV), as files or
// as journalctl(1) prints them. One pass; memory holds the messages that are in the queue.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "base/expected.hpp"
#include "maillog/event.hpp"

namespace mailtrust::maillog {

struct Options {
  std::int64_t now = 0;    ///< Unix seconds: years that syslog leaves out are those before it
  int offset_minutes = 0;  ///< of times without a zone, east of Greenwich
};

class Reader {
 public:
  using Sink = std::function<void(const Event&)>;

  explicit Reader(Options options, Sink sink);
  ~Reader();

  /// Octets of the log in any pieces. What is no line of a mail server is passed over and counted;
  /// lines over 1 MiB are cut there.
  void add(std::string_view octets);

  /// Behind the last piece of a file: the last line may have no end. What is in the queue stays for
  /// the next file.
  void end_of_file();

  struct Counts {
    std::uint64_t lines = 0;
    std::uint64_t understood = 0;  ///< gave an event, or told of one
    std::uint64_t foreign = 0;     ///< not a mail server's
    std::uint64_t damaged = 0;     ///< a mail server's, but not readable
  };

  [[nodiscard]] const Counts& counts() const;

 private:
  class Impl;

  std::unique_ptr<Impl> impl_;
};

/// Do the first octets of a file look like one of these logs (and not like a message)?
bool is_log(std::string_view start);

}  // namespace mailtrust::maillog
