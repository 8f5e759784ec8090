#pragma once
// How `bounce report` comes to its counts: what is read, remembered, suppressed.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "cli/program.hpp"
#include "commands/message_options.hpp"
#include "delivery/inputs.hpp"
#include "delivery/ledger.hpp"
#include "delivery/state.hpp"
#include "delivery/summary.hpp"
#include "delivery/suppression.hpp"
#include "maillog/reader.hpp"

namespace mailtrust::commands {

struct BounceReportOptions {
  std::vector<std::string> words;
  MessageOptions messages;
  delivery::By by = delivery::By::week;
  std::string since, until;  ///< as typed
  std::string suppression;   ///< file; empty: none
  std::size_t promote_after = 4;
  std::optional<double> alert;  ///< percent
  bool csv = false;
  bool remember = false;
};

/// What a run came to.
struct BounceReportResult {
  delivery::Summary summary;
  delivery::MailCounts mails;
  maillog::Reader::Counts lines;
  std::size_t logs = 0, mail_files = 0, empty_files = 0, unreadable = 0;
  std::vector<Error>
      errors;  ///< of the files that are unreadable, limits::kMessagesPerInput of them
  std::uint64_t paired = 0;
  std::uint64_t nameless = 0;      ///< failures of addresses there was no room to remember
  std::size_t hard_addresses = 0;  ///< that failed hard and took no mail since
  std::optional<delivery::Suppression> suppression;
};

class BounceReportRun {
 public:
  BounceReportRun(const BounceReportOptions& options, cli::Context& context, cli::Output& output)
      : options_(options), context_(context), output_(output) {}

  /// Files that cannot be read are told and counted. An Error when nothing can be answered; nothing
  /// when nobody reads the answer any more.
  Expected<std::optional<BounceReportResult>> run();

 private:
  Expected<void> read_period();
  Expected<void> open_state();
  void read_inputs();
  void read_mails(const delivery::MailInput& input);
  void read_mail(mailbox::Item& item, const std::string& name);
  void read_logs(std::vector<delivery::LogInput>& logs);
  Expected<void> keep();
  Expected<void> suppress();
  void count_hard_addresses();
  void complain(const Error& error);

  const BounceReportOptions& options_;
  cli::Context& context_;
  cli::Output& output_;
  delivery::Period period_;
  std::optional<delivery::State> state_;
  std::optional<delivery::Ledger> ledger_;
  std::vector<delivery::ReadLog> read_logs_;
  std::string queue_;
  std::size_t mails_read_ = 0;
  BounceReportResult result_;
};

}  // namespace mailtrust::commands
