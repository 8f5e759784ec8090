#pragma once
// The history of a list, backwards and forwards.

#include <string_view>

#include "list/edit.hpp"
#include "list/history.hpp"
#include "list/vet.hpp"

namespace mailtrust::list {

/// Who looks at the entries that come back, and what they found.
struct Vetting {
  Vetters vetters = {};
  Vetted found = {};
};

/// Takes back the last change that is done and not undone, exactly: entries, their dates and their
/// sources, the list itself. What it takes back comes again with redo(), until something else is
/// changed. The Event is what was undone; an Error of kind input when there is nothing (more) to
/// undo, of kind usage when the actor would be locked out or `vetting` found an error, unless the
/// actor forces it.
Expected<Event> undo(Store& store, std::string_view name, const Actor& actor, Vetting& vetting);

/// Does again what was undone last.
Expected<Event> redo(Store& store, std::string_view name, const Actor& actor, Vetting& vetting);

}  // namespace mailtrust::list
