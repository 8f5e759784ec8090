#include "commands/commands.hpp"

#include <array>

namespace mailtrust::commands {
namespace {

constexpr std::array<cli::Contents, 0> kContents{};

}  // namespace

std::span<const cli::Contents> all() {
  return kContents;
}

}  // namespace mailtrust::commands
