// mailtrust dmarc report FILE...
// Who sends in a domain's name, by what receivers report.
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "base/limits.hpp"
#include "cli/program.hpp"
#include "commands/choice.hpp"
#include "commands/commands.hpp"
#include "commands/dmarc_report_run.hpp"
#include "commands/store_place.hpp"

namespace mailtrust::commands {
namespace {

constexpr auto kParts = std::to_array<Choice<report::Part>>({{"source", report::Part::source},
                                                             {"domain", report::Part::domain},
                                                             {"reporter", report::Part::reporter},
                                                             {"day", report::Part::day}});

void add_options(cli::Command& command, DmarcReportOptions& options) {
  add_choice(command, "--by", "PART", "rows by source, domain, reporter or day (default source)",
             kParts, options.part);
  options.inputs.add_to(command);
  command
      .flag("--resolve", "look up the names of addresses, and keep them in the store",
            options.resolve)
      .flag("--csv", "rows for a spreadsheet", options.csv);
}

}  // namespace

void add_dmarc_report(cli::Program& program) {
  auto options = std::make_shared<DmarcReportOptions>();
  auto run = std::make_shared<DmarcReportRun>(options);
  auto command = program.command("dmarc report", "Who sends in a domain's name, by the reports")
                     .writes(store_place);
  add_options(command, *options);
  command
      .about(
          "Reads DMARC aggregate reports (RFC 7489, RFC 9990) and failure reports (RFC 6591, RFC "
          "9991): XML, gzip, zip, or the mails they came in, and says for each source who it is, "
          "how its mail fared, and what to do. With --json there is an object for each report.")
      .messages(
          "FILE", "a report, mail, mbox, Maildir, directory of them, or - for standard input",
          [run](mailbox::Item& item, cli::Context& context) { return run->judge(item, context); },
          {.kind = cli::Work::Kind::computes,
           .questions = limits::kReportQuestions,
           .key = "file",
           .raw = true})
      .ending({.gather = [run](const cli::Report& report) { return run->gather(report); },
               .finish = [run](cli::Output& output) { return run->finish(output); }});
}

}  // namespace mailtrust::commands
