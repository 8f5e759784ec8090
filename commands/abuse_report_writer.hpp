#pragma once
// Complaints written: to whom, in whose name, with what.

#include <string>

#include "cli/context.hpp"
#include "commands/abuse_report_case.hpp"
#include "commands/abuse_report_contacts.hpp"
#include "commands/abuse_report_run.hpp"

namespace mailtrust::commands {

class ComplaintWriter {
 public:
  ComplaintWriter(AbuseReportOptions& options, cli::Context& context)
      : options_(options), context_(context), contacts_(options.finder, context) {}

  /// Finds the contacts of all of them, then gives each its mail, or why there is none.
  void write(const AbuseComplaints& complaints);

 private:
  void look_up(const AbuseComplaints& complaints);
  void compose(AbuseComplaint& one);
  bool choose_recipients(AbuseComplaint& one);
  /// Does the complaint go to who vouches for the source as well?
  [[nodiscard]] bool reaches_provider(const AbuseComplaint& one) const;
  [[nodiscard]] std::string choose_sender(const AbuseComplaint& one) const;
  void write_mail(AbuseComplaint& one);
  void add_xarf(AbuseComplaint& one, complaint::Complaint& out) const;

  AbuseReportOptions& options_;
  cli::Context& context_;
  Contacts contacts_;
};

}  // namespace mailtrust::commands
