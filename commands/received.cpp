// mailtrust received FILE...
// Where did this message come from? Its hops, and the one address that can be believed.
#include <memory>
#include <utility>

#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/message_options.hpp"
#include "commands/received_report.hpp"
#include "commands/trusted_option.hpp"
#include "message/reader.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  TrustedOption trusted;
  MessageOptions messages;
};

cli::Report judge(mailbox::Item& item, Options& options, cli::Context& context) {
  auto name = name_of(item);
  cli::Report report;
  report.json("file", item.file);
  if (item.index > 0) report.json("index", item.index);
  const auto& trusted = options.trusted.get(context);
  if (!trusted) return report.error(trusted.error());
  message::Reader reader(*item.octets, name, options.messages.max_size);
  auto header = reader.header();
  if (!header) return report.error(header.error());
  // What the body says of hops is text.
  if (auto skipped = reader.skip_body(); !skipped) return report.error(skipped.error());
  add_trace(report, received::read_trace(*header, *trusted), name, !context.globals.json);
  return report;
}

}  // namespace

void add_received(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto command = program.command("received", "Say where messages came from, and how sure that is");
  options->trusted.add_to(command);
  add_message_options(command, options->messages);
  command
      .about(
          "hops[0] is the newest. The origin is \"proven\" when a server one may believe wrote "
          "down that address, \"vouched\" when a known provider says whom it took the message "
          "from, else \"none\". Flags of the hops below are about claims, and change nothing.")
      .messages("FILE", "a message, mbox, Maildir, directory of messages, or - for standard input",
                [options](mailbox::Item& item, cli::Context& context) {
                  return judge(item, *options, context);
                },
                {.kind = cli::Work::Kind::computes, .questions = 0, .key = "file"});
}

}  // namespace mailtrust::commands
