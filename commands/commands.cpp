#include "commands/commands.hpp"

#include <array>

namespace mailtrust::commands {
namespace {

constexpr auto kContents = std::to_array<cli::Contents>({
    {"check", add_check},
    {"dkim check", add_dkim_check},
    {"explain", add_explain},
    {"spf check", add_spf_check},
    {"spf flatten", add_spf_flatten},
    {"spf test", add_spf_test},
});

}  // namespace

std::span<const cli::Contents> all() {
  return kContents;
}

}  // namespace mailtrust::commands
