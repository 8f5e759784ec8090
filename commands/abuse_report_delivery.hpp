#pragma once
// Complaints to where they go: standard output, a directory, or sendmail.

#include <string>

#include "cli/context.hpp"
#include "cli/program.hpp"
#include "commands/abuse_report_case.hpp"
#include "commands/abuse_report_run.hpp"

namespace mailtrust::commands {

class ComplaintDelivery {
 public:
  ComplaintDelivery(const AbuseReportOptions& options, const cli::Context& context,
                    cli::Output& output)
      : options_(options), context_(context), output_(output) {}

  /// Those that have a mail; each is told where it went, or what was in the way. `last`: no more
  /// come, so that a single mail on standard output needs no mailbox around it.
  void deliver(const AbuseComplaints& complaints, bool last);

 private:
  void send(AbuseComplaint& one);
  void save(AbuseComplaint& one);
  void print(const std::string& mail);

  const AbuseReportOptions& options_;
  const cli::Context& context_;
  cli::Output& output_;
  bool mailbox_ = false;  ///< standard output gets more than one mail
};

}  // namespace mailtrust::commands
