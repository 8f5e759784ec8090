#include "commands/list_validate_sources.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "commands/list_words.hpp"

namespace mailtrust::commands {
namespace {

// A list of the same verdict says nothing against this one.
Expected<void> check_verdict(const std::string& name, list::Verdict verdict,
                             const cli::Context& context) {
  auto store = open_store(context, list::Store::Access::read);
  if (!store) return fail(store.error());
  auto listed = store->find(name);
  if (!listed) return fail(listed.error());
  if (!*listed || (*listed)->verdict != verdict) return {};
  return fail(Error::Kind::usage, "--against",
              name + " is " + kind_of(**listed) + " too; expected a list that says the opposite");
}

}  // namespace

std::string cache_path(const cli::Globals& globals) {
  auto path = list::store_path(globals.store);
  std::error_code ignored;
  bool wanted = path && (globals.store_typed || std::filesystem::exists(*path, ignored));
  return wanted ? *path : std::string();
}

bool names_dns(const cli::Globals& globals) {
  return !globals.zones.empty() || !globals.resolvers.empty();
}

bool compares_providers(std::optional<list::Verdict> verdict, const cli::Globals& globals) {
  return verdict == list::Verdict::deny || (!verdict && names_dns(globals));
}

list::ProviderRanges provider_ranges(cli::Context& context, cli::Output& output) {
  auto looked = list::look_up_providers({&context.resolver, cache_path(context.globals),
                                         context.now, !context.globals.zones.empty()});
  if (looked.cache_trouble) output.complain(*looked.cache_trouble);
  return std::move(looked.ranges);
}

list::Vetters deny_vetters(const list::Store& store, cli::Context& context) {
  const auto& globals = context.globals;
  auto* resolver = names_dns(globals) ? &context.resolver : nullptr;
  auto known =
      list::look_up_providers({resolver, store.path(), context.now, !globals.zones.empty()});
  list::Vetters vetters;
  vetters.push_back(list::vet_by_providers(std::move(known.ranges), true));
  return vetters;
}

Expected<std::vector<list::Opponents>> read_opponents(const std::vector<std::string>& arguments,
                                                      std::optional<list::Verdict> verdict,
                                                      const list::NamePacker& pack,
                                                      const cli::Context& context,
                                                      cli::Output& output) {
  list::Reading reading{context.globals.store, context.now,
                        [&output](const Error& error) { output.complain(error); }};
  std::vector<list::Opponents> all;
  for (const auto& argument : arguments) {
    auto origin = list::origin_of(argument, context.globals.store);
    bool kept = origin.kind == list::Origin::Kind::kept;
    auto checked =
        kept && verdict ? check_verdict(origin.name, *verdict, context) : Expected<void>{};
    if (!checked) return fail(checked.error());
    auto opponents = list::Opponents::read(origin, reading, pack);
    if (!opponents) return fail(opponents.error());
    all.push_back(std::move(*opponents));
  }
  return all;
}

}  // namespace mailtrust::commands
