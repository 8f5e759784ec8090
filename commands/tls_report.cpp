// mailtrust tls report FILE...
// How senders fared with the TLS of a domain's mail servers, by their reports.
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "cli/program.hpp"
#include "commands/choice.hpp"
#include "commands/commands.hpp"
#include "commands/tls_report_run.hpp"

namespace mailtrust::commands {
namespace {

constexpr auto kParts = std::to_array<Choice<TlsPart>>(
    {{"policy", TlsPart::policy}, {"reporter", TlsPart::reporter}, {"day", TlsPart::day}});

void add_options(cli::Command& command, TlsReportOptions& options) {
  add_choice(command, "--by", "PART", "rows by policy, reporter or day (default policy)", kParts,
             options.part);
  options.inputs.add_to(command);
}

}  // namespace

void add_tls_report(cli::Program& program) {
  auto options = std::make_shared<TlsReportOptions>();
  auto run = std::make_shared<TlsReportRun>(options);
  auto command = program.command("tls report", "How deliveries over TLS fared, by the reports");
  add_options(command, *options);
  command
      .about(
          "Reads SMTP TLS reports (RFC 8460): JSON, gzip, zip, or the mails they came in, and says "
          "for each domain and policy how many sessions failed, why, and what to do. With --json "
          "there is an object for each report.")
      .messages(
          "FILE", "a report, mail, mbox, Maildir, directory of them, or - for standard input",
          [run](mailbox::Item& item, cli::Context& context) { return run->judge(item, context); },
          {.kind = cli::Work::Kind::computes, .questions = 0, .key = "file", .raw = true})
      .ending({.gather = [run](const cli::Report& report) { return run->gather(report); },
               .finish = [run](cli::Output& output) { return run->finish(output); }});
}

}  // namespace mailtrust::commands
