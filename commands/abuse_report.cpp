// mailtrust abuse report FILE...
// A complaint about a message, ready to send, to who answers for where it came from.
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/escape.hpp"
#include "cli/program.hpp"
#include "commands/abuse_report_run.hpp"
#include "commands/commands.hpp"
#include "commands/store_place.hpp"
#include "complaint/text.hpp"

namespace mailtrust::commands {
namespace {

using Options = std::shared_ptr<AbuseReportOptions>;

Expected<std::string> take_mailbox(std::string_view text) {
  if (!complaint::is_plain_mailbox(text))
    return fail(Error::Kind::usage, {},
                quote(text) + ": expected a mail address, user@example.org");
  return std::string(text);
}

cli::Setter append_to(const Options& options, std::vector<std::string>& list) {
  return [options, &list](std::string_view text) -> Expected<void> {
    list.emplace_back(text);
    return {};
  };
}

Expected<void> take_directory(std::string& target, std::string_view text) {
  std::error_code unreadable;
  target = text;
  if (std::filesystem::is_directory(target, unreadable)) return {};
  return fail(Error::Kind::usage, {}, quote(text) + ": no directory");
}

void add_recipient_options(cli::Command& command, const Options& options) {
  command
      .option("--from", "ADDRESS",
              "in whose name (default: whom the message was for, else postmaster of the server "
              "that took it)",
              [options](std::string_view text) -> Expected<void> {
                auto mailbox = take_mailbox(text);
                if (!mailbox) return fail(mailbox.error());
                options->from = std::move(*mailbox);
                return {};
              })
      .option("--to", "ADDRESS", "write to this address, and look nobody up",
              [options](std::string_view text) -> Expected<void> {
                auto mailbox = take_mailbox(text);
                if (!mailbox) return fail(mailbox.error());
                options->to.push_back(std::move(*mailbox));
                return {};
              },
              {.repeatable = true});
  options->finder.add_to(command);
  options->trusted.add_to(command);
}

void add_form_options(cli::Command& command, const Options& options) {
  command
      .option("--output", "DIR", "write each complaint into a new file of this directory",
              [options](std::string_view text) { return take_directory(options->output, text); },
              {.completes = cli::Completes::directory})
      .flag("--send", "hand each complaint to sendmail -t (needs --from)", options->send)
      .option("--sendmail", "PROGRAM", "the program that sends (default /usr/sbin/sendmail)",
              options->sendmail, {.completes = cli::Completes::file})
      .flag("--xarf", "attach an X-XARF report (version 4) for each message", options->xarf)
      .flag("--single", "one complaint for each message, also from one source", options->single)
      .flag("--redact", "replace the recipients' addresses by tokens (RFC 6590)", options->redact)
      .option("--redact-also", "ADDRESS|DOMAIN", "replace this address, or all of this domain, too",
              append_to(options, options->redact_also), {.repeatable = true})
      .option("--redact-key", "FILE", "the key of the tokens (default: one kept in the store)",
              options->redact_key, {.completes = cli::Completes::file});
}

}  // namespace

void add_abuse_report(cli::Program& program) {
  auto options = std::make_shared<AbuseReportOptions>();
  auto command = program.command("abuse report", "Complain about messages to who answers for them")
                     .writes(store_place)
                     .writes(options->output)
                     .starts_programs(options->send);
  add_form_options(command, options);
  add_recipient_options(command, options);
  add_message_options(command, options->messages);
  command
      .option("--input", "FILE", "read the names of messages from FILE, one a line", options->input,
              {.completes = cli::Completes::file})
      .argument("FILE", "a message, mbox, Maildir, directory of messages, or - for standard input",
                append_to(options, options->files),
                {.repeatable = true, .completes = cli::Completes::file})
      .about(
          "Finds the address each message came from, who answers for it, and writes the "
          "complaint (RFC 5965) with the message attached; messages from one address share one. "
          "Nothing is sent without --send, which starts another program: only then is this one not "
          "kept from that by the kernel.")
      .action([options](cli::Context& context, cli::Output& output) {
        return run_abuse_report(*options, context, output);
      });
}

}  // namespace mailtrust::commands
