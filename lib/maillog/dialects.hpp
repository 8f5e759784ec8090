#pragma once
// Whose line is it? One line of a log to the reader of the server that wrote it.

#include <cstdint>
#include <string_view>

#include "maillog/clock.hpp"
#include "maillog/ledger.hpp"
#include "maillog/powermta.hpp"
#include "maillog/reader.hpp"
#include "maillog/syslog.hpp"

namespace mailtrust::maillog {

class Dialects {
 public:
  Dialects(const Options& options, Reader::Sink sink);

  /// `line` without its end.
  Outcome read(std::string_view line);

  /// The columns of a file hold for it alone.
  void end_of_file() { powermta_.forget(); }

  [[nodiscard]] const Ledger& ledger() const { return ledger_; }

  Ledger& ledger() { return ledger_; }

 private:
  Outcome read_json(std::string_view text);
  Outcome read_tagged_line(const Tagged& tagged, std::int64_t time);
  Outcome read_message(std::string_view tag, std::string_view message, std::int64_t time);

  Clock clock_;
  Ledger ledger_;
  PowerMta powermta_;
};

}  // namespace mailtrust::maillog
