// mailtrust list publish NAME --zone Z --server S[:PORT] --tsig FILE
// Does the zone that mail servers ask hold what the list says? If not, that is what it will hold.
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/escape.hpp"
#include "base/number.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_addresses.hpp"
#include "commands/list_publish_report.hpp"
#include "commands/store_place.hpp"
#include "dns/primary.hpp"
#include "dns/server.hpp"
#include "dns/tsig_key.hpp"
#include "list/dnsxl.hpp"
#include "list/dnsxl_change.hpp"
#include "list/publish.hpp"

namespace mailtrust::commands {
namespace {

constexpr std::uint32_t kMostTtl = 7 * 86400;

struct Options {
  std::string list;
  dns::Name zone;
  dns::Server server;
  std::string key_file;
  list::dnsxl::Answer answer;
  bool lossy = false;
  bool dry_run = false;
};

class Publish {
 public:
  Publish(const Options& options, cli::Context& context, cli::Output& output)
      : options_(options), context_(context), output_(output) {}

  cli::Verdict run() {
    auto key = dns::read_tsig_key(options_.key_file);
    if (!key) return tell(key.error());
    warn_of_readers();
    auto addresses = read_addresses(options_.list, context_, output_);
    if (!addresses) return tell(addresses.error());
    if (addresses->faults > 0) return tell(faulty(addresses->faults));
    if (addresses->left_out > 0 && !options_.lossy) return refuse(addresses->left_out);
    auto listings = list::dnsxl::listings(addresses->sources);
    std::vector<list::dnsxl::Source>().swap(addresses->sources);  // only the comments are needed
    if (!listings) return tell(listings.error(), options_.list);
    auto difference = list::dnsxl::Difference::make(*listings, options_.zone, options_.answer);
    if (!difference) return tell(difference.error(), "--zone");
    return talk(std::move(*key), *difference);
  }

 private:
  // The clock of TSIG is the real one, whatever --at pretends.
  cli::Verdict talk(dns::TsigKey key, list::dnsxl::Difference& difference) {
    dns::Primary primary(options_.server, options_.zone, std::move(key), context_.globals.timeout,
                         [] { return static_cast<std::int64_t>(std::time(nullptr)); });
    auto progress = [this](std::size_t done, std::size_t all) {
      output_.progress(done, static_cast<double>(done) / static_cast<double>(all));
    };
    auto published = options_.dry_run ? list::rehearse(primary, difference)
                                      : list::publish(primary, difference, progress);
    if (!published) return say_no(published.error());
    return answer(*published);
  }

  cli::Verdict answer(const list::Published& published) {
    auto report = begin();
    add_published(report, published, to_string(options_.zone), options_.dry_run);
    auto verdict = output_.answer(report);
    if (!published.wrote || published.is_serial_raised()) return verdict;
    output_.complain({Error::Kind::input, to_string(options_.zone),
                      "the server did not raise the serial, so secondaries will not follow"});
    return cli::Verdict::bad;
  }

  cli::Verdict tell(Error error, std::string_view where = {}) {
    if (error.where.empty()) error.where = where;
    return output_.answer(begin().error(std::move(error)));
  }

  // What the server refuses is a definite no; what it could not tell is in the error's kind.
  cli::Verdict say_no(const Error& error) {
    auto report = begin();
    report.error(error);
    if (error.kind == Error::Kind::input) report.judge(cli::Verdict::bad);
    return output_.answer(report);
  }

  [[nodiscard]] Error faulty(std::size_t lines) const {
    auto count = lines == 1 ? "1 line is" : grouped(lines) + " lines are";
    return {Error::Kind::input, options_.list, "nothing sent: " + count + " not as it should be"};
  }

  cli::Verdict refuse(std::size_t names) {
    auto entries = names == 1 ? "1 entry" : grouped(names) + " entries";
    return say_no({Error::Kind::input, options_.list,
                   "nothing sent; --lossy publishes the list without " + entries});
  }

  [[nodiscard]] cli::Report begin() const {
    cli::Report report;
    report.json("list", options_.list)
        .json("zone", to_string(options_.zone))
        .json("server", to_string(options_.server));
    return report;
  }

  void warn_of_readers() {
    std::error_code ignored;
    auto status = std::filesystem::status(options_.key_file, ignored);
    auto others = status.permissions() & std::filesystem::perms::others_read;
    if (status.type() == std::filesystem::file_type::regular &&
        others != std::filesystem::perms::none)
      output_.complain({Error::Kind::input, options_.key_file,
                        "everybody can read this key; chmod o-r keeps it secret"});
  }

  const Options& options_;
  cli::Context& context_;
  cli::Output& output_;
};

// A setter from a parser of the value.
template <typename T>
cli::Setter into(T& target, Expected<T> (*parse)(std::string_view)) {
  return [&target, parse](std::string_view text) -> Expected<void> {
    auto value = parse(text);
    if (!value) return fail(value.error());
    target = std::move(*value);
    return {};
  };
}

Expected<dns::Server> parse_primary(std::string_view text) {
  auto server = dns::parse_server(text);
  if (server) return server;
  return fail(Error::Kind::usage, "",
              quote(text) +
                  ": expected the address of a server, such as 192.0.2.53, 192.0.2.53:5353 or "
                  "[2001:db8::53]:5353");
}

Expected<std::uint32_t> parse_ttl(std::string_view text) {
  auto ttl = parse_number<std::uint32_t>(text);
  if (ttl && *ttl <= kMostTtl) return *ttl;
  return fail(Error::Kind::usage, "",
              quote(text) + ": expected seconds, at most " + std::to_string(kMostTtl));
}

Expected<std::uint32_t> parse_code(std::string_view text) {
  auto code = list::dnsxl::parse_code(text);
  if (!code) return fail(code.error());
  return code->to_v4_value();
}

void add_target(cli::Command& command, Options& options) {
  command
      .option("--zone", "ZONE", "the zone's name, such as bl.example.org",
              into(options.zone, dns::Name::parse), {.required = true})
      .option("--server", "ADDR[:PORT]", "its primary server", into(options.server, parse_primary),
              {.required = true})
      .option("--tsig", "FILE", "the key that the server knows us by", options.key_file,
              {.required = true, .completes = cli::Completes::list_or_file});
}

}  // namespace

void add_list_publish(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto take_list = [options](std::string_view text) -> Expected<void> {
    options->list = text;
    return {};
  };
  auto command =
      program.command("list publish", "Keep a DNS allow or block zone in step").writes(store_place);
  command.argument("NAME", "the list, or a file of lines as they are imported", take_list,
                   {.required = true, .completes = cli::Completes::file});
  add_target(command, *options);
  command
      .option("--ttl", "SECONDS", "how long resolvers may keep an answer (default 300)",
              into(options->answer.ttl, parse_ttl))
      .option("--code", "ADDR", "what listed addresses answer with (default 127.0.0.2)",
              into(options->answer.code, parse_code))
      .flag("--lossy", "leave out mailboxes and domains, which a zone of addresses cannot say",
            options->lossy)
      .flag("--dry-run", "show what would change, and send nothing", options->dry_run)
      .about(
          "Mail servers ask the zone as they ask any DNSxL (RFC 5782). Only the A and TXT records "
          "of addresses are touched, and only the difference is sent. What an interrupted run left "
          "undone, the next one does.")
      .action([options](cli::Context& context,
                        cli::Output& output) { return Publish(*options, context, output).run(); },
              0);
}

}  // namespace mailtrust::commands
