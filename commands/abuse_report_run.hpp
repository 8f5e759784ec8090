#pragma once
// The work of `abuse report`: messages in, one complaint for each address they came from.

#include <string>
#include <vector>

#include "cli/program.hpp"
#include "commands/finder_options.hpp"
#include "commands/message_options.hpp"
#include "commands/trusted_option.hpp"

namespace mailtrust::commands {

struct AbuseReportOptions {
  std::vector<std::string> files;
  std::string input;  ///< a file of such names; empty: none
  TrustedOption trusted;
  FinderOptions finder;
  std::string from;
  std::vector<std::string> to;  ///< instead of looked-up contacts
  std::string output;           ///< a directory; empty: standard output
  bool send = false;
  std::string sendmail = "/usr/sbin/sendmail";
  bool xarf = false;
  bool single = false;
  bool redact = false;
  std::vector<std::string> redact_also;
  std::string redact_key;  ///< a file; empty: the key kept in the store
  MessageOptions messages;
};

/// Octets of messages held at most until their complaints are written; messages of the same source
/// that come after that begin another complaint.
inline constexpr std::size_t kHeldMessages = 64U << 20;

cli::Verdict run_abuse_report(AbuseReportOptions& options, cli::Context& context,
                              cli::Output& output);

}  // namespace mailtrust::commands
