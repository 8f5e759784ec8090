#pragma once
// What `list validate` compares the entries of a file with: lists that say the opposite, and the
// addresses of large mail providers.

#include <optional>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "list/opponents.hpp"
#include "list/provider_lookup.hpp"
#include "list/vet.hpp"

namespace mailtrust::commands {

/// DNS is asked for what providers publish only by who denies, or names whom to ask.
bool compares_providers(std::optional<list::Verdict> verdict, const cli::Globals& globals);

/// Was it said on the command line whom to ask?
bool names_dns(const cli::Globals& globals);

/// The store that was named or is there, for what it caches; else empty.
std::string cache_path(const cli::Globals& globals);

/// The ranges of providers, from the store that was named or is there, and from DNS. What comes
/// from a --zone stays out of the store.
list::ProviderRanges provider_ranges(cli::Context& context, cli::Output& output);

/// Who says that a large provider is denied, as far as its ranges are known already or DNS is asked
/// because the command line says whom.
list::Vetters deny_vetters(const list::Store& store, cli::Context& context);

/// Each FILE or NAME; an Error of kind usage where a list of the store has the same `verdict`. Bad
/// lines are told.
Expected<std::vector<list::Opponents>> read_opponents(const std::vector<std::string>& arguments,
                                                      std::optional<list::Verdict> verdict,
                                                      const list::NamePacker& pack,
                                                      const cli::Context& context,
                                                      cli::Output& output);

}  // namespace mailtrust::commands
