#pragma once
// What `dmarc report` and `tls report` have in common: files of reports, and which of them count.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.hpp"
#include "cli/program.hpp"
#include "cli/report.hpp"
#include "report/aggregate.hpp"

namespace mailtrust::commands {

/// The time that was asked for, in Unix seconds.
struct ReportPeriod {
  std::optional<std::int64_t> since, until;

  /// Is some of the time reported about wanted? A report without times always is.
  [[nodiscard]] bool wants(const std::optional<std::int64_t>& begin,
                           const std::optional<std::int64_t>& end) const;
};

struct ReportInputs {
  std::size_t max_size = limits::kReport;
  std::string since, until;  ///< as typed, and known to be times; or empty
  std::string domain;        ///< in lower case; empty: all

  /// --since, --until, --domain, --max-size. It must live as long as what the command was given.
  void add_to(cli::Command& command);

  [[nodiscard]] ReportPeriod period(std::int64_t now) const;

  /// Is it the domain that was asked for, or one below it?
  [[nodiscard]] bool wants_domain(std::string_view domain_of_report) const;
};

/// The octets of a file or mail as they are; an Error of kind input that names the limit.
Expected<std::string> read_octets(mailbox::Item& item, std::size_t most);

/// "file", and of an mbox "index", of a document inside "member".
cli::Report report_about(const mailbox::Item& item, const std::string& member);

/// RFC 3339; Unix seconds where there is no such year; null when there is none.
cli::Value moment_value(const std::optional<std::int64_t>& time);

/// "2026-11-22", or "2026-11-22 to 2026-11-24"; empty when neither is known.
std::string days_text(const std::optional<std::int64_t>& first,
                      const std::optional<std::int64_t>& last);

/// A count from outside.
cli::Value count_value(std::uint64_t count);

/// Null for no text.
cli::Value text_value(std::string_view text);

/// report.damaged, one for each fault.
std::vector<finding::Finding> damage(const std::vector<report::Fault>& faults,
                                     const std::string& name);

}  // namespace mailtrust::commands
