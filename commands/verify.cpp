// mailtrust verify FILE...
// Is this message genuine? SPF, DKIM, ARC and DMARC of messages.
#include "verify/verify.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/message_options.hpp"
#include "commands/reverse_path.hpp"
#include "commands/verify_receivers.hpp"
#include "commands/verify_report.hpp"
#include "message/reader.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  verify::Session session;
  std::vector<net::Prefix> trusted;
  std::string authserv_id;
  bool received_spf = false;
  bool receivers = false;
  bool bulk = false;
  MessageOptions messages;
};

verify::Options options_for(const Options& options, const cli::Context& context) {
  verify::Options wanted;
  wanted.session = options.session;
  wanted.trusted = net::PrefixSet::of(options.trusted) | context.globals.config.trusted.prefixes();
  wanted.now = context.now;
  wanted.authserv_id = options.authserv_id;
  return wanted;
}

void add_receivers(cli::Report& report, const verify::Outcome& outcome, const Options& options,
                   cli::Context& context) {
  receivers::Facts facts{.header = outcome.header,
                         .signatures = outcome.dkim,
                         .spf = {},
                         .dmarc = outcome.dmarc,
                         .client = {},
                         .now = context.now,
                         .bulk = options.bulk || receivers::looks_bulk(outcome.header)};
  if (outcome.spf) {
    facts.spf = outcome.spf->outcome.result;
    facts.client = outcome.spf->request.ip;
  }
  auto opinions = receivers::judge(context.resolver, facts);
  report.field("receivers", receivers_value(opinions), receivers_style(facts.bulk));
}

cli::Report judge(mailbox::Item& item, const Options& options, cli::Context& context) {
  auto name = name_of(item);
  cli::Report report;
  report.json("file", item.file);
  if (item.index > 0) report.json("index", item.index);
  message::Reader reader(*item.octets, name, options.messages.max_size);
  auto outcome = verify::verify(reader, context.resolver, options_for(options, context));
  if (!outcome) return report.error(outcome.error());
  add_verification(report, *outcome, name, options.received_spf);
  if (options.receivers) add_receivers(report, *outcome, options, context);
  return report;
}

Expected<void> add_prefixes(std::vector<net::Prefix>& prefixes, std::string_view list) {
  for (auto text : ascii::split(list, ',')) {
    auto prefix = net::Prefix::parse(ascii::trim(text));
    if (!prefix) return fail(prefix.error());
    prefixes.push_back(*prefix);
  }
  return {};
}

void add_session_options(cli::Command& command, const std::shared_ptr<Options>& options) {
  auto& session = options->session;
  auto ip = [&session](std::string_view text) -> Expected<void> {
    auto address = net::Address::parse(text);
    if (!address) return fail(address.error());
    session.ip = address->unmapped();
    return {};
  };
  auto helo = [&session](std::string_view text) -> Expected<void> {
    session.helo = text;
    return {};
  };
  auto mail_from = [&session](std::string_view text) -> Expected<void> {
    session.mail_from = without_brackets(text);
    return {};
  };
  auto trusted = [options](std::string_view text) { return add_prefixes(options->trusted, text); };
  command.option("--ip", "ADDRESS", "the client that handed the message over", ip)
      .option("--helo", "NAME", "the name it greeted with", helo)
      .option("--mail-from", "ADDRESS", "its MAIL FROM; empty or <> for a bounce", mail_from)
      .option("--trusted", "PREFIX,...",
              "relays of your own: the hand-over is looked for behind them", trusted,
              {.repeatable = true});
}

}  // namespace

void add_verify(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto command = program.command("verify", "Say whether messages are genuine");
  add_session_options(command, options);
  command
      .option("--authserv-id", "NAME",
              "this receiver's name in Authentication-Results (default: from the newest Received "
              "field)",
              options->authserv_id)
      .flag("--received-spf", "show a Received-SPF field to insert, too", options->received_spf)
      .flag("--receivers", "would Gmail, Yahoo, Microsoft, Apple, GMX and WEB.DE take it?",
            options->receivers)
      .flag("--bulk",
            "judge by their rules for bulk mail, also what does not look like it (with "
            "--receivers)",
            options->bulk);
  add_message_options(command, options->messages);
  command
      .about(
          "SPF, DKIM, ARC and DMARC as a receiver would judge them, with the reason when a "
          "signature fails. Without --ip the client is the one that the message's Received fields "
          "prove.")
      .messages("FILE", "a message, mbox, Maildir, directory of messages, or - for standard input",
                [options](mailbox::Item& item, cli::Context& context) {
                  return judge(item, *options, context);
                },
                {.kind = cli::Work::Kind::computes_and_waits,
                 .questions = limits::kVerifyQuestions,
                 .key = "file"});
}

}  // namespace mailtrust::commands
