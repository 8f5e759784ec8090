#include "commands/store_place.hpp"

#include "list/store.hpp"

namespace mailtrust::commands {

std::vector<std::string> store_place(const cli::Globals& globals) {
  auto path = list::store_path(globals.store);
  if (!path) return {};
  return {*path == "-" ? "./-" : *path};  // a store is never standard output
}

}  // namespace mailtrust::commands
