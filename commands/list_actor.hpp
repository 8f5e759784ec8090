#pragma once
// Who edits a list, and what came of it.

#include <string>
#include <vector>

#include "cli/program.hpp"
#include "list/edit.hpp"

namespace mailtrust::commands {

/// From the environment: the user, and the address behind SSH_CLIENT.
list::Actor actor_of(const cli::Context& context, bool force);

/// A setter that takes entries; `entry;comment` is refused with a word.
cli::Setter entries_setter(std::vector<list::Entry>& target);

/// The answer for entries that were to be changed, each with its effect: `list`, `entries`.
cli::Verdict answer_edit(list::Store& store, const std::string& list,
                         const std::vector<list::Entry>& entries, const list::Edited& edited,
                         const cli::Context& context, cli::Output& output);

/// The warning that goes with the first entry of an exclusive list.
finding::Finding exclusive_begins(const list::Listed& listed);

}  // namespace mailtrust::commands
