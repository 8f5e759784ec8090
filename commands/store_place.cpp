#include "commands/store_place.hpp"

#include "list/store.hpp"

namespace mailtrust::commands {

std::vector<std::string> store_place(const cli::Globals& globals) {
  auto path = list::store_path(globals.store);
  return path ? std::vector{*path} : std::vector<std::string>{};
}

}  // namespace mailtrust::commands
