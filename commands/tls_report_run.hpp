#pragma once
// One run of `tls report`: files are read on many threads, and counted in the order they were
// given.

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/once.hpp"
#include "cli/program.hpp"
#include "commands/report_inputs.hpp"
#include "commands/report_notes.hpp"
#include "commands/tickets.hpp"
#include "report/envelope.hpp"
#include "report/tls_sources.hpp"

namespace mailtrust::commands {

enum class TlsPart { policy, reporter, day };

struct TlsReportOptions {
  ReportInputs inputs;
  TlsPart part = TlsPart::policy;
};

class TlsReportRun {
 public:
  explicit TlsReportRun(std::shared_ptr<const TlsReportOptions> options)
      : options_(std::move(options)) {}

  /// All that one file or mail holds. Thread-safe.
  cli::Report judge(mailbox::Item& item, cli::Context& context);

  /// Takes what is to be counted, in order.
  bool gather(const cli::Report& report);

  /// A page for each domain.
  cli::Verdict finish(cli::Output& output);

 private:
  class Reading;

  // A report that waits for its turn.
  struct Pending {
    report::TlsReport report;
    std::vector<finding::Finding> damage;
  };

  std::shared_ptr<const TlsReportOptions> options_;
  Once prepared_;
  ReportPeriod period_;
  bool quiet_ = false;
  bool verbose_ = false;

  Tickets<Pending> waiting_;

  std::atomic<std::uint64_t> read_{0};
  ReportNotes notes_{{"DMARC report", "mailtrust dmarc report"}};
  report::TlsSources sources_;  // from here on in the order of inputs, by one thread
};

}  // namespace mailtrust::commands
