#include "commands/lines_of_input.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/file.hpp"
#include "base/limits.hpp"

namespace mailtrust::commands {

Expected<cli::Expansion> lines_of_input(std::string_view word) {
  if (word != "-") return cli::Expansion{};
  auto octets = read_file("-", limits::kTextInput);
  if (!octets) return fail(octets.error());
  auto lines = std::make_shared<std::vector<std::string>>();
  for (auto line : ascii::split(*octets, '\n'))
    if (auto text = ascii::trim(line); !text.empty()) lines->emplace_back(text);
  if (lines->empty()) lines->emplace_back();
  return cli::Expansion{lines->size(), [lines](std::size_t index) { return (*lines)[index]; }};
}

}  // namespace mailtrust::commands
