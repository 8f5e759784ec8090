#include "cli/globals.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <utility>

#include "base/escape.hpp"
#include "base/number.hpp"
#include "cli/resolvers.hpp"
#include "cli/time.hpp"

namespace mailtrust::cli {
namespace {

constexpr unsigned kMostJobs = 1024;

Setter when_setter(When& target) {
  return [&target](std::string_view text) -> Expected<void> {
    target = text == "always" ? When::always : text == "never" ? When::never : When::automatic;
    return {};
  };
}

Setter jobs_setter(Globals& globals) {
  return [&globals](std::string_view text) -> Expected<void> {
    auto jobs = parse_number<unsigned>(text);
    if (!jobs || *jobs < 1 || *jobs > kMostJobs) {
      return fail(Error::Kind::usage, "",
                  quote(text) + ": expected a number from 1 to " + std::to_string(kMostJobs));
    }
    globals.jobs = *jobs;
    return {};
  };
}

// A setter from a parser of the value.
template <typename T, typename Target>
Setter parsed_into(Target& target, Expected<T> (*parse)(std::string_view)) {
  return [&target, parse](std::string_view text) -> Expected<void> {
    auto value = parse(text);
    if (!value) return fail(value.error());
    target = *value;
    return {};
  };
}

Setter resolver_setter(Globals& globals) {
  return [&globals](std::string_view text) -> Expected<void> {
    if (auto good = check_server(text); !good) return good;
    globals.resolvers.emplace_back(text);
    return {};
  };
}

// An empty name, of a variable that is not set, must not pass for an option that is not given.
Setter file_setter(std::function<void(std::string_view)> take) {
  return [take = std::move(take)](std::string_view text) -> Expected<void> {
    if (text.empty())
      return fail(Error::Kind::usage, "", quote(text) + ": expected the name of a file");
    take(text);
    return {};
  };
}

Setter file_setter(std::string& target) {
  return file_setter([&target](std::string_view text) { target = text; });
}

void add_sources(Command& program, Globals& globals) {
  program
      .option("--resolver", "ADDR[:PORT]", "ask this resolver instead of the system's",
              resolver_setter(globals), {.repeatable = true})
      .option("--zone", "FILE", "answer every DNS question from this master file, offline",
              file_setter([&globals](std::string_view file) { globals.zones.emplace_back(file); }),
              {.repeatable = true, .completes = Completes::file, .excludes = {"--resolver"}})
      .option("--record-zone", "FILE", "write every DNS answer seen to FILE, for --zone",
              file_setter(globals.record_zone), {.completes = Completes::file})
      .option("--timeout", "DUR", "bound for each network operation: 500ms, 2s (default 5s)",
              parsed_into(globals.timeout, parse_duration));
}

void add_run(Command& program, Globals& globals) {
  program
      .option("--jobs", "N", "inputs in flight at once (default: what fits the machine)",
              jobs_setter(globals))
      .option("--input", "FILE", "read the inputs from FILE, one per line, - for stdin",
              file_setter(globals.input), {.completes = Completes::file})
      .option("--at", "TIME", "pretend it is TIME (Unix seconds or RFC 3339)",
              parsed_into(globals.at, parse_time))
      .option("--store", "FILE", "where lists, and what is remembered, are kept",
              file_setter(globals.store), {.completes = Completes::file})
      .option("--config", "FILE",
              "settings, instead of those of $MAILTRUST_CONFIG, or of your own file and "
              "/etc/mailtrust.conf",
              file_setter(globals.config_file), {.completes = Completes::file});
}

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): nobody sets any
  return value != nullptr && *value != '\0';
}

}  // namespace

void add_globals(Command& program, Globals& globals, Asked& asked) {
  program.flag("--json", "one JSON object per input, a line each, and nothing else on stdout",
               globals.json);
  add_sources(program, globals);
  add_run(program, globals);
  std::vector<std::string> whens = {"auto", "always", "never"};
  program
      .option("--color", "WHEN", "colours: auto, always or never; NO_COLOR is honoured",
              when_setter(globals.color), {.values = whens})
      .option("--progress", "WHEN", "bar on stderr for long work: auto, always or never",
              when_setter(globals.progress), {.values = whens})
      .flag("-q,--quiet", "no text on stdout: the exit status tells", globals.quiet)
      .flag("-v,--verbose", "show the lookups behind each answer", globals.verbose)
      .flag("-h,--help", "show this help", asked.help)
      .flag("-V,--version", "show the version", asked.version);
}

Expected<void> check(const Globals& globals) {
  if (globals.quiet && globals.verbose)
    return fail(Error::Kind::usage, "--quiet", "cannot be used together with --verbose");
  if (globals.record_zone == "-")
    return fail(Error::Kind::usage, "--record-zone",
                "\"-\": standard output is for the answers; expected the name of a file");
  auto stdin_uses = std::ranges::count(globals.zones, "-") + (globals.input == "-" ? 1 : 0) +
                    (globals.config_file == "-" ? 1 : 0);
  if (stdin_uses > 1) return fail(Error::Kind::usage, "-", "standard input can be read only once");
  return {};
}

std::vector<Error> read_config(Globals& globals) {
  auto config = config::load(globals.config_file);
  if (!config) return config.error();
  globals.config = std::move(*config);
  globals.store_typed = !globals.store.empty();
  if (!globals.store_typed && !is_set("MAILTRUST_STORE")) globals.store = globals.config.store;
  return {};
}

}  // namespace mailtrust::cli
