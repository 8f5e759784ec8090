#pragma once
// The rows behind lists and their history. For lib/list only.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "list/change.hpp"
#include "store/database.hpp"

namespace mailtrust::list {

/// A list as it is kept; a dropped one keeps its name and history, and has no entries.
struct Record {
  std::int64_t id = 0;
  Listed listed = {};
  bool dropped = false;
};

/// What is undone with an operation of the list itself, beside its entries.
struct Attributes {
  Verdict verdict = Verdict::deny;
  bool exclusive = false;
  std::int64_t created = 0;
  bool dropped = true;  ///< before a list is made it is as if dropped
};

Attributes attributes_of(const Listed& listed);

enum class Standing : std::uint8_t {
  done,
  undone,     ///< and can be done again
  abandoned,  ///< undone, and then something else was done
  remark,     ///< an undo or redo
};

struct Operation {
  std::int64_t id = 0;
  std::int64_t list = 0;
  std::int64_t at = 0;
  std::string author = {};
  std::string what = {};
  std::string detail = {};
  Standing standing = Standing::done;
  Counts counts = {};
  Attributes other = {};  ///< of the list before it; after it, once undone
};

/// Lists that were dropped are found too.
Expected<std::optional<Record>> find_record(store::Database& database, std::string_view name);

/// A dropped list, to be written by write_record().
Expected<std::int64_t> insert_list(store::Database& database, std::string_view name);

Expected<void> write_record(store::Database& database, const Record& record);
Expected<void> remove_entries(store::Database& database, std::int64_t list);

Expected<std::int64_t> insert_operation(store::Database& database, const Operation& operation);
Expected<void> write_counts(store::Database& database, std::int64_t id, const Counts& counts);

/// Its standing and its other attributes.
Expected<void> write_standing(store::Database& database, const Operation& operation);

/// What was undone cannot be done again once something else is done.
Expected<void> forget_undone(store::Database& database, std::int64_t list);

Expected<std::int64_t> insert_origin(store::Database& database, std::int64_t operation,
                                     std::string_view file);

/// The operations of a list, the newest first.
Expected<std::vector<Operation>> operations_of(store::Database& database, std::int64_t list);

}  // namespace mailtrust::list
