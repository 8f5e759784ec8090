// mailtrust import FILE... --list NAME
// Files of ENTRY;COMMENT lines into a list of the store, all or nothing.
#include "list/import.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "cli/exit_status.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/import_answer.hpp"
#include "commands/import_rejects.hpp"
#include "commands/list_actor.hpp"
#include "commands/list_validate_report.hpp"
#include "commands/list_validate_sources.hpp"
#include "commands/list_words.hpp"
#include "commands/store_place.hpp"
#include "list/provider_lookup.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  list::ImportOptions import;
  VerdictFlags verdict;
  std::string expires;
  bool vet = false;
  std::optional<finding::Finding> unknown = {};  ///< what DNS did not tell
};

// Twice the same file, and standard input twice, are mistakes.
Expected<void> add_file(std::vector<std::string>& files, std::string_view text) {
  for (const auto& file : files)
    if (file == text) return fail(Error::Kind::usage, file, "given twice");
  files.emplace_back(text);
  return {};
}

Expected<void> complete(Options& options, const cli::Context& context) {
  if (auto good = options.verdict.check(); !good) return good;
  options.import.verdict = options.verdict.verdict();
  auto actor = actor_of(context, options.import.force);
  options.import.author = actor.author;
  options.import.address = actor.address;
  options.import.now = context.now;
  if (options.expires.empty()) return {};
  auto time = parse_expiry(options.expires, context.now);
  if (!time) return fail(time.error());
  options.import.expires = *time;
  return {};
}

// Providers' ranges that are known already are compared in any case. DNS is asked by --vet, and
// where the command line says whom to ask.
Expected<list::Vetters> vetters(Options& options, const std::string& store_path, list::Store& store,
                                list::Verdict verdict, cli::Context& context) {
  list::Vetters out;
  if (verdict == list::Verdict::deny) {
    const auto& globals = context.globals;
    bool asks = options.vet || names_dns(globals);
    auto providers = list::look_up_providers(
        {asks ? &context.resolver : nullptr, store_path, context.now, !globals.zones.empty()});
    if (asks) options.unknown = unknown_providers(providers.ranges, options.import.list);
    out.push_back(list::vet_by_providers(std::move(providers.ranges), !options.vet));
  }
  if (!options.vet) return out;
  out.push_back(list::vet_by_itself());
  auto lists = list::vet_by_lists(store, verdict);
  if (!lists) return fail(lists.error());
  out.push_back(*std::move(lists));
  return out;
}

cli::Verdict import(Options& options, cli::Context& context, cli::Output& output) {
  auto good = complete(options, context);
  auto path = list::store_path(context.globals.store);
  if (!good || !path)
    return refuse(output, options.import.list, good ? path.error() : good.error());
  Rejects rejects(options.import, output);
  list::ImportEvents events;
  events.progress = [&](std::size_t lines, std::optional<double> fraction) {
    output.progress(lines, fraction);
  };
  if (options.import.skip_invalid && !options.import.dry_run)
    events.rejected = [&](std::size_t file, const list::Rejected& line) {
      rejects.add(file, line);
    };
  events.before_commit = [&] { return rejects.publish(); };
  events.vetters = [&](list::Store& store, list::Verdict verdict) {
    return vetters(options, *path, store, verdict, context);
  };
  auto outcome = list::import(*path, options.import, events);
  if (!outcome) return refuse(output, options.import.list, outcome.error());
  auto verdict = answer_import(options.import, *outcome, output);
  if (!options.unknown) return verdict;
  output.complain({Error::Kind::temporary, options.unknown->where, options.unknown->message});
  return cli::worse(verdict, cli::Verdict::unknown);
}

}  // namespace

void add_import(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto& import_options = options->import;
  auto command =
      program.command("import", "Import files of ENTRY;COMMENT lines into a list")
          .writes(store_place)
          .writes([&import_options](const cli::Globals&) { return rejects_files(import_options); });
  command
      .argument(
          "FILE", "files to import, `-` for standard input; gzip is inflated",
          [&import_options](std::string_view text) { return add_file(import_options.files, text); },
          {.required = true, .repeatable = true, .completes = cli::Completes::file})
      .option("--list", "NAME", "the list to import into; made if need be",
              name_setter(import_options.list),
              {.required = true, .completes = cli::Completes::list});
  add_verdict_flags(command, options->verdict);
  command
      .flag("--exclusive", "a list that is made admits only those it holds, once it holds any",
            import_options.exclusive)
      .option("--expires", "TIME", "when the entries stop counting: 30d, 12h, a date or a time",
              options->expires)
      .flag("--skip-invalid",
            "leave bad lines out, and write them to FILE.rejects with the reasons",
            import_options.skip_invalid)
      .flag("--replace", "make the list equal to the files: what they do not hold is removed",
            import_options.replace)
      .flag("--dry-run", "say what would happen, and change nothing", import_options.dry_run)
      .flag("--vet",
            "look at each new entry first: special addresses, large providers (by DNS), "
            "contradictions "
            "with other lists",
            options->vet)
      .flag("--force", "even where it does harm: deny a large provider, lock yourself out",
            import_options.force)
      .about(
          "All files go in together or not at all, also when the program is killed. Importing a "
          "file again changes nothing.")
      .action([options](cli::Context& context,
                        cli::Output& output) { return import(*options, context, output); },
              limits::kProviderQuestions);
}

}  // namespace mailtrust::commands
