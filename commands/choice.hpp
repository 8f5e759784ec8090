#pragma once
// An option that takes one of a few words.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/program.hpp"

namespace mailtrust::commands {

template <typename T>
struct Choice {
  std::string_view word;
  T value;
};

/// Other words than those of `choices` are wrong usage. `target` must live as long as what the
/// command was given to do.
template <typename T, std::size_t N>
void add_choice(cli::Command& command, const std::string& names, const std::string& metavar,
                const std::string& help, const std::array<Choice<T>, N>& choices, T& target) {
  std::vector<std::string> words;
  words.reserve(N);
  for (const auto& choice : choices) words.emplace_back(choice.word);
  auto take = [&target, choices](std::string_view text) -> Expected<void> {
    target = std::ranges::find(choices, text, &Choice<T>::word)->value;
    return {};
  };
  command.option(names, metavar, help, take, {.values = std::move(words)});
}

}  // namespace mailtrust::commands
