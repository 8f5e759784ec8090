// mailtrust list export NAME|FILE --format F
// A list as the file that a mail server, a spam filter, a packet filter or a name server reads.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/escape.hpp"
#include "base/number.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_export_file.hpp"
#include "commands/store_place.hpp"
#include "dns/name.hpp"
#include "list/dnsxl.hpp"
#include "list/export.hpp"
#include "list/origin.hpp"
#include "list/store.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  std::string list;
  const list::Format* format = nullptr;
  std::string output;
  list::Heading heading;
  bool allow = false;
  bool deny = false;
  bool all = false;
  bool lossy = false;
};

class Export {
 public:
  Export(const Options& options, cli::Context& context, cli::Output& output)
      : options_(options),
        origin_(list::origin_of(options.list, context.globals.store)),
        heading_(options.heading),
        context_(context),
        output_(output) {}

  cli::Verdict run() {
    if (options_.allow && options_.deny)
      return tell({Error::Kind::usage, "--allow", "a list cannot deny what it allows"});
    auto read = origin_.kind == list::Origin::Kind::kept ? read_kept() : read_file();
    if (!read) return tell(read.error());
    if (faults_ > 0)
      return tell({Error::Kind::input, origin_.name,
                   "nothing written, as there are bad lines: " + grouped(faults_)});
    if (left_out_ > 0 && !options_.lossy) return refuse();
    auto file = exporter_->finish();
    if (!file) return tell(file.error());
    return options_.output.empty() || options_.output == "-" ? print(*file) : save(*file);
  }

 private:
  Expected<void> read_file() {
    if (options_.allow) heading_.verdict = list::Verdict::allow;
    if (options_.deny) heading_.verdict = list::Verdict::deny;
    if (auto begun = begin(); !begun) return begun;
    list::Reading reading{.complain = [this](const Error& error) { output_.complain(error); }};
    auto tally = list::read_members(origin_, reading, [this](const list::Member& member) {
      list::Stored stored;
      stored.entry = member.entry;
      stored.comment = member.comment;
      add(stored, origin_.name + ':' + std::to_string(member.line));
    });
    if (!tally) return fail(tally.error());
    faults_ = tally->faults;
    return {};
  }

  Expected<void> read_kept() {
    auto path = list::store_path(context_.globals.store);
    if (!path) return fail(path.error());
    auto store = list::Store::open(*path, list::Store::Access::read);
    if (!store) return fail(store.error());
    auto found = store->find(origin_.name);
    if (!found) return fail(found.error());
    if (auto known = check_verdict(*found, *path); !known) return known;
    if (auto begun = begin(); !begun) return begun;
    return store->each(origin_.name, [this](const list::Stored& stored) {
      bool counts = stored.is_in_force(context_.now) || options_.all;
      if (counts) add(stored, origin_.name);
      return true;
    });
  }

  Expected<void> check_verdict(const std::optional<list::Listed>& listed,
                               const std::string& store) {
    if (!listed)
      return fail(Error::Kind::input, origin_.name,
                  "no such file, and no list of that name in " + escape_text(store));
    heading_.verdict = listed->verdict;
    heading_.exclusive = listed->exclusive;
    bool allows = listed->verdict == list::Verdict::allow;
    if (!(allows ? options_.deny : options_.allow)) return {};
    return fail(Error::Kind::usage, allows ? "--deny" : "--allow",
                origin_.name + " is a list that says " + std::string(to_string(listed->verdict)));
  }

  // Once the verdict is known.
  Expected<void> begin() {
    heading_.name = origin_.name;
    heading_.serial = next_serial(*options_.format, options_.output, context_.now);
    if (heading_.set_name.empty()) heading_.set_name = list::set_name_of(origin_.name);
    const auto& format = *options_.format;
    if (options_.all && !format.keeps_state)
      return fail(Error::Kind::usage, "--all",
                  "paused and expired entries have no place in " + std::string(format.name) +
                      "; only csv and json have one");
    if (format.needs_verdict && !heading_.verdict)
      return fail(Error::Kind::usage, options_.list,
                  "a file says neither allow nor deny; add --allow or --deny");
    exporter_ = format.make(heading_);
    return {};
  }

  void add(const list::Stored& stored, const std::string& where) {
    auto reason = exporter_->refuse(stored.entry);
    if (reason.empty()) return exporter_->add(stored);
    ++left_out_;
    output_.complain({Error::Kind::input, where, quote(to_string(stored.entry)) + ": " + reason});
  }

