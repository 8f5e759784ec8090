// mailtrust bounce FILE...
// Whom a message did not reach, whether they ever can be, and why.
#include <memory>
#include <string>
#include <utility>

#include "bounce/notice.hpp"
#include "cli/program.hpp"
#include "commands/bounce_answer.hpp"
#include "commands/commands.hpp"
#include "commands/message_options.hpp"
#include "commands/whole_message.hpp"
#include "maillog/reader.hpp"

namespace mailtrust::commands {
namespace {

cli::Report judge(mailbox::Item& item, const MessageOptions& options, bool for_people) {
  cli::Report report;
  report.json("file", item.file);
  if (item.index > 0) report.json("index", item.index);
  auto octets = read_any_lines(item, options.max_size);
  if (!octets) return report.error(octets.error());
  auto notice = bounce::read_notice(*octets);
  bool tells = notice && notice->kind != bounce::Kind::message;
  if (!tells && maillog::is_log(*octets))
    return report.error({Error::Kind::input, name_of(item),
                         "a log of a mail server: mailtrust bounce report reads it"});
  if (!notice) {
    auto error = notice.error();
    error.where = name_of(item);
    return report.error(std::move(error));
  }
  add_notice(report, *notice, name_of(item), for_people);
  return report.judge(verdict_of(*notice));
}

}  // namespace

void add_bounce(cli::Program& program) {
  auto options = std::make_shared<MessageOptions>();
  auto command =
      program.command("bounce", "Read bounces: who failed, for good or for now, and why");
  add_message_options(command, *options);
  command
      .about(
          "Delivery status notifications (RFC 3464, RFC 6533) and the bounces that many systems "
          "write in words of their own; complaints, automatic replies, notices of delay or "
          "delivery and ordinary mail are told apart. What the server said decides, its codes "
          "only where its words say nothing. Exit status 1: an address will never work; 3: why "
          "somebody failed was not found out.")
      .messages("FILE", "a bounce, mbox, Maildir, directory of them, or - for standard input",
                [options](mailbox::Item& item, cli::Context& context) {
                  return judge(item, *options, !context.globals.json);
                },
                {.kind = cli::Work::Kind::computes, .questions = 0, .key = "file"});
}

}  // namespace mailtrust::commands
