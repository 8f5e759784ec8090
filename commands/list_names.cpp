// mailtrust list-names
// The names of the lists in the store, for the shells that complete them.
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_words.hpp"
#include "commands/store_place.hpp"

namespace mailtrust::commands {
namespace {

// Who presses TAB does not want to hear why there is nothing to offer.
cli::Verdict list_names(cli::Context& context, cli::Output& output) {
  auto store = open_store(context, list::Store::Access::read);
  if (!store) return cli::Verdict::unknown;
  auto lists = store->lists();
  if (!lists) return cli::Verdict::unknown;
  for (const auto& listed : *lists) output.write(listed.name + '\n');
  return cli::Verdict::good;
}

}  // namespace

void add_list_names(cli::Program& program) {
  program.command("list-names", "Print the names of the lists in the store")
      .writes(store_place)
      .hidden()
      .action(list_names, 0);
}

}  // namespace mailtrust::commands
