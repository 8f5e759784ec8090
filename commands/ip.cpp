// mailtrust ip ADDR...
// What is known about an address that mail comes from?
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/ip_report.hpp"
#include "commands/ip_run.hpp"
#include "commands/store_place.hpp"

namespace mailtrust::commands {
namespace {

// The address `index` after `first`; within a prefix of at most kIpPrefix addresses there is no
// carry beyond the last four octets.
net::Address address_at(const net::Address& first, std::size_t index) {
  net::Address::Octets octets{};
  auto from = first.octets();
  std::ranges::copy(from, octets.begin());
  for (auto at = from.size(); index > 0 && at-- > 0; index >>= 8U) {
    index += octets[at];
    octets[at] = static_cast<std::uint8_t>(index & 0xffU);
  }
  if (first.is_v4()) return net::Address::v4(std::span(octets).first<4>());
  return net::Address::v6(octets);
}

Expected<cli::Expansion> expand(std::string_view text) {
  if (text.find('/') == std::string_view::npos) return cli::Expansion{};
  auto prefix = net::Prefix::parse(text);
  if (!prefix) return fail(prefix.error());
  auto bits = width(prefix->address.family()) - prefix->length;
  if (bits >= 64 || (std::size_t{1} << bits) > limits::kIpPrefix)
    return fail(Error::Kind::input, {},
                quote(text) + " holds more than " + grouped(limits::kIpPrefix) +
                    " addresses, the most of one prefix that are looked at");
  auto first = prefix->first();
  return cli::Expansion{std::size_t{1} << bits,
                        [first](std::size_t index) { return to_string(address_at(first, index)); }};
}

cli::Report judge(const cli::Input& input, IpRun& run, cli::Context& context) {
  auto look = [&](const net::Address& address, cli::Context&) {
    auto answer = run.look_up(address, context);
    cli::Report report;
    if (!answer) return report.json("ip", to_string(address.unmapped())).error(answer.error());
    if (auto prefix = net::Prefix::read(input.from)) {
      answer->one_of_many = true;
      answer->leads = answer->address == prefix->first();
    }
    return report_of(*answer);
  };
  return cli::judge_each<net::Address>(net::Address::parse, "ip", look)(input, context);
}

// Read and checked at once, so that a mistake is told before anything is asked.
cli::Setter file_setter(IpOptions& options) {
  return [&options](std::string_view text) -> Expected<void> {
    options.dnsbl_file = text;
    auto octets = read_file(options.dnsbl_file, limits::kBlockListFile);
    if (!octets) return fail(octets.error());
    options.dnsbl_text = std::move(*octets);
    auto zones = dnsbl::parse_zones(options.dnsbl_text, options.dnsbl_file, {});
    if (!zones) return fail(zones.error());
    return {};
  };
}

cli::Setter zones_setter(IpOptions& options) {
  return [&options](std::string_view text) -> Expected<void> {
    for (auto name : ascii::split(text, ',')) options.zones.emplace_back(ascii::trim(name));
    auto zones = dnsbl::choose(options.zones, {}, {});
    if (!zones) return fail(zones.error());
    return {};
  };
}

}  // namespace

void add_ip(cli::Program& program) {
  auto options = std::make_shared<IpOptions>();
  auto run = std::make_shared<IpRun>(options);
  auto command = program.command("ip", "Name, owner, block lists and reputation of an address")
                     .writes(store_place);
  command.about(
      "Looks up the name of each address and whether it points back, who runs the network, what "
      "DNS block and allow lists say, which provider it is, and what your own lists say.\n"
      "\n"
      "A list is believed only when its test entries are as RFC 5782 wants them. Listed, clean, "
      "refused, no answer and lies are five different answers: only the first two say something "
      "about the address.");
  command
      .option("--dnsbl-file", "FILE",
              "ask these lists instead of the built-in ones: ZONE [block|allow|reputation] "
              "[CODE=meaning ...], one a line",
              file_setter(*options), {.completes = cli::Completes::file})
      .option("--zones", "NAME,...", "ask only these lists", zones_setter(*options),
              {.repeatable = true})
      .flag("--no-registry", "do not ask the registries whose network it is", options->no_registry);
  options->finder.add_to(command);
  command
      .inputs("ADDR", "IPv4 or IPv6 address, or a prefix of at most 65,536 of them",
              [options, run](const cli::Input& input, cli::Context& context) {
                return judge(input, *run, context);
              },
              {.kind = cli::Work::Kind::waits,
               .questions = limits::kIpQuestions,
               .key = "ip",
               .expand = expand})
      .ending(
          {.finish = [options](cli::Output& output) { return options->finder.finish(output); }});
}

}  // namespace mailtrust::commands
