#pragma once
// What was done to a list.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "list/change.hpp"
#include "list/store.hpp"

namespace mailtrust::list {

/// An entry before and after a change; nothing where it was not in the list.
struct EntryChange {
  struct Side {
    State state = State::active;
    std::string comment;
    std::optional<std::int64_t> expires;
  };

  Entry entry;
  std::optional<Side> before;
  std::optional<Side> after;
};

/// One change of a list.
struct Event {
  std::int64_t id = 0;  ///< grows with time
  std::int64_t at = 0;
  std::string author;
  std::string what;           ///< "import", "add", "undo", ...
  std::string detail;         ///< files, the number of what was undone
  std::string_view standing;  ///< "done", "undone", "abandoned", "remark"
  Counts counts;
  std::vector<EntryChange> changes;  ///< the first of them
};

/// The newest first, each with at most `changes` of its changes. Lists that were dropped have a
/// history too.
Expected<std::vector<Event>> history(Store& store, std::string_view name, std::size_t changes);

struct Operation;
struct Record;

/// For lib/list only.
Event event_of(const Operation& operation);
Expected<Record> find_with_history(Store& store, std::string_view name);

}  // namespace mailtrust::list
