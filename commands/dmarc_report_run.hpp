#pragma once
// One run of `dmarc report`: files are read on many threads, and counted in the order they were
// given.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cli/program.hpp"
#include "commands/report_inputs.hpp"
#include "commands/reverse_names.hpp"
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
  std::int64_t keep(Pending pending);
  void pass_over(const std::string& name);
  void add_notes(cli::Report& page) const;
  cli::Verdict answer(cli::Output& output) const;

  std::shared_ptr<const DmarcReportOptions> options_;
  std::once_flag prepared_;
  ReportPeriod period_;
  bool quiet_ = false;
  bool verbose_ = false;
  list::ProviderRanges ranges_;
  report::Parties parties_;
  ReverseNames names_;

  std::mutex mutex_;
  std::int64_t tickets_ = 0;
  std::unordered_map<std::int64_t, Pending> pending_;  // by ticket

  std::atomic<std::uint64_t> read_{0};      // reports of any kind that were, counted or not
  std::atomic<std::uint64_t> failures_{0};  // told already, a line each
  std::uint64_t other_kind_ = 0;            // passed over; the first of their names
  std::string other_name_;
  report::Sources sources_;  // from here on in the order of inputs, by one thread
  std::uint64_t duplicates_ = 0;
  std::vector<finding::Finding> damage_;
};

}  // namespace mailtrust::commands
