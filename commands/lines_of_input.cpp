#include "commands/lines_of_input.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"

namespace mailtrust::commands {
namespace {

using Lines = std::vector<std::string>;

Expected<Lines> read_lines() {
  auto octets = read_file("-", limits::kTextInput);
  if (!octets) return fail(octets.error());
  Lines lines;
  for (auto line : ascii::split(*octets, '\n'))
    if (auto text = ascii::trim(line); !text.empty()) lines.emplace_back(text);
  // No text is a text too: the command says what it expected.
  if (lines.empty()) lines.emplace_back();
  return lines;
}

}  // namespace

cli::Expand lines_of_input() {
  auto read = std::make_shared<std::optional<Expected<Lines>>>();
  return [read](std::string_view word) -> Expected<cli::Expansion> {
    if (word != "-") return cli::Expansion{};
    if (!*read) *read = read_lines();
    const auto& lines = **read;
    if (!lines) return fail(lines.error());
    return cli::Expansion{lines->size(), [read](std::size_t index) { return (***read)[index]; }};
  };
}

}  // namespace mailtrust::commands
