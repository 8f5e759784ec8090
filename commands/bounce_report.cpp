// mailtrust bounce report FILE|LOG...
// What became of mail, by week, domain, reason or sender, from logs and bounce mails.
#include <array>
#include <charconv>
#include <cmath>
#include <memory>
#include <string>
#include <string_view>

#include "base/escape.hpp"
#include "base/number.hpp"
#include "cli/program.hpp"
#include "commands/bounce_report_answer.hpp"
#include "commands/bounce_report_rows.hpp"
#include "commands/bounce_report_run.hpp"
#include "commands/choice.hpp"
#include "commands/commands.hpp"
#include "commands/list_sources.hpp"
#include "commands/store_place.hpp"

namespace mailtrust::commands {
namespace {

constexpr auto kRows = std::to_array<Choice<delivery::By>>({{"week", delivery::By::week},
                                                            {"domain", delivery::By::domain},
                                                            {"reason", delivery::By::reason},
                                                            {"sender", delivery::By::sender}});

Expected<void> take_weeks(BounceReportOptions& options, std::string_view text) {
  constexpr std::size_t kMost = 52;
  auto weeks = parse_number<std::size_t>(text);
  if (!weeks || *weeks > kMost)
    return fail(Error::Kind::usage, {},
                quote(text) + ": expected a number of weeks, 1 to 52, or 0 for never");
  options.promote_after = *weeks;
  return {};
}

Expected<void> take_percent(BounceReportOptions& options, std::string_view text) {
  double percent = 0;
  const char* end = text.data() + text.size();
  auto [stop, failure] = std::from_chars(text.data(), end, percent);
  if (failure != std::errc{} || stop != end || !std::isfinite(percent) || percent < 0 ||
      percent > 100)
    return fail(Error::Kind::usage, {}, quote(text) + ": expected a percentage, 0 to 100");
  options.alert = percent;
  return {};
}

cli::Verdict report(const BounceReportOptions& options, cli::Context& context,
                    cli::Output& output) {
  if (options.words.empty() && !options.remember)
    return output.answer(cli::Report().error(
        {Error::Kind::usage, "FILE",
         "expected logs and bounce mails, or --remember to see what earlier runs counted"}));
  if (options.csv && context.globals.json)
    return output.answer(
        cli::Report().error({Error::Kind::usage, "--csv", "not beside --json: one or the other"}));
  auto result = BounceReportRun(options, context, output).run();
  if (!result) return output.answer(cli::Report().error(result.error()));
  if (!*result) return cli::Verdict::good;
  auto answer = bounce_report(options, **result, context.now);
  if (!options.csv) return output.answer(answer);
  output.write(bounce_report_csv((*result)->summary));
  return answer.verdict();
}

void add_choices(cli::Command& command, BounceReportOptions& options) {
  add_choice(command, "--by", "WHAT", "rows by week, domain, reason or sender (default week)",
             kRows, options.by);
  command
      .option("--since", "TIME",
              "count what happened from then on: 2026-11-01, a time, or how long ago (4w, 30d)",
              options.since)
      .option("--until", "TIME", "count what happened before then", options.until)
      .flag("--csv", "write the rows as CSV", options.csv)
      .option("--alert", "PERCENT",
              "exit 1 when more than that bounced hard in the last week that is over",
              [&options](std::string_view text) { return take_percent(options, text); });
}

void add_memory(cli::Command& command, BounceReportOptions& options) {
  command
      .option("--suppression", "FILE",
              "add the addresses that will never work to FILE, with the reasons",
              options.suppression, {.completes = cli::Completes::file})
      .option("--promote-after", "WEEKS",
              "suppress addresses that failed softly in so many weeks; 0: never (default 4)",
              [&options](std::string_view text) { return take_weeks(options, text); })
      .flag("--remember",
            "for cron: read only what is new since the last run, add it to what the store "
            "remembers, and report on all of it",
            options.remember);
}

}  // namespace

void add_bounce_report(cli::Program& program) {
  auto options = std::make_shared<BounceReportOptions>();
  auto command = program.command("bounce report", "What became of mail, from logs and bounce mails")
                     .writes(store_place)
                     .writes(options->suppression);
  command.argument("FILE|LOG",
                   "logs (Postfix, Exim, sendmail, OpenSMTPD, KumoMTA, PowerMTA; gzip too), bounce "
                   "mails, mailboxes, directories; - for standard input",
                   words_setter(options->words),
                   {.repeatable = true, .completes = cli::Completes::file});
  add_choices(command, *options);
  add_memory(command, *options);
  add_message_options(command, options->messages);
  command
      .about(
          "A file is known for a log or mail by what it holds. A failure that a log and a bounce "
          "mail both tell of counts once.")
      .action([options](cli::Context& context,
                        cli::Output& output) { return report(*options, context, output); },
              0);
}

}  // namespace mailtrust::commands
