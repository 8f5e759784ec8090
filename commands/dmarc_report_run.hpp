#pragma once
// One run of `dmarc report`: files are read on many threads, and counted in the order they were
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
#include "commands/reverse_names.hpp"
#include "commands/tickets.hpp"
#include "list/provider_ranges.hpp"
#include "report/envelope.hpp"
#include "report/failure.hpp"
#include "report/sources.hpp"

namespace mailtrust::commands {

struct DmarcReportOptions {
  ReportInputs inputs;
  report::Part part = report::Part::source;
  bool resolve = false;
  bool csv = false;
};

class DmarcReportRun {
 public:
  explicit DmarcReportRun(std::shared_ptr<const DmarcReportOptions> options)
      : options_(std::move(options)) {}

  /// All that one file or mail holds. Thread-safe.
  cli::Report judge(mailbox::Item& item, cli::Context& context);

  /// Takes what is to be counted, in order.
  bool gather(const cli::Report& report);

  /// The pages, or the rows.
  cli::Verdict finish(cli::Output& output);

 private:
  class Reading;

  // A report that waits for its turn.
  struct Pending {
    report::Metadata metadata;
    report::Tally tally;
    std::vector<finding::Finding> damage;
  };

  void prepare(const cli::Context& context);
  report::Host host_of(const report::Record& record) const;
  cli::Verdict answer(cli::Output& output) const;

  std::shared_ptr<const DmarcReportOptions> options_;
  Once prepared_;
  ReportPeriod period_;
  bool quiet_ = false;
  bool verbose_ = false;
  list::ProviderRanges ranges_;
  report::Parties parties_;
  ReverseNames names_;

  Tickets<Pending> waiting_;

  std::atomic<std::uint64_t> read_{0};      // reports of any kind that were, counted or not
  std::atomic<std::uint64_t> failures_{0};  // told already, a line each
  ReportNotes notes_{{"SMTP TLS report", "mailtrust tls report"}};
  report::Sources sources_;  // from here on in the order of inputs, by one thread
};

}  // namespace mailtrust::commands
