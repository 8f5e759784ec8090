#pragma once
// One run of `tls report`: files are read on many threads, and counted in the order they were
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

  std::int64_t keep(Pending pending);
  void pass_over(const std::string& name);
  [[nodiscard]] std::vector<finding::Finding> notes() const;

  std::shared_ptr<const TlsReportOptions> options_;
  std::once_flag prepared_;
  ReportPeriod period_;
  bool quiet_ = false;
  bool verbose_ = false;

  std::mutex mutex_;
  std::int64_t tickets_ = 0;
  std::unordered_map<std::int64_t, Pending> pending_;  // by ticket

  std::atomic<std::uint64_t> read_{0};
  std::uint64_t other_kind_ = 0;  // passed over; the first of their names
  std::string other_name_;
  report::TlsSources sources_;  // from here on in the order of inputs, by one thread
  std::uint64_t duplicates_ = 0;
  std::vector<finding::Finding> damage_;
};

}  // namespace mailtrust::commands
