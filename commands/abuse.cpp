// mailtrust abuse ADDR...
// Who answers for an address, and whom to write to about abuse from it.
#include <memory>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "cli/program.hpp"
#include "commands/abuse_answer.hpp"
#include "commands/abuse_groups.hpp"
#include "commands/commands.hpp"
#include "commands/finder_options.hpp"
#include "commands/store_place.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  FinderOptions finder;
  bool group = false;
  AbuseGroups groups;
};

// As logs and Received fields have it, too: [192.0.2.1], [IPv6:2001:db8::1].
Expected<net::Address> parse_address(std::string_view text) {
  auto inner = text;
  if (inner.size() > 2 && inner.starts_with('[') && inner.ends_with(']')) {
    inner = inner.substr(1, inner.size() - 2);
    constexpr std::string_view kTag = "IPv6:";
    if (ascii::istarts_with(inner, kTag)) inner.remove_prefix(kTag.size());
  }
  auto address = net::Address::read(inner);
  return address ? Expected<net::Address>(*address) : net::Address::parse(text);
}

cli::Report judge(const net::Address& address, Options& options, cli::Context& context) {
  auto answer = options.finder.get(context).find(address, abuse::Want::contacts, context.resolver,
                                                 deadline_of(context));
  return abuse_report(answer);
}

cli::Ending ending_of(const std::shared_ptr<Options>& options) {
  cli::Ending ending;
  ending.gather = [options](const cli::Report& report) {
    if (options->group) options->groups.gather(report);
    return options->group;
  };
  ending.finish = [options](cli::Output& output) {
    if (options->group) options->groups.answer(output);
    return options->finder.finish(output);
  };
  return ending;
}

}  // namespace

void add_abuse(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto command = program.command("abuse", "Find who answers for an address, to complain to")
                     .writes(store_place);
  options->finder.add_to(command);
  command.flag("--group", "tell for each contact the addresses it answers for", options->group)
      .inputs("ADDR", "IPv4 or IPv6 address, also in brackets",
              cli::judge_each<net::Address>(
                  parse_address, "ip",
                  [options](const net::Address& address, cli::Context& context) {
                    return judge(address, *options, context);
                  }),
              {.kind = cli::Work::Kind::computes_and_waits, .key = "ip"})
      .ending(ending_of(options));
}

}  // namespace mailtrust::commands