  cli::Verdict tell(const Error& error) {
    return output_.answer(cli::Report().json("list", origin_.name).error(error));
  }

  cli::Verdict refuse() {
    output_.complain(
        {Error::Kind::input, origin_.name,
         "nothing written; --lossy leaves out what cannot be said, here " + grouped(left_out_)});
    return output_.answer(report().judge(cli::Verdict::bad));
  }

  cli::Verdict print(const std::string& file) {
    if (!context_.globals.json) {
      output_.write(file);
      return cli::Verdict::good;
    }
    return output_.answer(report().json("text", file));
  }

  cli::Verdict save(const std::string& file) {
    auto written = keep_file(*options_.format, options_.output, file);
    if (!written) return tell(written.error());
    auto answer = report();
    answer.json("output", options_.output).json("changed", *written);
    if (*written)
      answer.field("written", options_.output + ": written", {.kind = cli::Style::Kind::title});
    return output_.answer(answer);
  }

  [[nodiscard]] cli::Report report() const {
    cli::Report report;
    report.json("list", origin_.name)
        .json("format", options_.format->name)
        .json("left_out", left_out_);
    return report;
  }

  const Options& options_;
  list::Origin origin_;
  list::Heading heading_;
  cli::Context& context_;
  cli::Output& output_;
  std::unique_ptr<list::Exporter> exporter_;
  std::size_t faults_ = 0;
  std::size_t left_out_ = 0;
};

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const auto& format : list::formats()) names.emplace_back(format.name);
  return names;
}

std::string about_formats() {
  std::string text = "Formats:";
  for (const auto& format : list::formats())
    text.append("\n    ").append(format.name).append(": ").append(format.summary);
  return text;
}

Expected<void> take_server(list::Heading& heading, std::string_view text) {
  auto name = dns::Name::parse(text);
  if (!name) return fail(name.error());
  heading.name_server = to_string(*name);
  return {};
}

Expected<void> take_code(list::Heading& heading, std::string_view text) {
  auto code = list::dnsxl::parse_code(text);
  if (!code) return fail(code.error());
  heading.code = code->to_v4_value();
  return {};
}

Expected<void> take_set_name(list::Heading& heading, std::string_view text) {
  if (text.empty() || list::set_name_of(text) != text)
    return fail(Error::Kind::usage, "",
                quote(text) + ": expected letters, digits, _ and -, the first a letter");
  heading.set_name = text;
  return {};
}

}  // namespace

void add_list_export(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto& heading = options->heading;
  program.command("list export", "Write a list for the programs that enforce it")
      .writes(store_place)
      .writes(options->output)
      .argument("NAME|FILE", "a list of the store, or a file of ENTRY;COMMENT lines",
                [options](std::string_view text) -> Expected<void> {
                  options->list = text;
                  return {};
                },
                {.required = true, .completes = cli::Completes::list_or_file})
      .option("--format", "F", "what reads it; see below",
              [options](std::string_view text) -> Expected<void> {
                options->format = list::find_format(text);
                return {};
              },
              {.required = true, .values = format_names()})
      .option("--output", "FILE", "replace FILE at once, or leave it when nothing changed",
              options->output, {.completes = cli::Completes::file})
      .flag("--lossy", "write the rest where the format cannot say an entry", options->lossy)
      .flag("--allow", "the entries of FILE are allowed", options->allow)
      .flag("--deny", "the entries of FILE are denied", options->deny)
      .flag("--all", "csv and json: paused and expired entries too", options->all)
      .flag("--tell", "Postfix: give the comments to the senders that are rejected", heading.tell)
      .option("--name", "NAME", "what sets and rules are called (default: as the list)",
              [&heading](std::string_view text) { return take_set_name(heading, text); })
      .option("--name-server", "NAME",
              "dnsxl, rbldnsd: the server in SOA and NS (default localhost)",
              [&heading](std::string_view text) { return take_server(heading, text); })
      .option("--code", "ADDR",
              "dnsxl, rbldnsd: what listed addresses answer with (default 127.0.0.2)",
              [&heading](std::string_view text) { return take_code(heading, text); })
      .about(about_formats())
      .action([options](cli::Context& context,
                        cli::Output& output) { return Export(*options, context, output).run(); },
              0);
}

}  // namespace mailtrust::commands
