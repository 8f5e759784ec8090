#pragma once
// Accounting files of PowerMTA: CSV (RFC 4180) whose first row names the columns. PowerMTA User's
// Guide, "Accounting".

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "maillog/clock.hpp"
#include "maillog/ledger.hpp"

namespace mailtrust::maillog {

class PowerMta {
 public:
  /// A row of names: "type,timeLogged,..."?
  static bool is_header(std::string_view line);

  void read_header(std::string_view line);

  /// A row of one of the known types, behind a header?
  [[nodiscard]] bool is_record(std::string_view line) const;

  Outcome read(std::string_view line, Clock& clock, Ledger& ledger);

  /// A new file has a header of its own.
  void forget() { columns_.clear(); }

 private:
  enum class Column : std::uint8_t {
    type,
    time,
    sender,
    recipient,
    original,
    action,
    status,
    diagnostic,
    remote,
    source_ip,
    remote_ip,
    id,
    other,
  };

  static Column column_of(std::string_view name);

  std::vector<Column> columns_;
  std::vector<std::string> values_;  // of one row; used again
};

}  // namespace mailtrust::maillog
