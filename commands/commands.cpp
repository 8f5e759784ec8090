#include "commands/commands.hpp"

#include <array>

namespace mailtrust::commands {
namespace {

void add_spf(cli::Program& program) {
  program.group("spf", "The Sender Policy Framework (RFC 7208): who may send in a domain's name");
}

void add_dkim(cli::Program& program) {
  program.group("dkim", "DomainKeys Identified Mail (RFC 6376): the keys that a domain signs with");
}

void add_list(cli::Program& program) {
  program.group("list",
                "Allow and deny lists: files and kept ones, checked, changed, matched, exported");
}

constexpr auto kContents = std::to_array<cli::Contents>({
    {"check", add_check},
    {"spf", add_spf},
    {"spf check", add_spf_check},
    {"spf flatten", add_spf_flatten},
    {"spf test", add_spf_test},
    {"dkim", add_dkim},
    {"dkim check", add_dkim_check},
    {"import", add_import},
    {"list", add_list},
    {"list show", add_list_show},
    {"list add", add_list_add},
    {"list edit", add_list_edit},
    {"list pause", add_list_pause},
    {"list resume", add_list_resume},
    {"list remove", add_list_remove},
    {"list create", add_list_create},
    {"list drop", add_list_drop},
    {"list history", add_list_history},
    {"list undo", add_list_undo},
    {"list stale", add_list_stale},
    {"list aggregate", add_list_aggregate},
    {"list match", add_list_match},
    {"list publish", add_list_publish},
    {"list export", add_list_export},
    {"list decide", add_list_decide},
    {"list validate", add_list_validate},
    {"explain", add_explain},
    {"completions", add_completions},
    {"man-options", add_man_options},
});

}  // namespace

std::span<const cli::Contents> all() {
  return kContents;
}

}  // namespace mailtrust::commands
